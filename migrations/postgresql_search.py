"""Full-text search on PostgreSQL: functions that split texts into words, an index of parts, and its triggers.

The functions depend on neither the locale nor the dictionaries nor the search path of the database.
"""

import json

from alembic import op

from migrations.unicode61 import DIVIDERS, MARKS, SAME

PART_WORDS = 255
"""The most words that a part has: `tsvector` stores 255 positions of a word (documentation of PostgreSQL, 12.11)."""

OVERLAP = 31
"""How many words the end of a part shares with the next part, so that any 32 words in a row are in one part."""

STEP = PART_WORDS - OVERLAP

LONGEST_WORD = 2046
"""The longest word of a `tsvector` in bytes; a longer word is indexed by its hash."""

MARK = r"U&'\0300'"
"""Stands for each character that is left out of a word; it is such a character, neither a letter nor a divider."""

READ_AS = json.dumps({letter: group[0] for group in SAME.split() for letter in group[1:]}, ensure_ascii=False)


def ranges(text: str) -> str:
    """Ranges of hexadecimal code points as a multirange of PostgreSQL."""
    ends = (part.partition("-") for part in text.split())
    inclusive = (f"[{int(first, 16)},{int(last or first, 16)}]" for first, _, last in ends)
    return f"'{{{','.join(inclusive)}}}'::int4multirange"


LETTERS = f"""
search_letters(text text) RETURNS text
    -- a text with each letter as it is read, a space for what divides words, a mark for what is left out of them
    DECLARE
        letters text := lower(text COLLATE "C");
        others text := translate(letters, ' etaonirshdlcumfpgwybvkxjqz0123456789', '');
    BEGIN
        IF others = '' THEN
            RETURN letters;
        END IF;
        RETURN (
            SELECT translate(letters, coalesce(string_agg(letter, ''), ''), coalesce(string_agg(is_read, ''), ''))
            FROM (
                SELECT letter, coalesce('{READ_AS}'::jsonb ->> letter, CASE
                    WHEN ascii(letter) <@ {ranges(DIVIDERS)} THEN ' '
                    WHEN ascii(letter) <@ {ranges(MARKS)} THEN {MARK}
                END) AS is_read
                FROM (SELECT DISTINCT letter COLLATE "C" AS letter FROM string_to_table(others, NULL) AS own (letter)) AS own
            ) AS own
            WHERE is_read IS NOT NULL
        );
    END
"""

WORDS = f"""
search_words(text text) RETURNS TABLE (place int, word text, first int, last int) ROWS 30
    -- the words of a text in order, each with the places of its first and last characters, from 1
    BEGIN
        RETURN QUERY
        SELECT
            row_number() OVER (ORDER BY at)::int,
            CASE WHEN octet_length(word) > {LONGEST_WORD} THEN '#' || md5(word) ELSE word END,
            (stop - length(ltrim(letters, {MARK})) + 1)::int,
            stop::int
        FROM (
            SELECT at, letters, replace(letters, {MARK}, '') AS word,
                sum(length(letters) + 1) OVER (ORDER BY at) - 1 AS stop
            FROM string_to_table({{schema}}.search_letters(text), ' ') WITH ORDINALITY AS pieces (letters, at)
        ) AS pieces
        WHERE word <> '';
    END
"""

PARTS = f"""
search_parts(kind text, title text, text text)
    RETURNS TABLE (part int, is_long bool, first int, last int, words tsvector) ROWS 1
    -- the parts of an entry: which characters of its text each has, and its words, weighed A in the title, else D
    BEGIN
        RETURN QUERY
        WITH word AS MATERIALIZED (
            SELECT word,
                place + CASE WHEN first > length(title) THEN 1 ELSE 0 END AS place,
                CASE WHEN first > length(title) THEN 'D' ELSE 'A' END AS weight,
                CASE WHEN first > length(title) THEN first - length(title) - 1 END AS first,
                CASE WHEN first > length(title) THEN last - length(title) - 1 END AS last
            FROM {{schema}}.search_words(title || E'\\n' || text)
        ), size AS (
            SELECT greatest(0, max(place) - {OVERLAP + 1}) / {STEP} AS last_part FROM word
        ), parted AS (
            SELECT *, least((place - 1) / {STEP}, last_part) AS part FROM word, size
            UNION ALL
            SELECT *, (place - 1) / {STEP} - 1 FROM word, size
            WHERE (place - 1) / {STEP} BETWEEN 1 AND last_part AND mod(place - 1, {STEP}) < {OVERLAP}
        )
        SELECT part, last_part > 0,
            CASE WHEN part = 0 THEN 1 ELSE coalesce(min(first), 1) END,
            CASE WHEN part = last_part THEN length(text) ELSE coalesce(max(last), 0) END,
            ('#' || kind || string_agg(' ''' || word || ''':' || place - part * {STEP} || weight, ''))::tsvector
        FROM parted GROUP BY part, last_part;
    END
"""

