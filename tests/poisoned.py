"""A season whose every text, name and identifier would rather be a script."""

from __future__ import annotations

import csv
from pathlib import Path

from matcher.forms import load_form
from tests.readme import ROOT

SEASON = ROOT / "scenarios" / "season"
POOL = ("candidates", "openings", "hosts", "demand")
BACK = ("outcomes", "earlier", "objections")
BEHIND = "<img src=x onerror=hit=1>'"  # an identifier
NAME = "Season <script>hit=1</script><img src=x onerror=hit=1>"

Rows = list[dict[str, str]]


def payload(name: str) -> str:
    """Return a text that tells on itself if it is taken for anything but a text."""
    return (
        f"{name}</script><script>hit=1</script>\"'><img src=x onerror=hit=1><svg/onload=hit=1>"
        "{{7*7}}${hit=1}<a href=javascript:hit=1>x</a>&lt;b&gt;\u202e\u200b]]>-->"
    )


def shown(text: str) -> str:
    """Return a payload as it is shown: marks that cannot be seen are not taken over."""
    return text.replace("\u202e", "").replace("\u200b", "")


def poison(folder: Path) -> Path:
    """Write the season into a new folder, a payload in every column of text of every table and
    behind every identifier; return the folder."""
    folder.mkdir()
    tables = _tables()
    for table, rows in tables.items():
        for column in load_form(table).columns:
            for row in rows:
                if column.kind == "text":
                    row[column.name] = payload(f"{table}.{column.name}")
                elif column.kind in ("identifier", "reference") and row.get(column.name):
                    row[column.name] += BEHIND
        _write(folder / f"{table}.csv", rows)
    files = "\n".join(f'{table} = "{table}.csv"' for table in tables)
    told = (SEASON / "3-back" / "scenario.toml").read_text(encoding="utf-8")
    head, _, rest = told.replace('"Season, back"', f"'{NAME}'").partition("[files]")
    objective = rest.partition("[objective]")[2]
    text = f"{head}[files]\n{files}\n\n[objective]{objective}"
    (folder / "scenario.toml").write_text(text, encoding="utf-8")
    return folder


def _tables() -> dict[str, Rows]:
    tables = {name: _read(SEASON / "1-pool" / f"{name}.csv") for name in POOL}
    tables |= {name: _read(SEASON / "3-back" / f"{name}.csv") for name in BACK}
    person, opening = tables["candidates"][4], tables["openings"][0]
    for row in tables["candidates"]:
        row["school"] = "S-01"
    for row in tables["openings"]:
        row["supervisor_id"] = "K-01"
    return {
        **tables,
        "schools": [{"school": "S-01", "licence": "titp"}],
        "supervisors": [{"supervisor_id": "K-01", "permit": "general", "countries": "Indonesia"}],
        "establishments": [{"establishment_id": "E-01", "host_id": opening["host_id"]}],
        "decisions": [
            {
                "action": "forbid",
                "candidate_id": person["candidate_id"],
                "opening_id": opening["opening_id"],
                "on": "2022-12-01",
            }
        ],
    }


def _read(file: Path) -> Rows:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _write(file: Path, rows: Rows) -> None:
    titles = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, titles, restval="")
        table.writeheader()
        table.writerows(rows)
