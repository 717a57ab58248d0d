"""Pictures of a batch as SVG: read at the size of a phone and in print, in light and dark, told
apart by pattern and place and not by colour alone, the same numbers below each as a table."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from matcher.language import Words
from matcher.report.content.values import Pictures
from matcher.report.page.pictures.bars import draw_doubt, draw_funnel, draw_groups
from matcher.report.page.pictures.curve import draw_curve
from matcher.report.page.pictures.fit import draw_fit
from matcher.report.page.pictures.flow import draw_flow
from matcher.report.page.pictures.tiles import draw_centres, draw_prefectures

STYLE = Path(__file__).parent / "pictures.css"


def draw_pictures(pictures: Pictures, draws: int, words: Words) -> tuple[Markup, ...]:
    """Return the figures of what is known, in reading order; `draws` are those of `doubt`."""
    return (
        *([draw_funnel(pictures.funnel, words)] if pictures.funnel else []),
        *([draw_groups(pictures.groups, words)] if pictures.groups else []),
        *([draw_flow(pictures.flow, words)] if pictures.flow else []),
        *([draw_fit(pictures.fit, pictures.fit_of, words)] if pictures.fit else []),
        *([draw_doubt(pictures.doubt, draws, words)] if pictures.doubt else []),
        *([draw_prefectures(pictures.prefectures, words)] if pictures.prefectures else []),
        *([draw_centres(pictures.centres, words)] if pictures.centres else []),
        *([draw_curve(pictures.curve, words)] if pictures.curve else []),
    )
