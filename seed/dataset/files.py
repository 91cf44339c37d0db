"""The files of records and articles: read whole, within limits, and from inside the record's folder only."""

import codecs
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from operator import itemgetter
from pathlib import Path as FilePath

from seed.proof.articles import Article
from seed.proof.definitions import DefinitionKey, definitions
from seed.proof.quotation_marks import QUOTATION_MARKS
from seed.proof.work import TooMuchWork
from seed.record.characters import refused_character
from seed.record.display_text import counted
from seed.record.faults import Code, Fault, LocatedFault, Severity
from seed.record.models import Record, Source
from seed.record.validation import DUPLICATE, UNKNOWN, Validated, validate
from seed.record.yaml_tree import Node, Path, Span, UnreadableYaml, compose

RECORD_FILE = "record.yaml"
ARTICLE_FILE = "article.txt"
"""The name of an article that comes from standard input."""

MAXIMUM_RECORD = 1024 * 1024
MAXIMUM_ARTICLE = 5 * 1024 * 1024
TOO_LONG = f"the articles of the record are longer than {MAXIMUM_ARTICLE >> 20} MiB together"

MOST_MARKS = MOST_LINES = 200_000
"""The most quotation marks, and lines, of an article: one in 25 bytes of the longest article."""

MOST_REPORTED = 200
"""The most faults and warnings of a record that are reported one by one."""


class Unreadable(Exception):
    """A file that cannot be read: the reason in a few words."""


@dataclass
class ReadRecord:
    """A record's folder as read: its validated parts, the articles of its sources, by source id, and the faults.

    `record` is None if nothing can be proved. `sha256` is of all its files, to detect a change between two readings.
    """

    folder: FilePath
    root: Node | None = None
    text: str = ""
    sha256: str = ""
    validated: Validated = field(default_factory=lambda: Validated(None))
    articles: dict[str, Article] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unreadable: UnreadableYaml | None = None

    @property
    def record(self) -> Record | None:
        return self.validated.record

    @property
    def file(self) -> str:
        return str(self.folder / RECORD_FILE)

    @property
    def meeting(self) -> str | None:
        """The meeting's id, if that is valid."""
        if self.record is None:
            return None
        return self.record.meeting.id or None

    def hashes(self) -> dict[str, str]:
        """The SHA-256 of the articles, by source id."""
        return {id: article.sha256 for id, article in self.articles.items()}

    def faulty_definitions(self) -> set[DefinitionKey]:
        """The definitions that have a fault."""
        if self.record is None:
            return set()
        return {key for key, path, _ in definitions(self.record) if self.validated.is_in_broken_part(path)}

    def reported(self, faults: Iterable[Fault]) -> list[LocatedFault]:
        """The first faults in the order of the file, each once, and how many more there are."""
        distinct = {(*self._start(fault), fault.code, fault.message): fault for fault in faults}
        in_order = [distinct[key] for key in sorted(distinct, key=itemgetter(0, 1, 2))]
        return [*map(self.located, in_order[:MOST_REPORTED]), *self._more(in_order[MOST_REPORTED:])]

    def _start(self, fault: Fault) -> tuple[int, int]:
        span = self._span(fault.path)
        return span.line, span.column

    def _more(self, faults: list[Fault]) -> Iterator[LocatedFault]:
        """Faults, and warnings, as one each, where the first of them is."""
        for severity in Severity:
            of_severity = [fault for fault in faults if fault.severity is severity]
            if of_severity:
                message = f"and {counted(len(of_severity), f'more {severity}')} from here on"
                first = Fault(Code.more_faults, of_severity[0].path, message, severity=severity)
                yield replace(self.located(first), count=len(of_severity))

    def located(self, fault: Fault) -> LocatedFault:
        """A fault with its line and column in the file, and with what takes long to find."""
        with suppress(TooMuchWork):
            fault = fault.complete(fault) if fault.complete else fault
        span = self._span(fault.path)
        excerpt = self._lines[span.line - 1] if 0 < span.line <= len(self._lines) else ""
        to = span.end_column if span.end_line == span.line else len(excerpt) + 1
        width = max(1, min(to, len(excerpt) + 1) - span.column)
        message = " ".join(fault.message.split())  # what it quotes may have more lines
        value = self.root.at(fault.path).value if self.root else None
        return LocatedFault(
            self.file,
            span.line,
            span.column,
            width,
            fault.code,
            message,
            excerpt,
            value if isinstance(value, str) else "",
            fault.nearest,
            fault.severity,
        )

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines()

    def _span(self, path: Path) -> Span:
        if self.unreadable is not None:
            return Span(self.unreadable.line, self.unreadable.column, self.unreadable.line, self.unreadable.column + 1)
        if self.root is None:
            return Span(1, 1, 1, 2)
        return _span(self.root, path)


