"""What the run said of the inputs as they came, kept so that a batch can tell it again in any
language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from matcher.errors import Issue, load_codes
from matcher.language.frozen import freeze_fact, thaw_phrase
from matcher.report.render import render_json

NOTES = "notes.json"
OF_PLACES = (NOTES, "problems.csv")  # they tell of places in the files as they came
_PLAIN = tuple(one.name for one in fields(Issue) if one.name not in ("reason", "mend", "also"))


def render_notes(notes: Iterable[Issue]) -> bytes:
    """Return notes as JSON, in the order in which they are listed."""
    return render_json([_frozen(note) for note in sorted(notes, key=_place)]).encode()


def read_notes(content: bytes) -> tuple[Issue, ...]:
    """Return the notes that `render_notes` wrote; raises `ValueError` where they are none."""
    try:
        frozen = json.loads(content)
        if not isinstance(frozen, list):
            raise ValueError("no list")
        return tuple(map(_thawed, frozen))
    except (TypeError, KeyError, AttributeError, RecursionError, ArithmeticError) as fault:
        raise ValueError("no notes") from fault


def _place(note: Issue) -> tuple[object, ...]:
    return (*note.place, note.cell, note.also)


def _frozen(note: Issue) -> dict[str, object]:
    plain = {name: getattr(note, name) for name in _PLAIN}
    told = {"reason": freeze_fact(note.reason), "mend": note.mend and freeze_fact(note.mend)}
    return {**plain, **told, "also": list(note.also)}


def _thawed(frozen: dict[str, Any]) -> Issue:
    mend = frozen["mend"]
    note = Issue(
        **{name: frozen[name] for name in _PLAIN},
        reason=thaw_phrase(frozen["reason"]),
        mend=None if mend is None else thaw_phrase(mend),
        also=tuple(frozen["also"]),
    )
    texts = (note.code, note.file, note.column, note.value, note.sheet, note.cell, note.header)
    if not all(isinstance(text, str) for text in (*texts, note.became or "")):
        raise ValueError("no text")
    if not all(isinstance(line, int) for line in (note.line, *note.also)):
        raise ValueError("no line")
    if note.code not in load_codes():
        raise ValueError("no such code")
    return note
