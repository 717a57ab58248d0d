"""Faults planted in the pilot: each is found, named to the cell, and nothing is run or written;
what has one possible meaning is read, and told."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.batch import run_scenario
from matcher.check import open_scenario
from matcher.cli import main
from matcher.errors import REFUSALS, InputError, Issue
from matcher.language import words_of
from matcher.report.issues import SECTIONS
from matcher.settings import Read
from tests.conftest import Batch

Harm = Callable[[Path], None]
TOML = "scenario.toml"


def read(path: Path) -> list[list[str]]:
    """Return the rows of a table, its header first."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(path: Path, rows: list[list[str]]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def cell(table: str, line: int, column: str, value: str) -> Harm:
    """Overwrite one cell."""

    def harm(folder: Path) -> None:
        rows = read(folder / f"{table}.csv")
        rows[line - 1][rows[0].index(column)] = value
        write(folder / f"{table}.csv", rows)

    return harm


def drop(table: str, column: str) -> Harm:
    """Take a column out."""

    def harm(folder: Path) -> None:
        rows = read(folder / f"{table}.csv")
        at = rows[0].index(column)
        write(folder / f"{table}.csv", [row[:at] + row[at + 1 :] for row in rows])

    return harm


def decide(action: str, person: str, opening: str = "", reason: str = "sebab") -> Harm:
    """Add a decision; the first one added stands on line 10."""

    def harm(folder: Path) -> None:
        path = folder / "decisions.csv"
        write(path, [*read(path), [action, person, opening, reason, "Petugas", "2022-12-09"]])

    return harm


def add_rows(table: str, *rows: list[str]) -> Harm:
    """Add rows at the end of a table."""
    return lambda folder: write(folder / f"{table}.csv", [*read(folder / f"{table}.csv"), *rows])


def text(file: str, old: str, new: str) -> Harm:
    """Replace the first `old` in a file."""

    def harm(folder: Path) -> None:
        before = (folder / file).read_text(encoding="utf-8")
        assert old in before
        (folder / file).write_text(before.replace(old, new, 1), encoding="utf-8")

    return harm


def content(file: str, new: bytes) -> Harm:
    """Give a file other bytes."""

    def harm(folder: Path) -> None:
        (folder / file).write_bytes(new)

    return harm