def _span(root: Node, path: Path) -> Span:
    """The span of a path's value, or of the key if that is unknown, duplicate, or has no value of its own."""
    holder, node, last = root.at(path[:-1]), root.at(path), path[-1] if path else None
    if isinstance(last, str) and last.startswith(DUPLICATE):
        return holder.duplicate_keys[int(last.removeprefix(DUPLICATE))].span
    if isinstance(last, str) and last.startswith(UNKNOWN):
        return holder.keys[last.removeprefix(UNKNOWN)].span
    if isinstance(last, str) and last in holder.keys and not isinstance(node.value, str):
        return holder.keys[last].span
    return node.span


def given_folder(path: FilePath) -> FilePath:
    """The folder that a path stands for: itself, or that of a `record.yaml`."""
    return path.parent if path.name == RECORD_FILE and path.is_file() else path


def record_folders(path: FilePath) -> list[FilePath]:
    """The folders of records that a path stands for: itself, or those in a dataset's folder. Raises Unreadable."""
    if not path.exists():
        raise Unreadable("no such folder")
    if not path.is_dir():
        raise Unreadable(f"not a folder: give the record's folder, which holds its {RECORD_FILE}")
    if is_record(path):
        return [path]
    folders = records_in(path)
    if not folders:
        raise Unreadable(f"no record: neither the folder nor one in it holds a {RECORD_FILE}")
    return folders


def records_in(folder: FilePath) -> list[FilePath]:
    """The folders of records in a dataset's folder. Raises OSError."""
    return sorted(inner for inner in folder.iterdir() if inner.is_dir() and is_record(inner))


def is_record(folder: FilePath) -> bool:
    try:
        return (folder / RECORD_FILE).exists() or (folder / RECORD_FILE).is_symlink()
    except PermissionError:
        return True  # probably: reading it will report why it cannot be read


def reason(error: Exception) -> str:
    """The system's reason why a file cannot be read, without the error number and the path."""
    said = getattr(error, "strerror", None) or str(error)
    return said[:1].lower() + said[1:]


def read_record(folder: FilePath) -> ReadRecord:
    """Read a record and its articles. Errors are returned as faults; nothing is raised."""
    read = ReadRecord(folder)
    try:
        content = _read_file(folder, RECORD_FILE, MAXIMUM_RECORD)
        read.sha256 = sha256(content).hexdigest()
        read.text = _decode(content)
        read.root = compose(read.text)
    except Unreadable as error:
        read.faults.append(Fault(Code.unreadable, (), str(error)))
        return read
    except UnreadableYaml as error:
        read.unreadable = error
        read.faults.append(Fault(Code.unreadable, (), str(error)))
        return read
    read.validated = validate(read.root)
    read.faults += read.validated.faults
    if read.record is not None:
        read.faults += _read_articles(read, read.record)
        articles = (f"{id} {hash}" for id, hash in sorted(read.hashes().items()))
        read.sha256 = sha256("\n".join([read.sha256, *articles]).encode()).hexdigest()
    return read


def read_article(path: FilePath) -> str:
    """The text of an article, by the same limits as in a record. Raises Unreadable."""
    return _decode_article(_read_file(path.parent, path.name, MAXIMUM_ARTICLE))


