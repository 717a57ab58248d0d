"""Text as it comes: tidied, on one line, in parts, or saying that nothing is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import groupby

from matcher.check.cells.found import Cell, CellFault, Found
from matcher.language import say

LIST_MARK = "; "
DASHES = "-‐‑‒–—―−－ー"
NO_DATA = frozenset(
    (
        *("n/a", "na", "n.a.", "n.a", "#n/a", "null", "unknown", "no data", "(blank)", "0000"),
        *("tidak ada", "tidak ada data", "tidak diketahui", "belum diisi", "nihil", "kosong"),
        *("(kosong)", "不明", "未記入", "空白", "該当なし", "なし", "データなし"),
    )
)
_DASHED = re.compile(f"[{DASHES}]{{1,3}}")

_JOINERS = "\u200c\u200d"
_JOINED = rf"[^\x00-\x7f\s{_JOINERS}]"  # what a joiner can join: nothing of ASCII
_LOOSE_JOINER = re.compile(rf"(?<!{_JOINED})[{_JOINERS}]+|[{_JOINERS}]+(?!{_JOINED})")
_SPACE = re.compile(r"[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_SET_APART = ("<super>", "<sub>", "<circle>", "<fraction>")
_AROUND_BREAK = re.compile(" ?\n ?")
_BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"))

_MARKS = re.compile("[;；、､|｜\n]")
_FINER_MARKS = re.compile("[;；、､|｜\n,，/／]")

# The second and later bytes of UTF-8 as cp1252 and as Latin-1 show them.
_LATER = "[\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]"
# Two bytes of UTF-8 that cp932 shows as one kanji, by the first byte of kana and of kanji.
_KANA = "縺繧繝"
_KANJI = "".join(
    bytes((first, second)).decode("cp932", "ignore")
    for first in range(0xE3, 0xEA)
    for second in range(0x80, 0xC0)
)
_WRONGLY_DECODED = re.compile(
    "\ufffd|ï¿½|ï»¿|â€[™œ˜“”…¦\x9d]"
    f"|ã[\x81\x82\x83‚ƒ]|(?:[ã-é]{_LATER}{{1,2}}){{2}}|[ÃÂ][\x80-\xbf‚ƒ„…†‡‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]"
    f"|[{_KANA}][｡-ﾟ]|縺[^れるり]|鬥ｬ|(?:[{_KANJI}][｡-ｿ]){{2}}|[{_KANJI}][｡-ｿ][{_KANJI}]・"
)


def tidy(text: str) -> tuple[str, str]:
    """Return the text composed and without what does not show or doubles a space, and the code of
    what was done to it ("" where it stays as it was)."""
    if text.isascii() and text.isprintable() and "  " not in text and text.strip() == text:
        return text, ""
    composed = unicodedata.normalize("NFC", text)
    lines = composed.replace("\r\n", "\n").replace("\r", "\n")
    seen = unicodedata.normalize("NFC", _without_unseen(lines.translate(_BREAKS)))
    tidied = _AROUND_BREAK.sub("\n", _SPACE.sub(" ", seen)).strip(" \n")
    if tidied == text:
        return text, ""
    if seen != lines:
        return tidied, "UNSEEN"
    return tidied, "SPACES" if tidied != composed else "COMPOSED"


def _without_unseen(text: str) -> str:
    if not text.isprintable():
        text = "".join(map(_shown, text))
    return _LOOSE_JOINER.sub("", text)


def _shown(character: str) -> str:
    # Unassigned characters stay: they may be kanji newer than this version of Python.
    if character in "\t\n" + _JOINERS:
        return character
    match unicodedata.category(character):
        case "Cs":
            return "\ufffd"
        case "Cc" | "Cf":
            return ""
        case "Cn" if ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef":
            return ""
        case _:
            return character


def plain(text: str) -> str:
    """Return a text with full-width and half-width characters folded (NFKC), trimmed; raised,
    lowered and circled digits and fractions stay: 5² is not 52."""
    if not text.isascii():
        runs = groupby(text, _is_set_apart)
        text = "".join(
            "".join(run) if apart else unicodedata.normalize("NFKC", "".join(run))
            for apart, run in runs
        )
    return _SPACE.sub(" ", text).strip()


def _is_set_apart(character: str) -> bool:
    return unicodedata.decomposition(character).startswith(_SET_APART)


def folded(text: str) -> str:
    """Return the letters and digits of `text` without case and width: the key names match by."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def is_no_data(text: str, meant: Collection[str] = ()) -> bool:
    """Return whether a text is a dash or a word for no data; `meant` are words, in lower case,
    that mean something in this column."""
    word = plain(text).casefold()
    return word not in meant and (word in NO_DATA or bool(_DASHED.fullmatch(word)))


def one_line(cell: Cell) -> Found[str]:
    """Return a name: any words, on one line. Only a dash says that nothing is known."""
    if not cell.marks and cell.text.isascii() and cell.text[:1].isalpha() and "\n" not in cell.text:
        return Found(cell.text, cell.text)
    if cell.has("date"):
        raise CellFault(
            "CODE_IS_DATE",
            say("Excel turned this into a date; what it was cannot be known"),
            say("format the column as Text and type it again"),
        )
    if _DASHED.fullmatch(cell.text):
        return Found("", "", "NO_DATA_WORD")
    line = re.sub(r"\s*\n\s*", " ", cell.text).strip()
    return Found(line, line, "LINE_BREAK" if line != cell.text else "")


def free_text(cell: Cell) -> Found[str]:
    """Return a text as it stands, line breaks included."""
    if _DASHED.fullmatch(cell.text):
        return Found("", "", "NO_DATA_WORD")
    return Found(cell.text, cell.text)


def parts(text: str) -> list[str]:
    """Return the parts of a list between `;` `；` `、` `|` and line breaks, blank ones left out."""
    return [part.strip() for part in _MARKS.split(text) if part.strip()]


def finer_parts(text: str) -> list[str]:
    """Return the parts of a list also between commas and slashes, which stand in some names."""
    return [part.strip() for part in _FINER_MARKS.split(text) if part.strip()]


def listed(text: str, found: Sequence[str]) -> tuple[str, str]:
    """Return the canonical text of a list of parts and, where it is not what was written, the
    code; a list with `;` alone is canonical as it is."""
    if [part.strip() for part in text.split(";")] == list(found):
        return text, ""
    return LIST_MARK.join(found), "LIST_MARKS"


def has_mojibake(text: str) -> bool:
    """Return whether a text shows that it was decoded wrongly before; ask before `tidy`."""
    return not text.isascii() and bool(_WRONGLY_DECODED.search(text))


def is_emoji_or_odd(text: str) -> bool:
    """Return whether a text holds pictures, or signs that are nobody's letters."""
    return not text.isascii() and any(map(_is_odd, text))


def _is_odd(character: str) -> bool:
    if "\u2100" <= character <= "\u24ff" or "\u3000" <= character <= "\u33ff":
        return False
    if "\U0001f3fb" <= character <= "\U0001f3ff":
        return True
    return character in "\ufe0f\u20e3\ufffd" or unicodedata.category(character) in {
        "So",
        "Co",
        "Cn",
    }