def archive() -> bytes:
    """Return a document of another program: a ZIP archive that is no workbook."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        book.writestr("word/document.xml", "<w:document/>")
    return buffer.getvalue()


def gone(file: str) -> Harm:
    """Remove a file."""
    return lambda folder: (folder / file).unlink()


def all_of(*harms: Harm) -> Harm:
    """Do several things."""
    return lambda folder: reduce(lambda _, harm: harm(folder), harms, None)


@dataclass(frozen=True)
class Fault:
    """What is done, and the error expected: `word` stands in its reason or its mend."""

    name: str
    harm: Harm
    file: str
    line: int
    column: str
    code: str
    word: str


def named(name: str, harm: Harm, table: str, line: int, column: str, code: str, word: str) -> Fault:
    """Return a fault of a table."""
    return Fault(name, harm, f"{table}.csv", line, column, code, word)


def of_cell(table: str, line: int, column: str, value: str, word: str, code: str) -> Fault:
    """Return the fault of one cell."""
    name = f"{table}:{column}={value[:30]}"
    return named(name, cell(table, line, column, value), table, line, column, code, word)


def of_toml(column: str, old: str, new: str, word: str) -> Fault:
    """Return a fault of the settings."""
    return Fault(f"toml:{new[:30]}", text(TOML, old, new), TOML, 0, column, "SETTINGS", word)


def of_decision(action: str, person: str, opening: str, column: str, code: str, word: str) -> Fault:
    """Return the fault of a decision added to the table."""
    harm = decide(action, person, opening)
    return named(f"{action} {person} {opening}", harm, "decisions", 10, column, code, word)


REQUIRED = {
    "candidates": ("candidate_id", "birth_date", "programme"),
    "openings": ("opening_id", "host_id", "operation_no", "seats"),
    "hosts": ("host_id",),
    "decisions": ("action", "reason", "by", "on"),
}
MISSING = [
    named(f"{table}: no {column}", drop(table, column), table, 1, column, code, word)
    for table, columns in REQUIRED.items()
    for column in columns
    for code, word in [
        ("KEY_MISSING", "no column of ids")
        if column == "candidate_id"
        else ("COLUMN_MISSING", "required")
    ]
]
MISSPELT = [
    named(
        f"{table}: {wrong}",
        text(f"{table}.csv", right, wrong),
        table,
        1,
        right,
        "COLUMN_MISSING",
        f"did you mean “{wrong}”?",
    )
    for table, right, wrong in [
        ("candidates", "birth_date", "birth_dat"),
        ("openings", "operation_no", "operaton_no"),
        ("hosts", "host_id", "hos_id"),
        ("decisions", "reason", "reasons"),
    ]
]
CELLS = [
    of_cell(
        "candidates",
        2,
        "programme",
        "las-pelat-gmaw-3x",
        "did you mean “las-pelat-gmaw-3g”?",
        "UNKNOWN_NAME",
    ),
    of_cell("candidates", 2, "programme", "", "must be filled", "BLANK"),
    of_cell("candidates", 2, "skills", "welding.cuting:1", "“welding.cutting”", "UNKNOWN_NAME"),
    of_cell(
        "candidates", 2, "skills", "welding.cutting", "not of the form skill_id:level", "LIST_FORM"
    ),
    of_cell("candidates", 2, "skills", "welding.cutting:9", "between 1 and 3", "OUT_OF_RANGE"),
    of_cell("candidates", 2, "certificates", "C.25LAS01.028.1@2024", "not a date", "NOT_A_DATE"),
    of_cell("candidates", 2, "experience", "7-7-2", "operation_no:months", "LIST_FORM"),
    of_cell("candidates", 2, "experience", "99-9-9:3", "unknown job type", "UNKNOWN_NAME"),
    of_cell("candidates", 2, "birth_date", "2023-02-30", "no such day", "DATE_IMPOSSIBLE"),
    of_cell("candidates", 2, "birth_date", "2031-01-01", "nobody", "BIRTH_DATE"),
    of_cell("candidates", 2, "training_end", "2022-11-01", "before it starts", "DATES_CROSS"),
    of_cell("candidates", 2, "accepted_on", "2022-12-13", "counts from", "AFTER_ON"),
    of_cell("candidates", 2, "japanese_level", "N6", "not a level of Japanese", "NOT_A_LEVEL"),
    of_cell("candidates", 2, "japanese_expected", "N4 soon", "N4@2023-03-31", "LIST_FORM"),
    of_cell("candidates", 2, "wishes_prefectures", "Osaka; Shizuoak", "“Shizuoka”", "UNKNOWN_NAME"),
    of_cell(
        "candidates", 2, "accepts", "night_shft", "did you mean “night_shift”?", "UNKNOWN_NAME"
    ),
    of_cell("candidates", 2, "former_trainee", "mungkin", "tidak", "NOT_YES_NO"),
    of_cell("candidates", 2, "medical", "asthma", "pending", "NOT_A_WORD"),
    of_cell("candidates", 2, "candidate_id", "C" * 65, "at most 64", "ID_FORM"),
    of_cell("openings", 2, "operation_no", "7-7-22", "did you mean", "UNKNOWN_NAME"),
    of_cell("openings", 2, "host_id", "H999", "unknown host", "UNKNOWN_NAME"),
    of_cell("openings", 2, "seats", "-1", "between 0 and", "OUT_OF_RANGE"),
    of_cell("openings", 2, "seats", "empat", "digits only", "NOT_A_NUMBER"),
    of_cell("openings", 2, "seats", "", "must be filled", "BLANK"),
    of_cell("openings", 2, "skills", "welding.cutting:1:2", "unknown skill", "UNKNOWN_NAME"),
    of_cell("openings", 2, "conditions", "porc", "closed list", "NOT_A_WORD"),
    of_cell("openings", 2, "entry_to", "2023-04-30", "ends before it begins", "DATES_CROSS"),
    named(
        "one end of a window",
        cell("openings", 2, "entry_from", ""),
        "openings",
        2,
        "entry_from",
        "WINDOW",
        "only one end",
    ),
    named(
        "no window and no entry",
        all_of(
            cell("openings", 2, "entry_from", ""),
            cell("openings", 2, "entry_to", ""),
            text(TOML, "entry = [2023-04-01, 2023-08-31]\n", ""),
        ),
        "openings",
        2,
        "entry_from",
        "WINDOW",
        "no `entry`",
    ),
    of_cell("hosts", 2, "full_time_staff", "banyak", "not a number", "NOT_A_NUMBER"),
]
TWICE = [
    named(
        f"{table} {name} twice, line {line}",
        cell(table, 3, column, name),
        table,
        line,
        column,
        "ID_TWICE",
        "2, 3",
    )
    for table, column, name in [
        ("candidates", "candidate_id", "C001"),
        ("openings", "opening_id", "O-01"),
        ("hosts", "host_id", "H001"),
    ]
    for line in (2, 3)
]
FORMS = [
    named(
        "a cell too many",
        text("hosts.csv", "H001,", "H001,,"),
        "hosts",
        2,
        "",
        "TOO_MANY_CELLS",
        "15 cells where the header has 14",
    ),
    named(
        "a row cut off before a required cell",
        text("openings.csv", "\nO-02,", "\nO-99\nO-02,"),
        "openings",
        3,
        "",
        "TOO_FEW_CELLS",
        "1 cells where the header has",
    ),
    named(
        "a header twice",
        text("hosts.csv", "promised", "name"),
        "hosts",
        1,
        "name",
        "HEADER_TWICE",
        "several headers mean name",
    ),
    named("empty", content("hosts.csv", b""), "hosts", 0, "", "FILE_EMPTY", "empty"),
    named("missing", gone("openings.csv"), "openings", 0, "", "NO_FILE", "no such file"),
    named(
        "neither UTF-8 nor cp932",
        content("hosts.csv", b"host_id,name\nH001,Jos\xe9\n"),
        "hosts",
        0,
        "",
        "ENCODING",
        "UTF-8",
    ),
    named(
        "NUL",
        text("hosts.csv", "Kogyo 01", "Kogyo\x0001"),
        "hosts",
        0,
        "",
        "ENCODING",
        "zero bytes",
    ),
    named(
        "an open quote",
        text("hosts.csv", "Contoh Kogyo 01", '"Contoh Kogyo 01'),
        "hosts",
        2,
        "",
        "QUOTE_OPEN",
        "does not close",
    ),
    named(
        "a quote inside a quoted cell",
        text("hosts.csv", "Contoh Kogyo 01", '"Contoh "Kogyo" 01"'),
        "hosts",
        2,
        "",
        "NOT_CSV",
        "inside a quoted cell",
    ),
    Fault(
        "another file",
        text(TOML, "hosts.csv", "hosts.xls"),
        "hosts.xls",
        0,
        "",
        "NO_FILE",
        "no such file",
    ),
    Fault(
        "another kind of file",
        all_of(text(TOML, "hosts.csv", "hosts.docx"), content("hosts.docx", archive())),
        "hosts.docx",
        0,
        "",
        "FILE_KIND",
        "not a workbook",
    ),
    Fault(
        "a page to print",
        all_of(text(TOML, "hosts.csv", "hosts.pdf"), content("hosts.pdf", b"%PDF-1.7\n")),
        "hosts.pdf",
        0,
        "",
        "HEADER_NOT_FOUND",
        "host_id",
    ),
    named(
        "headers of no table",
        content("hosts.csv", b"a,b\n1,2\n"),
        "hosts",
        0,
        "",
        "HEADER_NOT_FOUND",
        "host_id",
    ),
    named(
        "a second table below",
        add_rows("hosts", ["host_id", "excellent", "promised"], ["H1", "ya", "3"]),
        "hosts",
        47,
        "",
        "SECOND_TABLE",
        "other columns",
    ),
]
CENTRE = '[[limits]]\nby = "centre"\n'
SETTINGS = [
    of_toml("weights", "[objective]", "[weights]\nskill_fit = 381\n[objective]", "1001"),
    of_toml("weights.cost", "[objective]", "[weights]\ncost = -40\n[objective]", "out of range"),
    of_toml("langauge", "language", "langauge", "did you mean “language”?"),
    of_toml("objective.sed", "seed", "sed", "did you mean “seed”?"),
    of_toml("files.openigs", "openings =", "openigs =", "did you mean “openings”?"),
    of_toml("objective.order.0", "seed", 'order = ["placement"]\nseed', "placements"),
    of_toml("objective.order", "seed", 'order = ["lottery", "score"]\nseed', "always last"),
    of_toml("limits.1.max", "[objective]", f"{CENTRE}max = -1\n[objective]", "whole number"),
    of_toml("limits.1.of", "[objective]", f'{CENTRE}of = "BLK X"\nmax = 1\n[objective]', "unknown"),
    of_toml("on", "on = 2022-12-12\n", "", "missing"),
    of_toml("on", "on = 2022-12-12", 'on = "2022-12-12"', "a date is expected"),
    of_toml("", "on = 2022-12-12", "on = 2022-02-30", "not TOML"),
    of_toml("", "entry = [2023-04-01, 2023-08-31]", "entry = [2023-08-31, 2023-04-01]", "ends"),
]
DECISIONS = [
    *(
        of_decision(action, person, opening, column, code, word)
        for action, person, opening, column, code, word in [
            ("place", "C010", "O-02", "candidate_id", "LOCK", "earlier row"),
            ("place", "C005", "O-03", "candidate_id", "LOCK", "held or withdrawn"),
            ("place", "C138", "O-03", "candidate_id", "LOCK", "held or withdrawn"),
            ("place", "C030", "", "opening_id", "BLANK", "names a person and"),
            ("place", "C999", "O-03", "candidate_id", "UNKNOWN_NAME", "unknown candidate"),
            ("forbid", "C030", "O-99", "opening_id", "UNKNOWN_NAME", "unknown "),
            ("forbid", "", "", "candidate_id", "BLANK", "names nobody"),
            ("hold", "C030", "O-03", "opening_id", "DECISION", "not a pair"),
            ("waive:medical", "C030", "", "action", "DECISION", "law is never waived"),
            ("waive:trained_for", "C030", "", "action", "DECISION", "promise"),
            ("waive:conditions", "C030", "", "action", "DECISION", "only the person"),
            ("waive:must_skill", "C030", "", "action", "DECISION", "did you mean “must_skills”?"),
            ("enforce:religion", "", "O-03", "action", "DECISION", "nothing to judge"),
            ("enforce:sex", "C030", "O-03", "candidate_id", "DECISION", "not for one person"),
            ("forbit", "C030", "", "action", "DECISION", "did you mean “forbid”?"),
        ]
    ),
    of_cell("decisions", 6, "reason", "", "must be filled", "BLANK"),
    named(
        "a full opening",
        all_of(cell("openings", 2, "seats", "1"), decide("place", "C002", "O-01")),
        "decisions",
        10,
        "opening_id",
        "LOCK",
        "has 1 seats",
    ),
]
REFUSED = [
    of_decision(
        "place", "C079", "O-02", "action", "LOCK_REFUSED", "the trade they were trained for"
    ),
    of_decision("place", "C014", "O-06", "action", "LOCK_REFUSED", "decision"),
]
UNREAD = (
    *("NO_FILE", "FILE_OPEN", "FILE_KIND", "FILE_EMPTY", "ENCODING", "SEPARATOR"),
    *("QUOTE_OPEN", "NOT_CSV", "HEADER_NOT_FOUND"),
)
FAULTS = [*MISSING, *MISSPELT, *CELLS, *TWICE, *FORMS, *SETTINGS, *DECISIONS]
LANG = ["--lang", "en"]


def told(issue: Issue) -> str:
    """Return the reason and the mend in English."""
    words = words_of("en")
    return words(issue.reason) + " " + (words(issue.mend) if issue.mend else "")


def errors(output: str) -> list[str]:
    """Return the lines of an output that tell what was refused or must be answered."""
    words, found, inside = words_of("en"), [], False
    titles = {words(title): action in REFUSALS for action, title in SECTIONS}
    for line in output.splitlines():
        inside = titles.get(line, inside and line.startswith("  "))
        if inside and line not in titles:
            found.append(line.strip())
    return found


def run_fails(folder: Path) -> str:
    """Run the scenario, which must be refused without a trace; return what was told."""
    before = sorted(folder.parent.rglob("*"))
    done = CliRunner().invoke(main, ["run", str(folder), "--out", f"{folder}-out", *LANG])
    assert done.exit_code == 3, done.output
    assert not done.stdout
    assert "Traceback" not in done.stderr
    assert sorted(folder.parent.rglob("*")) == before
    return done.stderr


def check_faults(folder: Path) -> str:
    """Check the scenario, which must have faults; return what was told."""
    done = CliRunner().invoke(main, ["check", str(folder), *LANG])
    assert done.exit_code == 3, done.output
    assert "Traceback" not in done.output
    return done.stdout


def refusal(folder: Path) -> InputError:
    """Return the error that the scenario's faults raise."""
    with pytest.raises(InputError) as caught:
        open_scenario(folder)
    return caught.value


