"""What a batch says, gathered once for the page and the workbook, in one language."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.language import Words
from matcher.pipeline import Result
from matcher.report.content.values import Content

__all__ = ["Content", "gather_content"]


def gather_content(
    result: Result,
    words: Words,
    digests: Mapping[str, str],
    *,
    blind: bool = False,
    thorough: bool = False,
) -> Content:
    """Return what the page and the workbook of a result show. `digests` are the SHA-256 of the
    batch's other files by name. A `blind` copy names nobody and has numbers of its own. A
    `thorough` one has more draws, each weight alone, and what would be enough for people without a
    host, which takes longer."""
    raise NotImplementedError
