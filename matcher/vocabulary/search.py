"""Finding entries of the vocabulary by a word in any of the three languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from matcher.errors import load_codes
from matcher.vocabulary import Vocabulary

Row = dict[str, str | int]


def find_job_types(vocabulary: Vocabulary, text: str) -> list[Row]:
    """Return the job types that hold every word of `text`, each as a row of texts."""
    rows: Iterator[Row] = (
        {
            "operation_no": job.operation_no,
            "stage": job.stage,
            "indonesian": _whole(job.category.id, job.operation.id),
            "japanese": _whole(job.category.ja, job.operation.ja),
            "english": _whole(job.category.en, job.operation.en),
            "needs": "; ".join(
                f"{need.skill_id}:{need.level}"
                for need in vocabulary.job_type_skills[job.operation_no]
            ),
        }
        for job in vocabulary.job_types.values()
    )
    return [row for row in rows if holds(row, text)]


def find_skills(vocabulary: Vocabulary, text: str) -> list[Row]:
    """Return the skills that hold every word of `text`, each as a row of texts."""
    rows: Iterator[Row] = (
        {
            "skill_id": skill.skill_id,
            "kind_of": "; ".join(skill.parents),
            "indonesian": skill.name.id,
            "japanese": skill.name.ja,
            "english": skill.name.en,
        }
        for skill in vocabulary.skills.values()
    )
    return [row for row in rows if holds(row, text)]


def find_programmes(vocabulary: Vocabulary, text: str) -> list[Row]:
    """Return the programmes that hold every word of `text`, their skills' names included."""
    rows = []
    for programme in vocabulary.programmes.values():
        given = vocabulary.programme_skills[programme.programme_id]
        row: Row = {
            "programme_id": programme.programme_id,
            "programme": programme.name,
            "kejuruan": programme.kejuruan,
            "hours_jp": programme.hours_jp or "",
            "gives": "; ".join(f"{skill}:{level}" for skill, level in given.items()),
            "also_called": "; ".join(programme.aliases),
        }
        names = [vocabulary.skills[skill].name for skill in given]
        if holds({**row, "names": " ".join(f"{n.id} {n.ja} {n.en}" for n in names)}, text):
            rows.append(row)
    return rows


def find_codes(vocabulary: Vocabulary, text: str) -> list[Row]:
    """Return the codes of what is told about inputs that hold every word of `text`."""
    rows: Iterator[Row] = (
        {"code": code, "action": action, "meaning": meaning}
        for code, (action, meaning) in load_codes().items()
    )
    return [row for row in rows if holds(row, text)]


def holds(row: Row, text: str) -> bool:
    """Return whether a row holds every word of `text`."""
    whole = _folded(" ".join(map(str, row.values())))
    return all(word in whole for word in _folded(text).split())


def _whole(category: str, operation: str) -> str:
    return category if category == operation else f"{category} › {operation}"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