def counts_add_up(folder: Path, fault: InputError) -> bool:
    """Whether rows read = accepted + refused + ignored, and all rows of whole files are read."""
    for count in fault.counts:
        assert count.read == count.accepted + count.refused + count.ignored, count
        if not any(i.file == count.file and i.code in UNREAD for i in fault.issues):
            assert count.read == max(0, len(read(folder / count.file)) - 1), count
    return len(fault.counts) == 7 or {issue.file for issue in fault.issues} == {TOML}


def test_there_are_faults_enough() -> None:
    names = [fault.name for fault in FAULTS]
    assert len(set(names)) == len(names) >= 36


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_named_to_its_cell(pilot: Path, fault: Fault) -> None:
    fault.harm(pilot)
    found = refusal(pilot)
    place = (fault.file, fault.line, fault.column, fault.code)
    at = [i for i in found.issues if (i.file, i.line, i.column, i.code) == place]
    assert any(i.severity == "error" and fault.word in told(i) for i in at), found.issues
    assert counts_add_up(pilot, found)
    assert errors(check_faults(pilot)) == errors(run_fails(pilot)) != []


@pytest.mark.parametrize("fault", REFUSED, ids=lambda fault: fault.name)
def test_a_placement_that_a_rule_refuses_is_named(pilot: Path, fault: Fault) -> None:
    fault.harm(pilot)
    [line] = errors(run_fails(pilot))
    assert [line] == errors(check_faults(pilot))
    assert line.startswith(f"{fault.file}:{fault.line}:{fault.column} ")
    assert fault.word in line
    assert line.endswith(f"[{fault.code}]")


