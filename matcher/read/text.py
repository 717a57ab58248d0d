"""Text files: their encoding, what separates their cells, and their rows. Nothing is sniffed: an
encoding is strict, and a separator is the one that gives known headers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pandas as pd

from matcher.errors import Issue
from matcher.forms import Form
from matcher.grid import Grid
from matcher.language import Phrase, say
from matcher.read.header import HEADER_ROWS, find_header
from matcher.read.texts import Square
from matcher.settings import Read

SEPARATORS = {",": say("comma"), ";": say("semicolon"), "\t": say("tab"), "|": say("bar")}
BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
LONGEST_FIELD_LINES = 20
_OTHERS = re.compile(r"[^\x00-\x7f]+")
_NO_CP932 = re.compile("[\x80\uf8f0-\uf8f3]")  # bytes that only Python's cp932 takes
HEAD_CHARACTERS = 200_000  # enough for the rows in which a header is looked for
HUGE = 1 << 30

csv.field_size_limit(HUGE)  # long cells are refused one by one, not by a fault of the file


class TextFault(Exception):
    """A text file that cannot be read as a table: its issue."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.code)
        self.issue = issue


def read_text(
    file: str, content: bytes, form: Form, options: Read, *, ours: bool = False
) -> tuple[Grid, list[Issue]]:
    """Return the file's rows and notes on how it was read; raises `TextFault`. A file that is
    `ours` (a batch's) is not searched for quotation marks that swallow rows."""
    text, encoding = _decode(file, content, options.encoding)
    notes = []
    text, stated, skipped = _stated_separator(text)
    separator = stated or _find_separator(file, text, form, options)
    told: list[Phrase] = []
    if encoding not in ("utf-8", "utf-8-sig"):
        told.append(say("encoding {name}", name=encoding))
    if separator != ",":
        told.append(say("separated by {mark}", mark=SEPARATORS[separator]))
    if told:
        reason = say("read as text: {how}", how=tuple(told))
        notes.append(Issue("FILE_READ_AS", file, 0, "", "", reason))
    if _mixed_line_ends(text):
        notes.append(Issue("LINE_ENDS", file, 0, "", "", say("line ends of several kinds")))
    square = _square_rows(text, separator)
    if square is not None:
        return Grid("", square, range(1 + skipped, 1 + skipped + len(square))), notes
    records = list(_records(file, text, separator, skipped))
    if not ours:
        _check_swallowed(file, records, separator)
    return Grid("", [row for _, row in records], [line for line, _ in records]), notes


def _decode(file: str, content: bytes, declared: str | None) -> tuple[str, str]:
    mark = next((m for m in BYTE_ORDER_MARKS if content.startswith(m)), None)
    if declared is None and mark is None and b"\0" in content:
        reason = say("the text holds zero bytes, as UTF-16 without its mark does")
        raise _ask_encoding(file, reason)
    tried = [declared] if declared else [BYTE_ORDER_MARKS[mark]] if mark else ["utf-8", "cp932"]
    for encoding in tried:
        try:
            text = content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        if declared or encoding != "cp932" or _is_japanese(text):
            return text, encoding
    raise _ask_encoding(file, say("the text is not {tried}", tried=" / ".join(tried)))


def _is_japanese(text: str) -> bool:
    """Return whether bytes that cp932 takes are Japanese: not single marks and letters of a Western
    encoding, such as the ’ of “Nur’aini”, each of which swallows a letter and leaves a lone sign
    among Latin letters."""
    if _NO_CP932.search(text):
        return False
    return any(len(run[0]) > 1 or not _among_letters(text, run) for run in _OTHERS.finditer(text))


def _among_letters(text: str, run: re.Match[str]) -> bool:
    around = text[max(0, run.start() - 1) : run.start()] + text[run.end() : run.end() + 1]
    return any(letter.isalpha() for letter in around)


def _ask_encoding(file: str, reason: Phrase) -> TextFault:
    mend = say("save it as “CSV UTF-8”, or declare --encoding ([read] encoding)")
    return TextFault(Issue("ENCODING", file, 0, "", "", reason, mend))