PHRASES = """
search_phrases(query text) RETURNS TABLE (wanted tsquery) ROWS 2
    -- the phrases of a query, each in double quotes: what a part must have for each
    BEGIN
        RETURN QUERY
        SELECT DISTINCT string_agg('''' || word || '''', ' <-> ' ORDER BY place)::tsquery
        FROM string_to_table(query, '"') WITH ORDINALITY AS pieces (piece, at), {schema}.search_words(piece)
        GROUP BY at;
    END
"""

ALL = """
search_all(query text) RETURNS tsquery
    -- what a part must have for all phrases of a query; null if it has none
    BEGIN
        RETURN (SELECT string_agg('(' || wanted::text || ')', ' & ')::tsquery FROM {schema}.search_phrases(query));
    END
"""

ANY = """
search_any(query text) RETURNS tsquery
    -- what a part must have for any phrase of a query, which is what it is ranked by
    BEGIN
        RETURN (SELECT string_agg('(' || wanted::text || ')', ' | ')::tsquery FROM {schema}.search_phrases(query));
    END
"""

FUNCTIONS = (LETTERS, WORDS, PARTS, PHRASES, ALL, ANY)
"""Each function stands after the functions that it calls."""

INDEX = """
    CREATE TABLE {schema}.search_index (
        key bigint, part int, is_long bool NOT NULL, first int NOT NULL, last int NOT NULL, words tsvector NOT NULL,
        CONSTRAINT pk_search_index PRIMARY KEY (key, part)
    );
    CREATE INDEX ix_search_index_words ON {schema}.search_index USING gin (words);
    CREATE INDEX ix_search_index_words_of_long ON {schema}.search_index USING gin (words) WHERE is_long;

    CREATE FUNCTION {schema}.search_index_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            DELETE FROM {schema}.search_index WHERE key IN (SELECT key FROM gone);
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO {schema}.search_index (key, part, is_long, first, last, words)
            SELECT entry.key, own.part, own.is_long, own.first, own.last, own.words
            FROM come AS entry, {schema}.search_parts(entry.kind, entry.title, entry.text) AS own;
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER search_entry_insert AFTER INSERT ON {schema}.search_entry REFERENCING NEW TABLE AS come
        EXECUTE FUNCTION {schema}.search_index_follow();
    CREATE TRIGGER search_entry_update AFTER UPDATE ON {schema}.search_entry
        REFERENCING OLD TABLE AS gone NEW TABLE AS come EXECUTE FUNCTION {schema}.search_index_follow();
    CREATE TRIGGER search_entry_delete AFTER DELETE ON {schema}.search_entry REFERENCING OLD TABLE AS gone
        EXECUTE FUNCTION {schema}.search_index_follow();
"""


def create() -> None:
    schema = current_schema()
    for function in FUNCTIONS:
        execute(create_function(function, schema))
    execute(INDEX.replace("{schema}", schema))


def drop() -> None:
    schema = current_schema()
    execute(f"DROP TABLE {schema}.search_index")
    execute(f"DROP FUNCTION {schema}.search_index_follow() CASCADE")  # with the triggers
    for function in reversed(FUNCTIONS):
        execute(f"DROP FUNCTION {schema}.{function.partition('(')[0].strip()}")


def create_function(function: str, schema: str) -> str:
    """The statement that creates a function: its signature stands before its first comment, its body behind."""
    signature, comment, body = function.replace("{schema}", schema).partition("    -- ")
    return (
        f"CREATE FUNCTION {schema}.{signature.strip()} LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$\n"
        f"#variable_conflict use_column\n{comment}{body}$$"
    )


def current_schema() -> str:
    """The schema of the tables, quoted: functions name it, so that they work with any search path."""
    return str(op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar())


def execute(statements: str) -> None:
    op.get_bind().exec_driver_sql(statements)
