"""The canonical form of a proved record: the same facts give the same bytes, however the YAML was written.

It is still in the record format, so that `verify` can prove it again. Words are the article's own slices, and each
source that the record defines has the hash of its text.
"""

import json
from collections.abc import Iterable
from hashlib import sha256

from seed.proof.result import Proved
from seed.record.models import Record, Source

FILE = "article.txt"
"""The file name in a canonical form; the database holds the text itself."""


def canonical(proved: Proved) -> str:
    """A proved record's canonical form."""
    content = proved.record.model_dump(mode="json", exclude_none=True)  # so a new optional key changes no stored hash
    for index, source in enumerate(proved.record.sources):
        if isinstance(source, Source):
            content["sources"][index] |= {"file": FILE, "sha256": proved.articles[source.id].sha256}
    for item in content["meeting"]["agenda"]:
        if not item["topics"]:
            del item["topics"]  # as in records that were stored before agenda items had topics
    parts = [content["meeting"], *content["meeting"]["agenda"]]
    parts += [part for name in ("delegates", "agreements", "quotes") for part in content[name]]
    for facts, part in zip(proved.facts, parts, strict=True):
        if facts.text is not None:
            part["text"] = facts.text
        for entry, words in zip(part["evidence"], facts.slices, strict=True):
            if words is not None:
                entry["words"] = words
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse(content: str) -> Record:
    """The record of a canonical form."""
    return Record.model_validate_json(content)


def digest(hashes: Iterable[str]) -> str:
    """The dataset's digest: SHA-256, in hex, over the hashes of all that is stored, in the order of its ids."""
    whole = sha256()
    for hash in hashes:
        whole.update(f"{hash}\n".encode())
    return whole.hexdigest()


def content_hash(content: str) -> str:
    return sha256(content.encode()).hexdigest()
