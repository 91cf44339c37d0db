"""Full text search on PostgreSQL: functions that split texts into words, an index in parts, and what keeps it.

The functions ask nothing of the database's locale, dictionaries or search path.
"""

import json

from alembic import op

from migrations.unicode61 import DIVIDERS, MARKS, SAME

PART_WORDS = 255
"""How many words a part of the index has at most: `tsvector` keeps 255 places of a word."""

PART_STEP = 224
"""How many words after the one before it a part begins: any 32 words in a row stand together in one."""

LONGEST_WORD = 2046
"""How many bytes of a word `tsvector` takes; a longer one is known by a hash."""

SNIPPET_WORDS = 32


def ranges(text: str) -> str:
    """Code points in hexadecimal, as PostgreSQL writes ranges."""
    ends = (part.partition("-") for part in text.split())
    inclusive = (f"[{int(first, 16)},{int(last or first, 16)}]" for first, _, last in ends)
    return f"'{{{','.join(inclusive)}}}'::int4multirange"


LETTERS = json.dumps({letter: group[0] for group in SAME.split() for letter in group[1:]}, ensure_ascii=False)
MARK = OPEN = r"U&'\FDD0'"
CLOSE = r"U&'\FDD1'"

FUNCTIONS = {
    # A text with each letter as it is read, a space for what divides words, and a mark for what is left out of them.
    "search_letters(text text) RETURNS text": f"""
        RETURN (
            SELECT translate(text, coalesce(string_agg(letter, ''), ''), coalesce(string_agg(is_read, ''), ''))
            FROM (
                SELECT letter, coalesce('{LETTERS}'::jsonb ->> letter, CASE
                    WHEN ascii(letter) <@ {ranges(DIVIDERS)} THEN ' '
                    WHEN ascii(letter) <@ {ranges(MARKS)} THEN {MARK}
                END) AS is_read
                FROM (SELECT DISTINCT letter COLLATE "C" AS letter FROM string_to_table(text, NULL) AS own (letter)) AS own
            ) AS letters
            WHERE is_read IS NOT NULL
        );
    """,
    # The words of a text in order, and the places of their first and last characters in it, from 1.
    "search_words(text text) RETURNS TABLE (place int, word text, first int, last int) ROWS 30": f"""
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
    """,
    # The parts of an entry: which characters of its text each shows, and its words, weighed A in the title, else D.
    "search_parts(kind text, title text, text text)"
    " RETURNS TABLE (part int, is_long bool, first int, last int, words tsvector) ROWS 1": f"""
        RETURN QUERY
        WITH word AS MATERIALIZED (
            SELECT place, word, 'A' AS weight, NULL::int AS first, NULL::int AS last
            FROM {{schema}}.search_words(title)
            UNION ALL
            SELECT place + 1 + title_words, word, 'D', first, last
            FROM {{schema}}.search_words(text), (SELECT count(*)::int FROM {{schema}}.search_words(title)) AS size (title_words)
        ), size AS (
            SELECT greatest(0, max(place) - 32) / {PART_STEP} AS last_part FROM word
        ), lexeme AS (
            SELECT part, min(first) AS first, max(last) AS last,
                '''' || word || ''':' || string_agg(place - part * {PART_STEP} || weight, ',') AS lexeme
            FROM word, size, generate_series(
                greatest(0, place - 32) / {PART_STEP}, least((place - 1) / {PART_STEP}, last_part)
            ) AS own (part)
            GROUP BY part, word
        )
        SELECT part, last_part > 0,
            CASE WHEN part = 0 THEN 1 ELSE min(first) END,
            CASE WHEN part = last_part THEN length(text) ELSE max(last) END,
            ('#' || kind || ' ' || string_agg(lexeme, ' '))::tsvector
        FROM lexeme, size GROUP BY part, last_part;
    """,
    # The phrases of a query, each in double quotes, as words.
    "search_phrases(query text) RETURNS TABLE (phrase text[]) ROWS 2": """
        RETURN QUERY
        SELECT array_agg(word ORDER BY place)
        FROM string_to_table(query, '"') WITH ORDINALITY AS pieces (piece, at), {schema}.search_words(piece)
        GROUP BY at;
    """,
    # What a part must have for a phrase.
    "search_phrase(phrase text[]) RETURNS tsquery": """
        RETURN (SELECT string_agg('''' || word || '''', ' <-> ' ORDER BY at)::tsquery
            FROM unnest(phrase) WITH ORDINALITY AS own (word, at));
    """,
    # What a part must have for all phrases of a query; null without any.
    "search_all(query text) RETURNS tsquery": """
        RETURN (SELECT string_agg('(' || {schema}.search_phrase(phrase)::text || ')', ' & ')::tsquery
            FROM {schema}.search_phrases(query));
    """,
    # Any word of a query, for ranking.
    "search_any(query text) RETURNS tsquery": """
        RETURN (SELECT string_agg(DISTINCT '''' || word || '''', ' | ')::tsquery
            FROM {schema}.search_phrases(query), unnest(phrase) AS own (word));
    """,
    # The words in a row that have most of what a query looks for, each between U+FDD0 and U+FDD1.
    "search_snippet(query text, text text, has_before bool, has_after bool) RETURNS text": f"""
        RETURN (
            WITH word AS MATERIALIZED (
                SELECT * FROM {{schema}}.search_words(text)
            ), size AS (
                SELECT count(*)::int AS words, array_agg(word ORDER BY place) AS every FROM word
            ), found AS MATERIALIZED (
                SELECT phrase, place AS opens, place + cardinality(phrase) - 1 AS closes
                FROM size, {{schema}}.search_phrases(query), word
                WHERE word = phrase[1] AND every[place : place + cardinality(phrase) - 1] = phrase
            ), best AS (
                SELECT one.opens, max(other.closes) AS closes
                FROM found AS one
                JOIN found AS other ON other.opens >= one.opens AND other.closes < one.opens + {SNIPPET_WORDS}
                GROUP BY one.opens
                ORDER BY count(DISTINCT other.phrase) DESC, count(*) DESC, one.opens
                LIMIT 1
            ), shown AS (
                SELECT words, greatest(1, least(
                    coalesce(best.opens - ({SNIPPET_WORDS} - 1 - best.closes + best.opens) / 2, 1),
                    words - {SNIPPET_WORDS} + 1
                )) AS opens
                FROM size LEFT JOIN best ON true
            ), marked AS (
                SELECT *, lead(first) OVER (ORDER BY place) AS next,
                    EXISTS (SELECT FROM found WHERE place BETWEEN opens AND closes) AS is_found,
                    EXISTS (SELECT FROM found WHERE place > opens AND place <= closes) AS goes_on_from,
                    EXISTS (SELECT FROM found WHERE place >= opens AND place < closes) AS goes_on
                FROM word
            )
            SELECT coalesce(string_agg(
                CASE WHEN place > opens THEN '' WHEN place > 1 OR has_before THEN '…' ELSE left(text, first - 1) END
                || CASE WHEN is_found AND NOT goes_on_from THEN {OPEN} ELSE '' END
                || substr(text, first, last - first + 1)
                || CASE WHEN is_found AND NOT goes_on THEN {CLOSE} ELSE '' END
                || CASE
                    WHEN place = words THEN CASE WHEN has_after THEN '…' ELSE substr(text, last + 1) END
                    WHEN place = opens + {SNIPPET_WORDS} - 1 THEN '…'
                    ELSE substr(text, last + 1, next - last - 1)
                END,
                '' ORDER BY place
            ), text)
            FROM shown, marked WHERE place BETWEEN opens AND opens + {SNIPPET_WORDS} - 1
        );
    """,
}
"""What each does is said above it; it needs only what stands before it."""

