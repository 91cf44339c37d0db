"""The proof: that every fact of a record stands in its article, in the words that the record gives for it.

Pure functions from records and texts to what they prove, or to faults. Nothing here reads a file or a database.
"""
