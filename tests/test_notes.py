"""What a run said of the inputs as they came is kept with the batch, to be told in any language."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.batch import batch_files, open_batch, run_scenario, write_batch
from matcher.batch.again import make_again
from matcher.batch.notes import NOTES, read_notes, render_notes
from matcher.errors import MatcherError
from matcher.language import LANGUAGES, Fact, Name, Phrase, words_of
from matcher.language.frozen import freeze_fact, thaw_fact
from tests.readme import ROOT

RECEIVED = ROOT / "scenarios" / "as-received"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
facts: st.SearchStrategy[Fact] = st.recursive(
    texts
    | st.integers()
    | st.dates()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.builds(Name, texts, texts, texts),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.builds(Phrase, texts, st.dictionaries(st.sampled_from(["n", "who"]), inner))
    ),
    max_leaves=8,
)


@given(facts)
def test_a_fact_comes_back_from_json_as_it_was(fact: Fact) -> None:
    again = thaw_fact(json.loads(json.dumps(freeze_fact(fact))))
    assert again == fact
    assert type(again) is type(fact)


@pytest.mark.parametrize(
    "odd", [None, 1.5, {"message": "x"}, {"day": "never"}, [None], {"id": "a"}]
)
def test_what_is_no_fact_is_refused(odd: object) -> None:
    with pytest.raises(ValueError):
        thaw_fact(odd)


@pytest.mark.parametrize("step", ["1-pool", "2-plan", "3-back"])
def test_notes_on_reserves_that_wait_name_the_files_as_they_came(step: str, tmp_path: Path) -> None:
    result = run_scenario(ROOT / "scenarios" / "season" / step)
    write_batch(result, tmp_path / "batch")
    assert make_again(tmp_path / "batch") == ()
    told = {note.place for note in open_batch(tmp_path / "batch").problem.notes}
    assert told == {note.place for note in result.problem.notes}


def test_a_batch_tells_its_notes_again_in_every_language(tmp_path: Path) -> None:
    result = run_scenario(RECEIVED)
    assert {date, Decimal, Phrase} & {
        type(v) for n in result.problem.notes for v in n.reason.facts.values()
    }
    write_batch(result, tmp_path / "batch")
    again = open_batch(tmp_path / "batch")
    for language in LANGUAGES:
        words = words_of(language)
        one, two = (
            sorted(
                (note.place, words(note.reason), note.mend and words(note.mend)) for note in notes
            )
            for notes in (result.problem.notes, again.problem.notes)
        )
        assert one == two
    assert len(result.problem.notes) > 50
    assert batch_files(again)["problems.csv"] == (tmp_path / "batch" / "problems.csv").read_bytes()
    assert make_again(tmp_path / "batch") == ()


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b"[{}]", b"[" * 99_999, b'[{"code": "E1", "reason": 1}]']
)
def test_notes_that_are_none_are_told(content: bytes) -> None:
    with pytest.raises(ValueError):
        read_notes(content)


def test_notes_of_an_unknown_kind_are_none() -> None:
    notes = run_scenario(ROOT / "scenarios" / "ijc-2023").problem.notes
    content = render_notes(notes)
    again = read_notes(content)
    assert len(again) == len(notes)
    assert all(note in notes for note in again)
    changed = content.replace(notes[0].code.encode(), b"nothing-known")
    with pytest.raises(ValueError):
        read_notes(changed)


def test_a_batch_whose_notes_were_changed_is_not_opened(tmp_path: Path) -> None:
    write_batch(run_scenario(ROOT / "scenarios" / "tiny"), tmp_path / "batch")
    (tmp_path / "batch" / NOTES).write_bytes(b"[]\n\n")
    with pytest.raises(MatcherError):
        open_batch(tmp_path / "batch")
