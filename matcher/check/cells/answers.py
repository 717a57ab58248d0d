"""Closed lists of words: yes and no, results, medical findings, sex."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from matcher.check.cells.found import Cell, CellFault, Found, Parse
from matcher.check.cells.text import is_no_data, plain
from matcher.language import say
from matcher.problem import (
    FIT,
    IN_PROGRESS,
    NO,
    NOT_PASSED,
    PASSED,
    PENDING,
    UNFIT,
    UNKNOWN,
    YES,
)

T = TypeVar("T")
WORDS_OF_YES_AND_NO = {
    "ya": YES,
    "yes": YES,
    "はい": YES,
    "tidak": NO,
    "no": NO,
    "いいえ": NO,
}
# T may be true or tidak, `belum` not yet or nothing known, △ and ◎ no answer at all: not here.
_YES_MARKS = "○〇◯⭕✓✔☑√v"
_NO_MARKS = "×✕✖╳☓✗✘❌x"
_YES_WORDS = (
    *("y", "1", "true", "benar", "ada", "sudah", "pernah", "setuju", "bersedia", "berminat"),
    *("あり", "有", "有り", "同意"),
)
_NO_WORDS = (
    *("n", "0", "false", "salah", "tdk", "tidak ada", "tidak pernah", "belum pernah"),
    *("tidak setuju", "tidak bersedia", "tidak berminat", "なし", "無", "無し", "不同意"),
)
_YES_AND_NO_ALIASES = {
    **dict.fromkeys((*_YES_MARKS, *_YES_WORDS), YES),
    **dict.fromkeys((*_NO_MARKS, *_NO_WORDS), NO),
}
RESULTS = {
    "lulus": PASSED,
    "passed": PASSED,
    "修了": PASSED,
    "tidak lulus": NOT_PASSED,
    "not passed": NOT_PASSED,
    "不合格": NOT_PASSED,
    "dalam proses": IN_PROGRESS,
    "in progress": IN_PROGRESS,
    "受講中": IN_PROGRESS,
}
# K and BK are kompeten and belum kompeten here; `belum` alone says too little.
_RESULT_ALIASES = {
    **dict.fromkeys(("k", "kompeten", "competent", "pass", "合格"), PASSED),
    **dict.fromkeys(
        (
            "bk",
            "belum kompeten",
            "tidak kompeten",
            "not yet competent",
            "not competent",
            "gagal",
            "failed",
            "fail",
        ),
        NOT_PASSED,
    ),
    **dict.fromkeys(
        ("proses", "sedang proses", "sedang berjalan", "masih berjalan", "ongoing", "on going"),
        IN_PROGRESS,
    ),
}
MEDICALS = {"fit": FIT, "unfit": UNFIT, "pending": PENDING}
# What the outputs print of a medical check is read too; an abnormal finding alone is no answer.
_MEDICAL_ALIASES = {
    **dict.fromkeys(
        (
            *("sehat", "layak kerja", "layak bekerja", "fit to work", "fit for work"),
            *("medically fit", "適", "異常なし", "支障なし", "健康上の支障なし"),
        ),
        FIT,
    ),
    **dict.fromkeys(
        (
            *("tidak sehat", "tidak layak kerja", "tidak layak bekerja", "tidak fit", "not fit"),
            *("not medically fit", "belum memenuhi syarat kesehatan", "否", "不適"),
            *("tidak memenuhi syarat kesehatan", "健康要件未充足"),
        ),
        UNFIT,
    ),
    **dict.fromkeys(
        ("menunggu hasil", "menunggu", "result pending", "保留", "結果待ち"),
        PENDING,
    ),
}
_SEXES = {"L": "L", "P": "P"}
# P is perempuan and never `pria`; a word that is not here is refused, never a default.
_MALE = ("laki-laki", "laki laki", "lakilaki", "laki", "pria", "lk", "male", "m", "男", "男性")
_FEMALE = ("perempuan", "wanita", "pr", "female", "f", "女", "女性")
_SEX_ALIASES = {**dict.fromkeys(_MALE, "L"), **dict.fromkeys(_FEMALE, "P")}


def choice(
    words: Mapping[str, T],
    shown: Sequence[str] = (),
    aliases: Mapping[str, T] | None = None,
    *,
    unknown: T | None = None,
    codes: tuple[str, str] = ("NOT_A_WORD", "WORD_FORM"),
) -> Parse[T]:
    """Return the parser of a closed list of words, whatever their case.

    A word of `words` is canonical; one of `aliases` becomes the first of `words` that means the
    same. `shown` are those told in a fault, `unknown` the value of a cell that says that nothing
    is known (such a cell is refused where it is None), `codes` those of a fault and of an alias.
    """
    yes_or_no = codes[0] == "NOT_YES_NO"
    plainly = {word.casefold(): value for word, value in words.items()}
    otherwise = {_key(word): value for word, value in (aliases or {}).items()}
    canonical: dict[T, str] = {}
    for word, value in words.items():
        canonical.setdefault(value, word)

    def parse(cell: Cell) -> Found[T]:
        if cell.text.casefold() in plainly:
            return Found(plainly[cell.text.casefold()], cell.text)
        folded = plain(cell.text)
        if folded.casefold() in plainly:
            return Found(plainly[folded.casefold()], folded, "WIDTH")
        if (key := _key(cell.text)) in otherwise:
            text = canonical[otherwise[key]]
            return Found(otherwise[key], text, codes[1] if text != cell.text else "")
        if unknown is not None and is_no_data(cell.text):
            return Found(unknown, "", "NO_DATA_WORD")
        no_word = say("neither yes nor no") if yes_or_no else say("not a word of this column")
        raise CellFault(codes[0], no_word, say("one of: {words}", words=tuple(shown or words)))

    return parse


def _key(text: str) -> str:
    word = re.sub("[\ufe0e\ufe0f_]", " ", plain(text)).strip(" .。!")
    return re.sub(" *- *", "-", re.sub(" +", " ", word)).casefold()


yes_no = choice(
    WORDS_OF_YES_AND_NO,
    ("ya", "tidak"),
    _YES_AND_NO_ALIASES,
    unknown=UNKNOWN,
    codes=("NOT_YES_NO", "ANSWER_FORM"),
)
result = choice(RESULTS, ("lulus", "tidak lulus", "dalam proses"), _RESULT_ALIASES, unknown=UNKNOWN)
medical = choice(MEDICALS, (), _MEDICAL_ALIASES, unknown=UNKNOWN)
_of_either_case = choice(_SEXES, (), _SEX_ALIASES, unknown="")


def sex(cell: Cell) -> Found[str]:
    """Return L (laki-laki) or P (perempuan)."""
    found = _of_either_case(cell)
    if found.value and found.text != found.value:
        return Found(found.value, found.value, found.code or "WORD_FORM")
    return found
