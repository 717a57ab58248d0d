"""Names of files after what people call a host or a centre, as every file system takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count
from unicodedata import normalize

LONGEST = 60  # bytes; file systems keep 255 with the number and the ending
NO_NAME = "no-name"
# Windows takes these for devices, whatever ending stands behind them.
PORTS = {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
DEVICES = {"con", "prn", "aux", "nul", *PORTS}
_NOT_IN_NAMES = re.compile(r"[^\w-]+")


def file_names(told: Iterable[str]) -> dict[str, str]:
    """Return the name of a file, without its ending, for each text: letters, digits, `_` and `-`
    alone, no two alike whatever their case. A text that is such a name itself keeps it, so that
    nobody is given another's."""
    texts = sorted(set(told))
    own: dict[str, str] = {}
    for text in texts:
        if _safe(text) == text:
            own.setdefault(text.casefold(), text)
    names = {text: text for text in own.values()}
    taken = set(own)
    for text in texts:
        if text not in names:
            names[text] = _free(_safe(text), taken)
            taken.add(names[text].casefold())
    return names


def _safe(text: str) -> str:
    plain = _NOT_IN_NAMES.sub("-", normalize("NFKC", text)).strip("-")
    name = plain.encode()[:LONGEST].decode(errors="ignore").rstrip("-") or NO_NAME
    return f"_{name}" if name.casefold() in DEVICES else name


def _free(name: str, taken: set[str]) -> str:
    if name.casefold() not in taken:
        return name
    numbered = (f"{name}-{n}" for n in count(2))
    return next(one for one in numbered if one.casefold() not in taken)
