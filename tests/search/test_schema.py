"""The schema's analyzers divide folded words and stem them."""

from tantivy import Document, Index, Query

from app.search.folding import fold
from app.search.schema import (
    STEM_FIELDS,
    STEMMERS,
    WORD_FIELDS,
    analyzer,
    build_schema,
    register_analyzers,
    stem_field,
)


def test_words_are_stemmed_by_the_language_of_their_text() -> None:
    assert stem_field("en-GB") == stem_field("EN") == "stem_english"
    assert stem_field("no") == stem_field("nb") == "stem_norwegian"
    assert stem_field("ja") is None
    assert analyzer("stem_english").analyze(fold("Tariffs, the ambassadors’")) == ["tariff", "the", "ambassador"]
    assert analyzer("stem_russian").analyze(fold("российские")) == analyzer("stem_russian").analyze(fold("Российский"))
    assert analyzer("text").analyze(fold("Tariffs, the ambassadors’")) == ["tariffs", "the", "ambassadors"]


def test_each_stemmer_has_a_field_and_an_analyzer() -> None:
    index = Index(schema := build_schema())
    register_analyzers(index)
    writer = index.writer(15_000_000, 1)
    for name in (*WORD_FIELDS, *STEM_FIELDS):
        writer.add_document(Document.from_dict({name: "tariffs"}, schema))
    writer.commit()
    index.reload()
    assert len(STEM_FIELDS) == len({*STEMMERS.values()}) == 18
    for name in (*WORD_FIELDS, *STEM_FIELDS):
        (term,) = analyzer(name).analyze("tariffs")
        assert len(index.searcher().search(Query.term_query(schema, name, term)).hits) == 1
