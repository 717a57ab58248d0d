"""Wishes that the law restricts: read by kind, off by default, enforced only with a reason, and
then shown with whom they leave out and the plan without them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from matcher.check.decided import ages_on
from matcher.check.wish_words import WISH_LAWS, WISH_NAMES
from matcher.check.wishes import LONGEST, one_range, one_sex, read_wishes
from matcher.errors import InputError
from matcher.explain.enforced import find_enforced, plan_without, without_enforcement
from matcher.language import words_of
from matcher.pipeline import match
from matcher.problem import (
    ENFORCEABLE,
    NO_DAY,
    WISH_CUT,
    WISH_UNKNOWN,
    WISHES,
    Problem,
    age_on,
    day_number,
)
from matcher.rules import RULES
from matcher.screen import judge
from tests.worlds import ENTRY, OPENING, PERSON, Row, World, frozen, one_pair, worlds

EN = words_of("en")
Read = tuple[str, str, int, int, int]
REASON = "asrama di tempat ini hanya untuk laki-laki"


def read(text: str) -> list[Read]:
    """Return what a text wishes: kind, sex, count, ages."""
    return [(w.kind, w.sex, w.count, w.low, w.high) for w in read_wishes(0, text, "")]


def sex(name: str, count: int = -1) -> Read:
    """Return a wish for one sex."""
    return ("sex", name, count, -1, -1)


def ages(low: int, high: int) -> Read:
    """Return a wish for ages."""
    return ("age", "", -1, low, high)


def of(kind: str) -> Read:
    """Return a wish that is only named."""
    return (kind, "", -1, -1, -1)


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("laki-laki; 19-25", [sex("L"), ages(19, 25)]),
        ("perempuan 3", [sex("P", 3)]),
        ("男性 2名", [sex("L", 2)]),
        ("usia 18-24", [ages(18, 24)]),
        ("tinggi 160 cm", [of("height")]),
        ("tidak kidal", [of("handedness")]),
        ("belum menikah", [of("marital")]),
        ("tanpa jilbab", [of("headscarf")]),
        ("laki-laki 2; perempuan 1", [sex("L", 2), sex("P", 1)]),
        ("2 laki-laki 1 perempuan", [sex("L", 2), sex("P", 1)]),
        ("L", [sex("L")]),
        ("P", [sex("P")]),
        ("３名 女性", [sex("P", 3)]),
        ("women only", [sex("P")]),
        ("2 men", [sex("L", 2)]),
        ("female: 3", [sex("P", 3)]),
        ("laki-laki 19-25 tahun", [sex("L"), ages(19, 25)]),
        ("20-26", [ages(20, 26)]),
        ("18～24歳", [ages(18, 24)]),
        ("19歳以上25歳以下", [ages(19, 25)]),
        ("30歳未満", [ages(-1, 29)]),
        ("25歳まで", [ages(-1, 25)]),
        ("20代", [ages(20, 29)]),
        ("maks. 25 tahun", [ages(-1, 25)]),
        ("min 18 maks 25 tahun", [ages(18, 25)]),
        ("usia minimal 19 s/d 25", [ages(19, 25)]),
        ("under 25 years old", [ages(-1, 24)]),
        ("25 or younger, aged", [of("age"), of("other")]),
        ("usia 20", [of("age")]),
        ("30-19 tahun", [of("age")]),
        ("身長160cm以上", [of("height")]),
        ("体重 50-65 kg", [of("weight")]),
        ("TB/BB 165/60", [of("height"), of("weight")]),
        ("kuat angkat 20 kg", [of("strength")]),
        ("利き手 右", [of("handedness")]),
        ("left-handed not possible", [of("handedness")]),
        ("penglihatan 0,8", [of("sight")]),
        ("tidak buta warna", [of("sight")]),
        ("視力 1.0以上", [of("sight")]),
        ("未婚", [of("marital")]),
        ("single", [of("marital")]),
        ("ヒジャブ不可", [of("headscarf")]),
        ("non muslim", [of("religion")]),
        ("宗教不問", [of("religion")]),
        ("tidak bertato", [of("tattoo")]),
        ("刺青なし", [of("tattoo")]),
        (
            "男性、19～25歳、未婚、利き手右",
            [sex("L"), ages(19, 25), of("handedness"), of("marital")],
        ),
        ("L/P", []),
        ("男女不問", []),
        ("laki-laki / perempuan", []),
        ("bebas", []),
        ("女性不可", [sex("")]),
        ("bukan perempuan", [sex("")]),
        ("tidak takut ketinggian", [of("other")]),
        ("pendidikan tinggi", [of("other")]),
        ("pengalaman 20 tahun", [of("other")]),
        ("20-25 orang", [of("other")]),
        ("rajin", [of("other")]),
        ("", []),
    ],
)
def test_wishes_are_read_by_kind_in_three_languages(text: str, wishes: list[Read]) -> None:
    assert read(text) == wishes


@given(
    st.text(max_size=LONGEST + 20)
    | st.lists(
        st.sampled_from(
            ["laki-laki", "19-25", "女", "歳", "maks", "25", "cm", ";", " ", "-", "tidak"]
        ),
        max_size=8,
    ).map(" ".join)
)
def test_no_text_is_an_error_and_what_is_read_stands_in_it(text: str) -> None:
    for wish in read_wishes(3, text, "why"):
        assert (wish.opening, wish.reason) == (3, "why")
        assert wish.kind in WISHES
        assert wish.text in text
        assert wish.sex in ("", "L", "P")
        assert wish.high < 0 or wish.low <= wish.high


def test_every_kind_names_the_law_it_touches() -> None:
    assert set(WISH_LAWS) == set(WISH_NAMES) == set(WISHES)
    touched = {kind: EN(law)[:2] for kind, law in WISH_LAWS.items()}
    assert (touched["sex"], touched["age"], touched["height"]) == ("L1", "L5", "L2")
    assert (touched["weight"], touched["strength"]) == ("L2", "L2")
    assert (touched["marital"], touched["religion"], touched["headscarf"]) == ("L1", "L4", "L4")


def test_counts_of_men_and_women_become_wishes_of_the_problem() -> None:
    order = {"seats": "", "seats_men": "2", "seats_women": "1", "wishes": "19-25"}
    problem = one_pair({}, order).problem()
    assert [(w.opening, w.kind, w.sex, w.count) for w in problem.wishes] == [
        (0, "sex", "L", 2),
        (0, "sex", "P", 1),
        (0, "age", "", -1),
    ]


@pytest.mark.parametrize(
    ("order", "kept", "low", "high"),
    [
        ({"age": "18-30"}, "usia 18-30", 18, 30),
        ({"age": "18歳~30歳"}, "usia 18歳~30歳", 18, 30),
        ({"age": "maks 26"}, "usia maks 26", -1, 26),
        ({"age": "min 18, maks 30 tahun"}, "usia min 18; usia maks 30 tahun", 18, 30),
        ({"age": "Usia 19-25", "wishes": "perempuan"}, "perempuan; Usia 19-25", 19, 25),
        ({"age_from": "18", "age_to": "30"}, "usia min 18; usia maks 30", 18, 30),
        ({"age_to": "30歳以下"}, "usia maks 30歳以下", -1, 30),
    ],
)
def test_ages_of_a_column_of_their_own_become_wishes(
    order: Row, kept: str, low: int, high: int
) -> None:
    problem = one_pair({}, order).problem()
    assert kept.encode() in problem.inputs["openings.csv"]
    assert one_range(problem.wishes) == (low, high)
    assert frozen(problem).wishes == problem.wishes
    told = [(note.code, note.column) for note in problem.notes if note.column in order]
    assert told == [("READ_AS", column) for column in sorted(order) if column != "wishes"]


@pytest.mark.parametrize("text", ["", "-", "不問", "年齢不問", "bebas", "tidak ada", "N/A"])
def test_an_age_that_says_nothing_wishes_nothing(text: str) -> None:
    problem = one_pair({}, {"age": text, "wishes": "L"}).problem()
    assert [(wish.kind, wish.text) for wish in problem.wishes] == [("sex", "L")]


def test_the_text_is_kept_as_it_is_written_and_reads_the_same_again() -> None:
    written = "男性 2名、19～25歳 / rajin"
    problem = one_pair({}, {"wishes": written, "wish_reason": "寮"}).problem()
    assert written.encode() in problem.inputs["openings.csv"]
    assert frozen(problem).wishes == problem.wishes
    assert {wish.reason for wish in problem.wishes} == {"寮"}


def enforce(kind: str, opening_id: str = "O1", **cells: str) -> Row:
    """Return a decision that enforces a wish."""
    told = {"reason": REASON, "by": "Officer", "on": "2022-12-01"}
    return {
        "action": f"enforce:{kind}",
        "candidate_id": "",
        "opening_id": opening_id,
        **told,
        **cells,
    }


def enforced(person: Row, order: Row, *kinds: str) -> Problem:
    """Return the problem of one pair with wishes enforced."""
    decisions = tuple(enforce(kind) for kind in kinds)
    return replace(one_pair(person, order), decisions=decisions).problem()


def state(problem: Problem) -> int:
    """Return what enforced wishes say of the only pair."""
    return int(problem.lists.wish_cut[problem.candidates.wish_row[0], 0])


@pytest.mark.parametrize(
    ("recorded", "wished", "expected"),
    [
        ("L", "laki-laki", 0),
        ("P", "laki-laki", WISH_CUT),
        ("", "laki-laki", WISH_UNKNOWN),
        ("P", "女性", 0),
        ("L", "women 1", WISH_CUT),
        ("", "P", WISH_UNKNOWN),
    ],
)
def test_an_enforced_sex(recorded: str, wished: str, expected: int) -> None:
    assert state(enforced({"sex": recorded}, {"wishes": wished}, "sex")) == expected
    assert state(one_pair({"sex": recorded}, {"wishes": wished}).problem()) == 0


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        ("2004-04-02", WISH_CUT),  # 18, the day before the 19th birthday
        ("2004-04-01", 0),  # 19 on the day of entry
        ("1997-04-02", 0),  # 25, the day before the 26th birthday
        ("1997-04-01", WISH_CUT),  # 26
    ],
)
def test_an_enforced_age_is_whole_years_on_the_first_day_of_entry(
    birth: str, expected: int
) -> None:
    order = {"wishes": "19-25", "entry_from": "2023-04-01", "entry_to": "2023-08-31"}
    assert state(enforced({"birth_date": birth}, order, "age")) == expected
    open_end = {**order, "wishes": "usia 19+"}
    assert state(enforced({"birth_date": birth}, open_end, "age")) == (
        WISH_CUT if birth == "2004-04-02" else 0
    )


@pytest.mark.parametrize(
    ("recorded", "birth", "expected"),
    [
        ("L", "2001-05-01", 0),
        ("P", "2001-05-01", WISH_CUT),
        ("L", "1990-05-01", WISH_CUT),
        ("P", "1990-05-01", WISH_CUT),
        ("", "2001-05-01", WISH_UNKNOWN),
        ("", "1990-05-01", WISH_CUT),
    ],
)
def test_both_wishes_enforced_at_one_order(recorded: str, birth: str, expected: int) -> None:
    person, order = {"sex": recorded, "birth_date": birth}, {"wishes": "laki-laki; 19-25"}
    for kinds in (("sex", "age"), ("age", "sex")):
        assert state(enforced(person, order, *kinds)) == expected


@given(
    st.lists(st.dates(date(1900, 1, 1), date(2012, 12, 31)), min_size=1),
    st.dates(date(2000, 1, 1), date(2040, 12, 31)),
)
def test_ages_are_those_of_the_law(births: list[date], on: date) -> None:
    days = np.array([*map(day_number, births), NO_DAY])
    assert ages_on(days, day_number(on)).tolist() == [age_on(int(day), on) for day in days]


@pytest.mark.parametrize(
    ("order", "row", "column", "word"),
    [
        ({}, {}, "opening_id", "states no wish of the kind “sex”"),
        ({"wishes": "19-25"}, {}, "opening_id", "states no wish of the kind “sex”"),
        ({"wishes": "laki-laki 2; perempuan 1"}, {}, "opening_id", "one sex for every seat"),
        ({"wishes": "laki-laki 2", "seats": "3"}, {}, "opening_id", "one sex for every seat"),
        ({"wishes": "bukan perempuan"}, {}, "opening_id", "one sex for every seat"),
        (
            {"wishes": "usia 20"},
            {"action": "enforce:age"},
            "opening_id",
            "names no ages from and to",
        ),
        ({"wishes": "L"}, {"reason": "ya, benar"}, "reason", "L1"),
        ({"wishes": "L"}, {"reason": ". . . . . . ."}, "reason", "why the work requires it"),
        ({"wishes": "L"}, {"reason": ""}, "reason", "blank"),
        ({"wishes": "L"}, {"by": ""}, "by", "blank"),
        ({"wishes": "L"}, {"on": ""}, "on", "blank"),
        ({"wishes": "L"}, {"opening_id": ""}, "opening_id", "names the job order"),
        ({"wishes": "L"}, {"candidate_id": "C1"}, "candidate_id", "not for one person"),
        ({"wishes": "L"}, {"action": "enforce:seks"}, "action", "no wish “seks”"),
        ({"wishes": "L"}, {"action": "enforce:religion"}, "action", "L4"),
        ({"wishes": "L"}, {"action": "enforce:height"}, "action", "L2"),
    ],
)
def test_what_cannot_be_enforced_is_refused_and_says_why(
    order: Row, row: Row, column: str, word: str
) -> None:
    world = replace(one_pair({"sex": "P"}, order), decisions=({**enforce("sex"), **row},))
    with pytest.raises(InputError) as fault:
        world.problem()
    issues = [issue for issue in fault.value.issues if issue.severity == "error"]
    assert [(issue.file, issue.column) for issue in issues] == [("decisions.csv", column)]
    assert word in EN(issues[0].reason)


def test_a_number_for_every_seat_is_one_sex() -> None:
    wishes = read_wishes(0, "laki-laki 2", "")
    assert (one_sex(wishes, 2), one_sex(wishes, 3), one_sex((), 2)) == ("L", "", "")
    assert one_range(read_wishes(0, "18-25; maks 23 tahun", "")) == (18, 23)
    assert one_range(read_wishes(0, "18-20; 25-30", "")) == (-1, -1)


@st.composite
def wishing(draw: DrawFn) -> World:
    """Draw a world in which people have sexes and orders wishes, some of them enforced."""
    world = draw(worlds(people=6, openings=4))
    people = tuple(
        {**row, "sex": draw(st.sampled_from("LP")) if draw(st.integers(0, 5)) else ""}
        for row in world.candidates
    )
    wished = st.sampled_from(["", "laki-laki", "perempuan; 18-21", "19-25", "L; maks 22 tahun"])
    orders = tuple({**row, "wishes": draw(wished)} for row in world.openings)
    decisions = list(world.decisions)
    for place, order in enumerate(orders):
        kinds = {wish.kind for wish in read_wishes(place, order["wishes"], "")}
        decisions += [
            enforce(kind, order["opening_id"]) for kind in sorted(kinds) if draw(st.booleans())
        ]
    # What is set on record may be what a wish refuses now: that is another test.
    set_apart = tuple(row for row in decisions if row["action"] != "place")
    return replace(world, candidates=people, openings=orders, decisions=set_apart)


@given(wishing())
def test_what_a_wish_says_of_each_pair_is_what_the_rows_say(world: World) -> None:
    problem = world.problem()
    table = problem.lists.wish_cut[problem.candidates.wish_row]
    rows = {row["candidate_id"]: row for row in world.candidates}
    orders = {row["opening_id"]: row for row in world.openings}
    kinds = [
        (row["opening_id"], row["action"].removeprefix("enforce:"))
        for row in world.decisions
        if row["action"].startswith("enforce:")
    ]
    assert not problem.lists.wish_cut[0].any()
    assert len({row.tobytes() for row in problem.lists.wish_cut}) == len(problem.lists.wish_cut)
    for i, person in enumerate(problem.candidate_ids):
        for j, opening in enumerate(problem.opening_ids):
            wishes = read_wishes(j, orders[opening]["wishes"], "")
            starts = date.fromisoformat(orders[opening]["entry_from"] or ENTRY[0].isoformat())
            born = day_number(date.fromisoformat(rows[person]["birth_date"]))
            answers = []
            for kind in (kind for at, kind in kinds if at == opening):
                if kind == "sex":
                    held, asked = rows[person]["sex"], one_sex(wishes, -1)
                    answers.append(WISH_UNKNOWN if not held else WISH_CUT * (held != asked))
                else:
                    low, high = one_range(wishes)
                    outside = not low <= age_on(born, starts) <= (high if high >= 0 else 200)
                    answers.append(WISH_CUT * outside)
            expected = WISH_CUT if WISH_CUT in answers else max(answers, default=0)
            assert table[i, j] == expected


@given(wishing())
def test_wishes_without_a_decision_change_nothing(world: World) -> None:
    bare = replace(
        world,
        decisions=tuple(r for r in world.decisions if not r["action"].startswith("enforce:")),
    )
    plain = replace(bare, openings=tuple({**row, "wishes": ""} for row in bare.openings))
    one, other = bare.result(), plain.result()
    assert one.plan.opening.tolist() == other.plan.opening.tolist()
    assert one.scores.score.tolist() == other.scores.score.tolist()
    assert one.screening.open_rules.tolist() == other.screening.open_rules.tolist()


@given(wishing(), st.randoms(use_true_random=False))
def test_permuting_the_sexes_changes_nothing_where_none_is_enforced(
    world: World, random: object
) -> None:
    decisions = tuple(r for r in world.decisions if not r["action"].startswith("enforce:"))
    bare = replace(world, decisions=decisions)
    sexes = [row["sex"] for row in bare.candidates]
    random.shuffle(sexes)  # type: ignore[attr-defined]
    people = zip(bare.candidates, sexes, strict=True)
    shuffled = replace(bare, candidates=tuple({**row, "sex": sex} for row, sex in people))
    assert bare.result().plan.opening.tolist() == shuffled.result().plan.opening.tolist()


@given(wishing())
def test_whom_enforced_wishes_cut_and_the_plan_without_them(world: World) -> None:
    assume(any(row["action"].startswith("enforce:") for row in world.decisions))
    result = world.result()
    problem, free = result.problem, match(without_enforcement(result.problem))
    cut = {(p, e.opening) for e in find_enforced(result) for p in e.cut}
    waiting = {(p, e.opening) for e in find_enforced(result) for p in e.unknown}
    eligible = set(
        zip(free.screening.candidate.tolist(), free.screening.opening.tolist(), strict=True)
    )
    now = set(
        zip(result.screening.candidate.tolist(), result.screening.opening.tolist(), strict=True)
    )
    assert cut == eligible - now
    bit = next(at for at, rule in enumerate(RULES) if rule.name == "enforced_wish")
    kept = zip(
        result.screening.candidate,
        result.screening.opening,
        result.screening.open_rules,
        strict=True,
    )
    assert waiting == {(int(p), int(o)) for p, o, bits in kept if bits >> bit & 1}
    told = plan_without(result)
    assert told is not None
    assert told.free.proposed == (free.plan.opening >= 0).sum()
    assert told.enforced.proposed == (result.plan.opening >= 0).sum()
    assert {m.candidate for m in told.moves} == set(
        np.flatnonzero(free.plan.opening != result.plan.opening).tolist()
    )
    if (
        problem.settings.objective.order[0] == "placements"
        and not problem.settings.objective.min_score
        and not problem.settings.objective.unplaced_worth
    ):
        assert told.free.proposed >= told.enforced.proposed


def test_a_world_without_enforcement_has_nothing_to_tell() -> None:
    result = one_pair({"sex": "P"}, {"wishes": "laki-laki"}).result()
    assert find_enforced(result) == ()
    assert plan_without(result) is None


def test_what_is_told_of_an_enforced_wish() -> None:
    people = ({**PERSON, "sex": "P"}, {**PERSON, "candidate_id": "C2", "sex": "L"})
    order = {**OPENING, "seats": "2", "wishes": "男性", "wish_reason": "寮の都合"}
    result = World(people, (order,), (enforce("sex"),)).result()
    (told,) = find_enforced(result)
    assert (told.kind, told.wish, told.host_reason, told.cut) == ("sex", "男性", "寮の都合", (0,))
    assert told.decision.reason == REASON
    assert EN(told.meaning) == "only men"
    assert EN(told.law).startswith("L1")
    without = plan_without(result)
    assert without is not None
    assert (without.enforced.proposed, without.free.proposed) == (1, 2)
    assert [(m.candidate, m.opening, m.without) for m in without.moves] == [(0, -1, 0)]


def test_the_rule_refuses_and_leaves_conditional() -> None:
    bit = next(at for at, rule in enumerate(RULES) if rule.name == "enforced_wish")
    for recorded, expected in (("P", (True, False)), ("", (False, True)), ("L", (False, False))):
        result = match(enforced({"sex": recorded}, {"wishes": "laki-laki"}, "sex"))
        c, o = result.problem.candidates.at([0]), result.problem.openings.at([0])
        fails, unknown = judge(c, o, result.facts)[bit]
        assert (bool(fails.any()), bool(unknown.any())) == expected


def test_only_sex_and_age_are_ever_enforced() -> None:
    assert ENFORCEABLE == ("sex", "age")


@pytest.mark.parametrize(
    ("kind", "law"),
    [
        ("sex", "L1"),
        ("marital", "L1"),
        ("height", "L2"),
        ("weight", "L2"),
        ("strength", "L2"),
        ("religion", "L4"),
        ("headscarf", "L4"),
        ("age", "L5"),
        ("age", "L6"),
    ],
)
def test_L1_to_L6_each_kind_of_wish_names_the_law_it_touches(kind: str, law: str) -> None:
    assert law in words_of("en")(WISH_LAWS[kind])