def test_a_placement_of_a_person_held_for_a_deposit_is_an_error(pilot: Path) -> None:
    decide("place", "C059", "O-01")(pilot)
    assert "C059" in run_fails(pilot)


def test_ten_faults_at_once_are_all_listed(pilot: Path) -> None:
    wanted = [
        of_cell("candidates", 2, "programme", "las-pelat-gmaw-3x", "gmaw", "UNKNOWN_NAME"),
        of_cell("candidates", 3, "birth_date", "2023-02-30", "day", "DATE_IMPOSSIBLE"),
        of_cell("candidates", 4, "skills", "welding.cuting:1", "cutting", "UNKNOWN_NAME"),
        of_cell("openings", 3, "operation_no", "7-7-22", "job type", "UNKNOWN_NAME"),
        of_cell("openings", 4, "seats", "-1", "range", "OUT_OF_RANGE"),
        of_cell("openings", 5, "prefecture", "Xyzzyo", "prefecture", "UNKNOWN_NAME"),
        of_cell("hosts", 2, "full_time_staff", "banyak", "number", "NOT_A_NUMBER"),
        of_cell("hosts", 3, "excellent", "mungkin", "neither yes nor no", "NOT_YES_NO"),
        of_cell("decisions", 6, "reason", "", "blank", "BLANK"),
        of_cell("decisions", 8, "action", "withdrw", "withdraw", "DECISION"),
    ]
    for fault in wanted:
        fault.harm(pilot)
    listed = errors(run_fails(pilot))
    assert listed == errors(check_faults(pilot))
    assert len(listed) == len(wanted)
    for fault in wanted:
        place = f"{fault.file}:{fault.line}:{fault.column}"
        assert any(line.startswith(place) and fault.word in line for line in listed), place
    assert counts_add_up(pilot, refusal(pilot))