def read_standard_input() -> str:
    """The text of an article from standard input. Raises Unreadable."""
    content = sys.stdin.buffer.read(MAXIMUM_ARTICLE + 1)
    _refuse_large(content, MAXIMUM_ARTICLE)
    return _decode_article(content)


def read_source(folder: FilePath, file: str) -> Article:
    """The article of a source of a record. Raises Unreadable."""
    return Article(str(folder / file), _decode_article(_read_file(folder, file, MAXIMUM_ARTICLE)))


def _read_articles(read: ReadRecord, record: Record) -> Iterator[Fault]:
    for index, source in enumerate(record.sources):
        if isinstance(source, Source) and source.file:  # of a broken source, it may be unknown
            path = ("sources", index, "file")
            try:
                article = read_source(read.folder, source.file)
                if article.text == read.text:
                    raise Unreadable("this is the record itself, which proves nothing: name the article's file")
                read.articles.setdefault(source.id, article)
            except Unreadable as error:
                yield Fault(Code.unreadable, path, f"{source.file}: {error}")
            if too_long(read.articles):
                del read.articles[source.id]
                yield Fault(Code.unreadable, path, TOO_LONG)
                return


def too_long(articles: Mapping[str, Article]) -> bool:
    """Whether the articles of a record are too long together."""
    return sum(article.size for article in articles.values()) > MAXIMUM_ARTICLE


def _decode_article(content: bytes) -> str:
    text = _decode(content)
    if refused := refused_character(text):
        raise Unreadable(f"line {refused.line}, column {refused.column}: {refused}")
    if sum(map(text.count, QUOTATION_MARKS)) > MOST_MARKS:
        raise Unreadable(f"more than {MOST_MARKS:,} quotation marks")
    if text.count("\n") + text.count("\r") > MOST_LINES:
        raise Unreadable(f"more than {MOST_LINES:,} lines")
    return text


def _read_file(folder: FilePath, name: str, limit: int) -> bytes:
    """The content of a regular file inside the folder. Raises Unreadable."""
    try:
        return _read_within(folder, name, limit)
    except (OSError, ValueError, RuntimeError) as error:  # ValueError: NUL in a path; RuntimeError: a loop of links
        raise Unreadable(reason(error)) from None


def _read_within(folder: FilePath, name: str, limit: int) -> bytes:
    if FilePath(name).is_absolute() or ".." in FilePath(name).parts:
        raise Unreadable("the path leads out of the record's folder")
    resolved = folder.resolve()
    path = (resolved / name).resolve()
    if not path.is_relative_to(resolved):
        raise Unreadable("a link that leads out of the record's folder")
    opened = _opened(resolved, path.relative_to(resolved).parts)
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise Unreadable("not a regular file")
    with os.fdopen(opened, "rb") as file:
        content = file.read(limit + 1)
    _refuse_large(content, limit)
    return content


def _refuse_large(content: bytes, limit: int) -> None:
    if len(content) > limit:
        raise Unreadable(f"larger than {limit // 1024 // 1024} MiB")


def _opened(folder: FilePath, parts: tuple[str, ...]) -> int:
    """The descriptor of a file below a folder, opened part by part without following a link.

    The links were resolved before. A link that is put in the place of a part since then could lead anywhere, so it is
    an error (ELOOP or ENOTDIR) and not followed. A pipe in the place of the file must not block, either.
    """
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    for part in parts:
        holder = opened
        try:
            opened = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=holder)
        finally:
            os.close(holder)
    return opened


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"byte {error.start} (line {line}) is {content[error.start]:#04x}{_meant(content, error.start)}"
        raise Unreadable(f"not UTF-8: {what}: save the file as UTF-8") from None
    if not text.strip():
        raise Unreadable("empty")
    return text


def _meant(content: bytes, offset: int) -> str:
    """The end of a clause that says what a byte is in the encoding that the file probably has."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ", as in UTF-16"
    try:
        return f", which is {content[offset : offset + 1].decode('cp1252')} in Windows-1252"
    except UnicodeDecodeError:
        return ""
