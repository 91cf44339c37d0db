"""Full-text search on SQLite: an FTS5 index over the search entries, which triggers keep current."""

from alembic import op


def create() -> None:
    op.execute("""
        CREATE VIRTUAL TABLE search_index USING fts5(
            title, text, content = 'search_entry', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
        )
    """)
    op.execute("INSERT INTO search_index (search_index, rank) VALUES ('rank', 'bm25(4.0, 1.0)')")
    create_triggers()


def create_triggers() -> None:
    delete = (
        "INSERT INTO search_index (search_index, rowid, title, text) VALUES ('delete', old.key, old.title, old.text)"
    )
    insert = "INSERT INTO search_index (rowid, title, text) VALUES (new.key, new.title, new.text)"
    op.execute(f"CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN {insert}; END")
    op.execute(f"CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN {delete}; END")
    op.execute(f"CREATE TRIGGER search_entry_update AFTER UPDATE ON search_entry BEGIN {delete}; {insert}; END")


def drop() -> None:
    op.execute("DROP TABLE search_index")  # the triggers go with the table `search_entry`