@pytest.mark.parametrize("harm", [gone("hosts.csv"), drop("hosts", "host_id")])
def test_one_broken_table_is_one_fault(pilot: Path, harm: Harm) -> None:
    harm(pilot)
    assert len(errors(check_faults(pilot))) == 1


def test_a_hosts_table_without_hosts_in_use_knows_none(pilot: Path) -> None:
    rows = read(pilot / "hosts.csv")
    write(pilot / "hosts.csv", [rows[0], ["X001", *rows[1][1:]]])
    (line,) = [
        line
        for line in errors(check_faults(pilot))
        if line.startswith("openings") and "unknown host" in line
    ]
    assert " and 61 more: " in line
    unknown = [
        issue
        for issue in refusal(pilot).issues
        if issue.code == "UNKNOWN_NAME" and issue.file == "openings.csv"
    ]
    assert [issue.line for issue in unknown] == list(range(2, 64))


@pytest.mark.parametrize(
    "harm", [content("hosts.csv", b"host_id,name\n"), text(TOML, "hosts =", "#")]
)
def test_without_hosts_they_are_taken_from_the_orders_and_it_is_told(
    pilot: Path, harm: Harm
) -> None:
    harm(pilot)
    problem = open_scenario(pilot)
    (note,) = [issue for issue in problem.notes if issue.code == "HOSTS_FROM_ORDERS"]
    assert (note.file, note.column) == ("openings.csv", "host_id")
    assert len(problem.lists.hosts) == 45


