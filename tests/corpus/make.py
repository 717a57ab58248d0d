"""Makes the corpus of damage from nothing: `python -m tests.corpus.make FOLDER [CASE ...]` writes
one scenario folder a case. `damage.csv` says what each row of cases is and what is done about it;
the same case gives the same bytes on any day."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.corpus import cells, files, layouts, outputs, texts
from tests.corpus.draft import begin
from tests.corpus.harms import Case

CASES: dict[str, Case] = {
    made.name: made
    for made in (
        *cells.A,
        *cells.B,
        *texts.C,
        *texts.D,
        *layouts.E,
        *cells.F,
        *files.F16,
        *files.G,
        *outputs.H,
        *outputs.OTHERS,
    )
}


def make(name: str, folder: Path) -> set[tuple[str, int, str]]:
    """Write the scenario of a case; return the cells that were harmed."""
    draft = begin()
    for harm in CASES[name].harms:
        harm(draft)
    draft.write(folder)
    return draft.harmed


def main(arguments: list[str]) -> None:
    """Write the cases named, or all."""
    folder, *names = arguments
    for name in names or CASES:
        make(name, Path(folder) / name)


if __name__ == "__main__":
    main(sys.argv[1:])
