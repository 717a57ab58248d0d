"""What the template offers: the drop-downs of closed lists and an example of each column, in the
words of each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from matcher.check.decision_words import ACTION_NAMES
from matcher.check.outcome_words import ANSWER_NAMES, REASON_NAMES, STATE_NAMES
from matcher.forms import Column
from matcher.language import LANGUAGES
from matcher.problem import LEVELS
from matcher.vocabulary import load_vocabulary

YES_NO = {"id": ("ya", "tidak"), "ja": ("はい", "いいえ"), "en": ("yes", "no")}
RESULTS = {
    "id": ("lulus", "tidak lulus", "dalam proses"),
    "ja": ("修了", "不合格", "受講中"),
    "en": ("passed", "not passed", "in progress"),
}
NO_LEVEL = {"id": "tidak ada", "ja": "なし", "en": "none"}
NOT_TESTED = {"id": "belum tes", "ja": "未受験", "en": "not tested"}
CONDITIONS = {
    "id": (
        *("babi", "alkohol", "kerja malam", "ketinggian", "gudang beku"),
        *("tidak ada tempat salat", "tidak boleh berjilbab"),
    ),
    "ja": ("豚肉", "酒", "夜勤", "高所作業", "冷凍倉庫", "礼拝場所なし", "ヒジャブ不可"),
    "en": (
        *("pork", "alcohol", "night shift", "work at heights", "cold store"),
        *("no prayer place", "no headscarf"),
    ),
}
REGIMES = {"id": ("titp", "esd"), "ja": ("技能実習", "育成就労"), "en": ("titp", "esd")}
PERMITS = {"id": ("umum", "khusus"), "ja": ("一般", "特定"), "en": ("general", "specific")}
LISTED_KINDS = (*("programme", "job_type", "prefecture", "province", "sex", "level", "yes_no"),)
NAMED = {
    "action": ACTION_NAMES,
    "state": STATE_NAMES,
    "reason_code": REASON_NAMES,
    "outcome": ANSWER_NAMES,
}
LISTED_COLUMNS = ("training_result", "medical", "stage", "regime", "permit", *NAMED)
# Lists whose entries may stand in a cell together, so that other words are no mistake.
SEVERAL = {
    "job_types": "job_type",
    "prefectures": "prefecture",
    "refusals": "conditions",
    "conditions": "conditions",
}
# Examples in words, by column; those that stand in the table of columns are Indonesian.
EXAMPLES = {
    "ja": {
        "employment": "未就業",
        "wishes_prefectures": "大阪府; 静岡県",
        "costs": "本人:950000; 送出機関:500000",
        "interview_mode": "オンライン",
        "work": "船体・鋼構造物の半自動溶接",
        "wishes": "男性; 19-25",
        "wish_reason": "寮が男性用のみのため",
        "countries": "インドネシア; ベトナム",
        "reason": "企業と合意済み",
        "by": "担当者(例)",
        "text": "N4の結果がまだ反映されていない",
        "answer": "N4の結果を登録した",
        "source": "打合せ(例)",
    },
    "en": {
        "employment": "not employed",
        "costs": "participant:950000; sending organisation:500000",
        "interview_mode": "online",
        "work": "Semi-automatic welding of hulls and steel frames",
        "wishes": "men; 19-25",
        "wish_reason": "the housing is for men only",
        "reason": "agreed with the host",
        "by": "Example officer",
        "text": "the N4 result is not counted yet",
        "answer": "the N4 result is now on record",
        "source": "example meeting",
    },
}


@lru_cache(maxsize=len(LANGUAGES))
def list_entries(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the entries of each drop-down, by its name."""
    vocabulary = load_vocabulary()
    levels = (*LEVELS[:0:-1], NO_LEVEL[language])
    return {
        "programme": tuple(sorted(entry.name for entry in vocabulary.programmes.values())),
        "job_type": tuple(
            f"{number} {job.operation.within(language)}"
            for number, job in vocabulary.job_types.items()
        ),
        "prefecture": tuple(name.within(language) for name in vocabulary.prefectures.values()),
        "province": tuple(sorted(entry.name for entry in vocabulary.provinces.values())),
        "sex": ("L", "P"),
        "level": (*levels, NOT_TESTED[language]),
        "level asked": levels,
        "yes_no": YES_NO[language],
        "training_result": RESULTS[language],
        "medical": ("fit", "unfit", "pending"),
        "conditions": CONDITIONS[language],
        "stage": ("i", "ii", "iii"),
        "regime": REGIMES[language],
        "permit": PERMITS[language],
        **{
            column: tuple(name.within(language) for name in names.values())
            for column, names in NAMED.items()
        },
    }


def list_of(column: Column) -> str:
    """Return the name of the list that a column's drop-down shows, "" for none."""
    if column.name == "min_japanese":
        return "level asked"
    if column.name in LISTED_COLUMNS:
        return column.name
    return column.kind if column.kind in LISTED_KINDS else SEVERAL.get(column.kind, "")


def example_of(column: Column, language: str) -> str:
    """Return a column's example in the words of the language, those of its drop-down if any."""
    if told := EXAMPLES.get(language, {}).get(column.name):
        return told
    name = list_of(column)
    entries = list_entries(language).get(name, ())
    if column.kind == "yes_no":
        return entries[YES_NO["id"].index(column.example)]
    if column.kind in SEVERAL:
        return "; ".join(entries[:2]) if name == "conditions" else column.example
    like = (entry for entry in entries if entry.startswith(column.example))
    return next(like, entries[0] if entries else column.example)