def test_a_faulty_date_is_one_fault(pilot: Path) -> None:
    path = pilot / "openings.csv"
    text = path.read_text(encoding="utf-8").replace(
        "2023-04-01,2023-04-30", "2023-13-01,2023-04-30", 1
    )
    path.write_text(text, encoding="utf-8")
    assert len(errors(check_faults(pilot))) == 1


@dataclass(frozen=True)
class Mended:
    """What is written otherwise than we write it, and what it is read as: the plan is the same."""

    harm: Harm
    file: str
    line: int
    column: str
    code: str
    value: str
    became: str | None


def mended(table: str, line: int, column: str, value: str, became: str, code: str) -> Mended:
    """Return a cell that means just what stood there."""
    harm = cell(table, line, column, value)
    return Mended(harm, f"{table}.csv", line, column, code, value, became)


def separated(table: str, mark: str, encoding: str = "utf-8") -> Harm:
    """Save a table as another program does."""

    def harm(folder: Path) -> None:
        rows = read(folder / f"{table}.csv")
        with (folder / f"{table}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=mark).writerows(rows)

    return harm


def whole(harm: Harm, table: str, code: str, line: int = 0) -> Mended:
    """Return a way a whole file may come."""
    return Mended(harm, f"{table}.csv", line, "", code, "", None)


MENDED = [
    mended("candidates", 2, "programme", "GMAW 3g", "las-pelat-gmaw-3g", "READ_AS"),
    mended("candidates", 2, "candidate_id", " C001", "C001", "SPACES"),
    mended("candidates", 2, "candidate_id", "\u200bC001", "C001", "UNSEEN"),
    mended("candidates", 2, "candidate_id", "'C001", "C001", "APOSTROPHE"),
    mended("candidates", 2, "candidate_id", "Ｃ００１", "C001", "WIDTH"),
    mended("candidates", 3, "name", "Peserta\u202e Contoh 002", "Peserta Contoh 002", "UNSEEN"),
    mended("candidates", 3, "name", "Peserta\nContoh 002", "Peserta Contoh 002", "LINE_BREAK"),
    mended("openings", 2, "operation_no", "7－7－2", "7-7-2", "READ_AS"),
    mended("openings", 2, "prefecture", "広島県", "Hiroshima", "READ_AS"),
    mended("openings", 2, "prefecture", "Hirosima", "Hiroshima", "READ_AS"),
    mended("openings", 2, "prefecture", "HIROSHIMA-KEN", "Hiroshima", "READ_AS"),
    mended("openings", 2, "seats", "4 orang", "4", "NUMBER_FORM"),
    mended("openings", 2, "seats", "４名", "4", "NUMBER_FORM"),
    mended("openings", 2, "entry_to", "31/05/2023", "2023-05-31", "DATE_FORM"),
    mended("openings", 2, "entry_from", "令和5年5月1日", "2023-05-01", "ERA"),
    whole(separated("candidates", ";"), "candidates", "FILE_READ_AS"),
    whole(separated("openings", "\t"), "openings", "FILE_READ_AS"),
    whole(separated("openings", "|", "cp932"), "openings", "FILE_READ_AS"),
    whole(separated("candidates", ",", "utf-16"), "candidates", "FILE_READ_AS"),
    whole(add_rows("candidates", ["JUMLAH", "160"]), "candidates", "FOOTER_ROW", 162),
    whole(text("hosts.csv", "host_id", "Daftar Perusahaan\n\nhostid"), "hosts", "HEADER_ROW", 3),
]


@pytest.mark.parametrize("one", MENDED, ids=lambda one: f"{one.file}:{one.code}:{one.value}")
def test_what_has_one_meaning_is_read_and_told(pilot: Path, batch: Batch, one: Mended) -> None:
    clean = batch.result
    one.harm(pilot)
    result = run_scenario(pilot)
    place = (one.file, one.line, one.column, one.code)
    notes = result.problem.notes
    (note,) = [i for i in notes if (i.file, i.line, i.column, i.code) == place]
    assert note.severity == "note"
    if one.became is not None:
        assert (note.action, note.value, note.became) == ("fix", one.value, one.became)
    assert {name: c for name, c in result.problem.inputs.items()} == clean.problem.inputs
    assert (result.plan.opening == clean.plan.opening).all()
    assert (result.scores.score == clean.scores.score).all()
    for count in result.problem.counts:
        assert count.read == count.accepted + count.refused + count.ignored
        assert count.refused == 0


def test_a_date_of_two_meanings_is_asked_about_until_declared(pilot: Path) -> None:
    rows = read(pilot / "decisions.csv")
    for row in rows[1:]:
        row[rows[0].index("on")] = "09/12/2022"
    write(pilot / "decisions.csv", rows)
    (asked,) = [i for i in refusal(pilot).issues if i.severity == "error"]
    assert (asked.code, asked.action, asked.line) == ("DATE_ORDER", "ask", 2)
    assert asked.also == tuple(range(3, len(rows) + 1))
    days = {}
    for order in ("dmy", "mdy"):
        problem = open_scenario(pilot, declared=Read(date_order=order))
        days[order] = {decision.on.isoformat() for decision in problem.decisions}
    assert days == {"dmy": {"2022-12-09"}, "mdy": {"2022-09-12"}}


def test_a_number_of_two_meanings_is_asked_about_until_declared(pilot: Path) -> None:
    cell("openings", 2, "cost_to_candidate", "1.250")(pilot)
    for row in range(3, 64):
        cell("openings", row, "cost_to_candidate", "")(pilot)
    cell("openings", 2, "monthly_wage", "")(pilot)
    (asked,) = [i for i in refusal(pilot).issues if i.severity == "error"]
    assert (asked.code, asked.line, asked.column) == ("NUMBER_STYLE", 2, "cost_to_candidate")
    problem = open_scenario(pilot, declared=Read(number_style="id"))
    assert problem.openings.cost[problem.opening_ids.index("O-01")] == 1250


@pytest.mark.parametrize(
    ("column", "written"), [("operation_no", "772"), ("operation_no", "7-7"), ("prefecture", "AI")]
)
def test_a_near_spelling_is_suggested_and_never_taken(
    pilot: Path, column: str, written: str
) -> None:
    cell("openings", 2, column, written)(pilot)
    (told,) = errors(check_faults(pilot))
    assert column in told
    assert written in told
