"""Link tables: a row for each entry of a list inside an item, so that nobody has to parse the JSON of a cell.

The lists `evidence`, `agenda` and `agreements` of items have none: the exported lists of these names have their
entries, each with the id of its item.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from typing_extensions import is_typeddict

from app.api.resources.agenda import AGENDA
from app.api.resources.agreements import AGREEMENTS
from app.api.resources.evidence import EVIDENCE
from app.api.resources.meetings import MEETINGS
from app.api.resources.parties import PARTIES
from app.api.resources.people import PEOPLE
from app.api.resources.quotes import QUOTES
from app.api.resources.sources import SOURCES
from app.api.shared.pagination import ListDefinition
from app.exports.csv_rows import Column, Value, columns, entry_type, row


@dataclass(frozen=True, slots=True)
class LinkTable:
    """A link table: its name, the field that has the entries, and the lists whose items have that field."""

    name: str
    field: str
    lists: tuple[ListDefinition[Any], ...]
    text_column: str = ""
    """The name of the column if an entry is a text; an entry that is an object has a column for each of its fields."""

    @property
    def key_columns(self) -> list[Column]:
        """The columns of the item, by its id and, if several lists have the field, its kind; and of the position."""
        kind = self.lists[0].kind
        item = [Column((kind, "id"), str)]
        if len(self.lists) > 1:
            item = [Column(("record", "kind"), str), Column(("record", "id"), str)]  # as in `evidence`
        return [*item, Column(("position",), int)]

    @property
    def entry_columns(self) -> list[Column]:
        """The columns of an entry."""
        entry = entry_type(self.lists[0].item, self.field)
        return [*columns(entry)] if is_typeddict(entry) else [Column((self.text_column,), str)]

    @property
    def linked_columns(self) -> list[Column]:
        """The columns by which rows are looked up for an entry."""
        return [column for column in self.entry_columns if column.name in ("id", self.text_column)]

    def rows(self, definition: ListDefinition[Any], items: Sequence[Mapping[str, Any]]) -> Iterator[list[Value]]:
        """The rows for some items of a list, in the order of the items and of their entries."""
        entry_columns = self.entry_columns
        for item in items:
            key = [item["id"]] if len(self.lists) == 1 else [str(definition.kind), item["id"]]
            for position, entry in enumerate(item[self.field] or ()):
                yield [*key, position, *([entry] if self.text_column else row(entry, entry_columns))]


LINK_TABLES = (
    LinkTable("meeting_parties", "parties", (MEETINGS,)),
    LinkTable("meeting_sources", "sources", (MEETINGS,)),
    LinkTable("meeting_reviewers", "reviewed_by", (MEETINGS,)),
    LinkTable("agreement_parties", "parties", (AGREEMENTS,)),
    LinkTable("agreement_asserted_by", "asserted_by", (AGREEMENTS,)),
    LinkTable("quote_speakers", "speakers", (QUOTES,)),
    LinkTable("topics", "topics", (MEETINGS, AGENDA, AGREEMENTS, QUOTES), "topic"),
    LinkTable("person_names", "other_names", (PEOPLE,), "name"),
    LinkTable("party_names", "other_names", (PARTIES,), "name"),
    LinkTable("issuers", "issued_by", (SOURCES,)),
    LinkTable("cites", "cites", (SOURCES,), "cited"),
    LinkTable("evidence_fields", "fields", (EVIDENCE,), "field"),
)
