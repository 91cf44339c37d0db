"""Lines of CSV files: byte for byte what Python's `csv` writes."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from app.exports.csv_rows import Value, csv_line

CELLS = st.none() | st.booleans() | st.integers() | st.text() | st.text(',"\r\n a')


@given(values=st.lists(CELLS, min_size=2))
def test_a_line_is_that_of_the_library(values: list[Value]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerow(str(value).lower() if isinstance(value, bool) else value for value in values)
    assert csv_line(values) == written.getvalue()
