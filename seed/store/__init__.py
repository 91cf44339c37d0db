"""Proved records in the database: writing them, reading them back, and what changed."""
