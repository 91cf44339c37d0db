"""What the engines' statements have in common: how hits are weighed, and parameters."""

from sqlalchemy import BindParameter, Case, ColumnElement, Integer, String, bindparam, case

from app.enums import SearchKind
from app.models import SEARCH_BLOCK, first_entry

WEIGHTS = {
    SearchKind.meeting: 2.0,
    SearchKind.delegate: 1.0,
    SearchKind.agreement: 1.0,
    SearchKind.quote: 1.0,
    SearchKind.person: 2.0,
    SearchKind.party: 2.0,
    SearchKind.source: 2.0,
    SearchKind.evidence: 0.25,
}
"""What scores are multiplied by, so that what a record is about comes before what is in it, and evidence last.

The longer a text, the lower its score; articles, and meetings with their agenda, are the longest.
"""


def weight(key: ColumnElement[int]) -> Case[float]:
    """The weight of the kind that an entry's key is in the block of."""
    return case(*((key < first_entry(kind) + SEARCH_BLOCK, WEIGHTS[kind]) for kind in SearchKind))


def text(name: str) -> BindParameter[str]:
    return bindparam(name, type_=String())


def number(name: str) -> BindParameter[int]:
    return bindparam(name, type_=Integer())
