"""The index of the records that the judged queries search."""

import pytest

from app.search.folder import OpenIndex, SearchFolder
from tests.databases import Files
from tests.search.indexes import follow
from tests.search.judged_records import write_judged_records


@pytest.fixture(scope="session")
def judged(files: Files, tmp_path_factory: pytest.TempPathFactory) -> OpenIndex:
    root = tmp_path_factory.mktemp("judged")
    with files.databases() as databases:
        follow(databases.loaded(*write_judged_records(root)), root / "index")
    return SearchFolder(root / "index").open()