def _stated_separator(text: str) -> tuple[str, str | None, int]:
    """Return the text without a first line `sep=;`, what it states, and the lines left out."""
    first = re.match(r"\"?sep=([,;|\t])\"?(\r\n|\r|\n|$)", text)
    return (text[first.end() :], first[1], 1) if first else (text, None, 0)


def _find_separator(file: str, text: str, form: Form, options: Read) -> str:
    known = {}
    first = text[:HEAD_CHARACTERS]
    for separator in SEPARATORS:
        head = []
        try:
            for row in csv.reader(io.StringIO(first, newline=""), delimiter=separator):
                head.append(row)
                if len(head) == HEADER_ROWS:
                    break
        except csv.Error:
            pass
        header = find_header(Grid("", head, list(range(1, len(head) + 1))), form, options.columns)
        known[separator] = header.known if header else 0
    most = max(known.values())
    found = [separator for separator, count in known.items() if count == most]
    if len(found) == 1 or most <= 1:
        return found[0]
    reason = say(
        "the header can be split by more than one of: {marks}",
        marks=tuple(SEPARATORS[separator] for separator in found),
    )
    raise TextFault(
        Issue("SEPARATOR", file, 0, "", "", reason, say("save it as “CSV UTF-8” or as a workbook"))
    )


def _square_rows(text: str, separator: str) -> Square | None:
    """Return the rows of a text in which each line is a row, every row has as many cells and only
    whole cells are quoted, None of any other; they are the same as `csv` gives, several times
    sooner."""
    plain = (text.replace("\r\n", "\n") if "\r" in text else text).removesuffix("\n")
    mark = re.escape(separator)
    quoted = rf'"(?<![^{mark}\n]")[^"\n]*(?:""[^"\n]*)*"(?![^{mark}\n])'
    bare = re.sub(quoted, "", plain) if '"' in plain else plain
    if '"' in bare or "\r" in plain or "\0" in plain:
        return None
    marks = {line.count(separator) for line in bare.split("\n")}
    if len(marks) != 1 or marks == {0}:
        return None
    frame = pd.read_csv(
        io.StringIO(plain),
        sep=separator,
        header=None,
        dtype=object,
        na_filter=False,
        skip_blank_lines=False,
        engine="c",
    )
    return Square([frame[place].to_numpy() for place in frame.columns])


def _records(file: str, text: str, separator: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for row in reader:
            yield begins + skipped, row
            begins = reader.line_num + 1
    except csv.Error as fault:
        if "unexpected end" in str(fault) or reader.line_num > begins:
            raise _open_quote(file, begins + skipped) from fault
        reason = say("a quotation mark stands inside a quoted cell")
        mend = say('double it ("") or take the quotation marks off')
        where = max(reader.line_num, begins) + skipped
        raise TextFault(Issue("NOT_CSV", file, where, "", "", reason, mend)) from fault


def _check_swallowed(file: str, records: list[tuple[int, list[str]]], separator: str) -> None:
    """Raise where a quoted cell of several lines holds as many separators as a row: an open
    quotation mark has swallowed rows, and a later one has closed it."""
    width = max((len(row) for _, row in records[:HEADER_ROWS]), default=0)
    for line, row in records:
        for cell in row:
            if "\n" not in cell and "\r" not in cell:
                continue
            swallows = cell.count(separator) >= max(2, width - 1)
            if swallows or len(cell.splitlines()) > LONGEST_FIELD_LINES:
                raise _open_quote(file, line)


def _open_quote(file: str, line: int) -> TextFault:
    reason = say("a quotation mark opens on this line and does not close")
    mend = say("close it or take it out; the rows below were swallowed by it")
    return TextFault(Issue("QUOTE_OPEN", file, line, "", "", reason, mend))


def _mixed_line_ends(text: str) -> bool:
    if "\r" not in text:
        return False
    bare = re.sub(r'"[^"]*"', "", text)
    crlf, cr, lf = bare.count("\r\n"), bare.count("\r"), bare.count("\n")
    return sum((crlf > 0, cr > crlf, lf > crlf)) > 1
