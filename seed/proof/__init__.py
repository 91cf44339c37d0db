"""The proof that every fact of a record stands in its article, in the words that the record cites.

Pure functions from records and texts to proved records, or to faults. Nothing here reads a file or a database.
"""
