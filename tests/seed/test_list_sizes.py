"""The loader stores how many items each list has."""

from pathlib import Path

from seed.store.row_writer import LIST_MODELS
from tests.conftest import WriteRecord
from tests.databases import load_records, query
from tests.seed.samples import ARTICLE, RECORD, changed


def test_the_sizes_of_lists_are_stored(database: str, write_record: WriteRecord, tmp_path: Path) -> None:
    for record in (RECORD, changed(RECORD, (RECORD[RECORD.index("  - id: date") :], ""))):
        load_records(database, write_record(tmp_path / "vienna", record, ARTICLE))
        sizes = dict(query(database, "SELECT name, items FROM list_size"))
        assert sizes == {
            name: query(database, f"SELECT count(*) FROM {LIST_MODELS[name].__tablename__}")[0] for name in LIST_MODELS
        }
    assert (sizes["quotes"], sizes["sources"]) == (2, 1)
