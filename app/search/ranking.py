"""The ranking of hits: the weight of each kind of item; and bound parameters for both engines."""

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
    SearchKind.agenda_item: 1.0,
}
"""Factors of scores: meetings, people, parties and sources rank above the items of a record, evidence ranks last.

Longer texts score lower, and articles and meetings with their agenda are the longest.
"""


def weight(key: ColumnElement[int]) -> Case[float]:
    """The weight of an entry's kind, which follows from the block of its key."""
    return case(*((key < first_entry(kind) + SEARCH_BLOCK, WEIGHTS[kind]) for kind in SearchKind))


def text(name: str) -> BindParameter[str]:
    return bindparam(name, type_=String())


def number(name: str) -> BindParameter[int]:
    return bindparam(name, type_=Integer())