INDEX = """
    CREATE TABLE {schema}.search_index (
        key bigint, part int, is_long bool NOT NULL, first int NOT NULL, last int NOT NULL, words tsvector NOT NULL,
        CONSTRAINT pk_search_index PRIMARY KEY (key, part)
    );
    CREATE INDEX ix_search_index_words ON {schema}.search_index USING gin (words);
    CREATE INDEX ix_search_index_words_of_long ON {schema}.search_index USING gin (words) WHERE is_long;

    CREATE FUNCTION {schema}.search_index_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
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


def upgrade() -> None:
    schema = _schema()
    for declared, body in FUNCTIONS.items():
        _execute(
            f"CREATE FUNCTION {schema}.{declared} LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$"
            f" #variable_conflict use_column\nBEGIN {body.replace('{schema}', schema)} END $$"
        )
    _execute(INDEX.replace("{schema}", schema))


def downgrade() -> None:
    """Drop everything but the triggers, which go with their table."""
    schema = _schema()
    _execute(f"DROP TABLE {schema}.search_index")
    _execute(f"DROP FUNCTION {schema}.search_index_follow() CASCADE")
    for declared in reversed(FUNCTIONS):
        _execute(f"DROP FUNCTION {schema}.{declared.partition('(')[0]}")


def _schema() -> str:
    """Where the tables are, quoted: names within functions must not depend on who calls them."""
    return str(op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar())


def _execute(statements: str) -> None:
    op.get_bind().exec_driver_sql(statements)
