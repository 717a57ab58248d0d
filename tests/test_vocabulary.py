"""The tables of the vocabulary as a whole: keys, references, counts, names, aliases, search."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from graphlib import TopologicalSorter

import pytest

from matcher.vocabulary import TABLES, Vocabulary, load_vocabulary
from matcher.vocabulary.search import Row, find_job_types, find_programmes, find_skills

KEYS = {
    "common_skills": ("skill_id",),
    "crosswalk": ("programme_id", "operation_no"),
    "job_type_skills": ("operation_no", "skill_id"),
    "job_types": ("operation_no",),
    "prefectures": ("prefecture",),
    "provinces": ("code",),
    "programme_skills": ("programme_id", "skill_id"),
    "programmes": ("programme_id",),
    "skill_units": ("skill_id", "unit_code"),
    "skills": ("skill_id",),
    "units": ("unit_code",),
}
COUNTS = {
    "common_skills": 6,
    "crosswalk": 502,
    "job_type_skills": 1216,
    "job_types": 174,
    "prefectures": 47,
    "provinces": 38,
    "programme_skills": 1338,
    "programmes": 193,
    "skill_units": 195,
    "skills": 279,
    "units": 164,
}
HOME = {
    "skill_id": "skills",
    "operation_no": "job_types",
    "programme_id": "programmes",
    "unit_code": "units",
}
NAMES = {
    "skills": ("name_id", "name_ja", "name_en"),
    "job_types": (
        *("job_category_id", "job_category_ja", "job_category_en"),
        *("operation_name_id", "operation_ja", "operation_en"),
    ),
    "programmes": ("programme", "kejuruan"),
    "prefectures": ("prefecture", "name_ja"),
}


def rows(table: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def parts(cell: str) -> list[str]:
    """Return the parts of a `;` list."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def folded(name: str) -> str:
    """Return a name without case and punctuation."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def parents() -> dict[str, list[str]]:
    """Return the parents of each skill."""
    return {row["skill_id"]: parts(row["parents"]) for row in rows("skills")}


def test_the_tables_are_those_listed_here() -> None:
    assert {path.stem for path in TABLES.glob("*.csv")} == set(KEYS)


@pytest.mark.parametrize("table", KEYS)
def test_keys_are_filled_and_unique_and_rows_are_as_many_as_told(table: str) -> None:
    keys = [tuple(row[column] for column in KEYS[table]) for row in rows(table)]
    assert all(all(key) for key in keys)
    assert not [key for key, times in Counter(keys).items() if times > 1]
    assert len(keys) == COUNTS[table]


@pytest.mark.parametrize("table", KEYS)
def test_cells_are_whole_and_composed(table: str) -> None:
    for row in rows(table):
        for column, cell in row.items():
            assert isinstance(cell, str), (row, column)
            assert cell == unicodedata.normalize("NFC", cell.strip()), (row, column)


@pytest.mark.parametrize("table", KEYS)
def test_every_reference_resolves(table: str) -> None:
    known = {column: {row[column] for row in rows(home)} for column, home in HOME.items()}
    for row in rows(table):
        for column in HOME.keys() & row.keys():
            assert row[column] in known[column], row
        assert set(parts(row.get("parents", ""))) <= known["skill_id"], row


def test_every_programme_gives_and_every_operation_needs_something() -> None:
    given = {row["programme_id"] for row in rows("programme_skills")}
    needing = {row["operation_no"] for row in rows("job_type_skills")}
    assert given == {row["programme_id"] for row in rows("programmes")}
    assert needing == {row["operation_no"] for row in rows("job_types")}


def test_a_job_category_has_one_number_and_one_name() -> None:
    names = defaultdict(set)
    for row in rows("job_types"):
        assert row["operation_no"].rpartition("-")[0] == row["category_no"]
        assert row["stage"] in ("i", "ii", "iii")
        names[row["category_no"]].add(row["job_category_ja"])
    assert all(len(found) == 1 for found in names.values())


def test_the_graph_of_skills_has_no_cycle() -> None:
    assert len(list(TopologicalSorter(parents()).static_order())) == 279


def test_no_skill_is_an_orphan() -> None:
    tables = ("programme_skills", "job_type_skills", "skill_units")
    used = {row["skill_id"] for table in tables for row in rows(table)}
    above = {parent for listed in parents().values() for parent in listed}
    assert not {row["skill_id"] for row in rows("skills")} - used - above


def test_levels_and_importances_are_of_the_closed_lists() -> None:
    for table in ("programme_skills", "job_type_skills", "common_skills"):
        assert {row["level"] for row in rows(table)} <= {"1", "2", "3"}
    assert {row["importance"] for row in rows("job_type_skills")} == {"1.0", "0.6", "0.3"}


def test_every_operation_has_an_essential_skill() -> None:
    essential = {
        row["operation_no"] for row in rows("job_type_skills") if row["importance"] == "1.0"
    }
    assert essential == {row["operation_no"] for row in rows("job_types")}


def test_no_two_operations_need_the_same() -> None:
    needs = defaultdict(set)
    for row in rows("job_type_skills"):
        needs[row["operation_no"]].add((row["skill_id"], row["importance"], row["level"]))
    assert len(set(map(frozenset, needs.values()))) == 174


@pytest.mark.parametrize("table", NAMES)
def test_names_are_there_in_every_language(table: str) -> None:
    for row in rows(table):
        assert all(row[column] for column in NAMES[table]), row


def test_units_have_titles_but_for_those_whose_title_is_not_known() -> None:
    unknown = [row for row in rows("units") if not row["title_id"]]
    assert all(row["title_en"] for row in rows("units"))
    assert {row["status"] for row in unknown} == {"code seen, title unknown"}
    assert len(unknown) == 5


def test_no_spelling_belongs_to_two_programmes() -> None:
    owners = defaultdict(set)
    for row in rows("programmes"):
        for name in (row["programme_id"], row["programme"], *parts(row["aliases"])):
            assert folded(name)
            owners[folded(name)].add(row["programme_id"])
    assert not {name: who for name, who in owners.items() if len(who) > 1}


def test_prefectures_are_numbered_1_to_47() -> None:
    assert [int(row["code"]) for row in rows("prefectures")] == list(range(1, 48))
    assert {row["name_ja"][-1] for row in rows("prefectures")} == set("都道府県")
    assert len({row["name_ja"] for row in rows("prefectures")}) == 47


def test_the_vocabulary_holds_what_the_tables_hold() -> None:
    vocabulary = Vocabulary()
    assert len(vocabulary.job_types) == len(vocabulary.job_type_skills) == 174
    assert len(vocabulary.programmes) == len(vocabulary.programme_skills) == 193
    assert len(vocabulary.skills) == len(vocabulary.graph.index) == 279
    assert (len(vocabulary.units), len(vocabulary.unit_skills)) == (164, 159)
    assert (len(vocabulary.prefectures), len(vocabulary.crosswalk)) == (47, 502)
    assert sum(map(len, vocabulary.unit_skills.values())) == 195
    assert vocabulary.version == load_vocabulary().version


def test_the_table_of_closeness_is_the_function() -> None:
    graph = load_vocabulary().graph
    for held, down in graph.index.items():
        for needed, across in graph.index.items():
            assert graph.table[down, across] == graph.closeness(held, needed), (held, needed)


Find = Callable[[Vocabulary, str], list[Row]]


@pytest.mark.parametrize(
    ("find", "text", "key", "entry"),
    [
        (find_job_types, "las semiotomatis", "operation_no", "7-7-2"),
        (find_job_types, "半自動溶接", "operation_no", "7-7-2"),
        (find_job_types, "SEMI-AUTOMATIC welding", "operation_no", "7-7-2"),
        (find_job_types, "perawatan lansia", "operation_no", "7-13-1"),
        (find_job_types, "介護", "operation_no", "7-13-1"),
        (find_job_types, "care work", "operation_no", "7-13-1"),
        (find_job_types, "7-13-1", "operation_no", "7-13-1"),
        (find_skills, "perikanan", "skill_id", "aquatic"),
        (find_skills, "水産", "skill_id", "aquatic"),
        (find_skills, "fisheries", "skill_id", "aquatic"),
        (find_skills, "ｆｉｓｈｅｒｉｅｓ", "skill_id", "aquatic"),
        (find_programmes, "juru las pelat", "programme_id", "las-pelat-smaw-3g"),
        (find_programmes, "マグ", "programme_id", "las-pelat-gmaw-3g"),
        (find_programmes, "plate welder", "programme_id", "las-pelat-gmaw-3g"),
        (find_programmes, "caregiver", "programme_id", "kes-caregiver"),
    ],
)
def test_search_finds_entries_in_each_language(find: Find, text: str, key: str, entry: str) -> None:
    assert entry in [row[key] for row in find(load_vocabulary(), text)]


@pytest.mark.parametrize("find", [find_job_types, find_skills, find_programmes])
def test_search_holds_to_every_word(find: Find) -> None:
    vocabulary = load_vocabulary()
    assert find(vocabulary, "welding xyzzy") == []
    assert len(find(vocabulary, "")) in (174, 279, 193)


@pytest.mark.parametrize("language", ["id", "ja", "en"])
def test_search_finds_every_entry_by_its_own_name(language: str) -> None:
    vocabulary = load_vocabulary()
    for skill in vocabulary.skills.values():
        names = [row["skill_id"] for row in find_skills(vocabulary, getattr(skill.name, language))]
        assert skill.skill_id in names
    for job in vocabulary.job_types.values():
        text = getattr(job.operation, language)
        assert job.operation_no in [row["operation_no"] for row in find_job_types(vocabulary, text)]
