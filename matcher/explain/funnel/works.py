"""The works and centres that somebody names to look at a part of a batch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import numpy as np

from matcher.problem import Flags, Problem
from matcher.vocabulary import JobType, load_vocabulary
from matcher.vocabulary.jobs import jobs_of
from matcher.vocabulary.names import folded


def find_works(problem: Problem, text: str) -> tuple[str, ...]:
    """Return the operations of the official list that `text` names: by number, by the number of
    their category, by the office's own word of the scenario, or by a word in a name in any of the
    three languages; empty where there is none."""
    vocabulary = load_vocabulary()
    jobs = jobs_of(vocabulary)
    number = jobs.operation_no(text)
    if number:
        return (number,)
    category = jobs.category_no(text)
    if category:
        return jobs.members(category)
    settled = {folded(word): no for word, no in problem.settings.job_types.items()}
    found = set(jobs.holding(text)) | set(_named(text, vocabulary.job_types.values()))
    if folded(text) in settled:
        found.add(settled[folded(text)])
    return tuple(no for no in vocabulary.job_types if no in found)


def openings_of(problem: Problem, works: Iterable[str]) -> Flags:
    """Return which openings are for one of the operations."""
    wanted = set(works)
    codes = [at for at, number in enumerate(problem.lists.operations) if number in wanted]
    return np.isin(problem.openings.job, codes)


def find_centre(problem: Problem, text: str) -> str | None:
    """Return the centre that is called so, whatever its case and marks; None where none is."""
    centres = sorted(set(problem.labels.centres))
    if text in centres:
        return text
    near = [centre for centre in centres if centre and folded(centre) == folded(text)]
    return near[0] if len(near) == 1 else None


def _named(text: str, jobs: Iterable[JobType]) -> list[str]:
    """Return the operations in whose names `text` stands as it is, at the start of a word where
    it is in the Latin alphabet: weld in welding, las not in plastics."""
    word = _lower(text)
    if not word:
        return []
    begins = re.compile((r"\b" if word.isascii() else "") + re.escape(word))
    return [
        job.operation_no
        for job in jobs
        for name in (job.category, job.operation)
        if any(begins.search(_lower(spelt)) for spelt in (name.id, name.ja, name.en))
    ]


def _lower(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
