"""Letters as pages to print, each on one sheet of A4, and the office's list of them."""

from __future__ import annotations

from pathlib import Path

from matcher.report.html import render_page
from matcher.report.letters.values import Letter, Letters
from matcher.report.sheets.widths import count_lines

FOLDER = Path(__file__).parent
STYLE, LETTER, INDEX = "letter.css", "letter.html", "index.html"
LINE = 96  # so many letters stand on a line
# Lines up to which a letter is set in the usual size, and in one less.
USUAL, SMALLER = 47, 56


def write_letter(letter: Letter, language: str) -> bytes:
    """Return the page of a letter in UTF-8; the same bytes for the same letter."""
    values = {"letter": letter, "language": language, "size": size_of(letter)}
    return render_page(FOLDER, LETTER, STYLE, values)


def write_index(letters: Letters, *, printed: bool) -> bytes:
    """Return the office's list of the letters as a page; `printed`: each is there as PDF too."""
    return render_page(FOLDER, INDEX, STYLE, {"letters": letters, "printed": printed})


def size_of(letter: Letter) -> str:
    """Return how small a letter has to be set to stand on one sheet: "", "full" or "crowded"."""
    lines = count_letter(letter)
    return "" if lines <= USUAL else "full" if lines <= SMALLER else "crowded"


def count_letter(letter: Letter) -> int:
    """Return about how many lines of the usual size a letter takes."""
    lines = 6 + len(letter.foot) + 2 * bool(letter.answers)
    for section in letter.sections:
        lines += 2 * bool(section.title)
        lines += sum(
            count_lines(" ".join(text), LINE) for text in (section.texts, section.after) if text
        )
        lines += sum(count_lines(fact, LINE * 2 // 3) for _, fact in section.lines)
        lines += sum(count_lines(point, LINE - 4) for point in section.points)
        share = LINE // max(1, len(section.titles))
        lines += sum(max(count_lines(cell, share) for cell in row) for row in section.rows)
        lines += 2 * bool(section.rows)
    return lines
