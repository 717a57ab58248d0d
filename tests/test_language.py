"""The catalogues are whole, and nothing people read holds a word that is never used."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from string import Formatter

import click
import pytest
from babel.messages.mofile import read_mo
from click.testing import CliRunner

from matcher.cli import main
from matcher.language import LANGUAGES, LOCALE_FOLDER, Phrase, Words, say, words_of
from matcher.vocabulary import load_vocabulary
from tests.catalogues import ROOT, TRANSLATED, messages_of_sources, read_translations

SCENARIO = ROOT / "scenarios" / "ijc-2023"
README = ROOT / "README.md"
MESSAGES = messages_of_sources()
# From the programme's list of words: of a language's texts, what stands nowhere in them.
NEVER = {
    "id": (
        "pelamar",
        "TKI",
        "lowongan",
        "kursi",
        "majikan",
        "user",
        "agen",
        "ditempatkan",
        "ditolak",
        "tidak layak",
        "gagal",
        "nilai peserta",
        "harga",
        "kalah",
    ),
    "ja": ("応募者", "採用", "配置", "不採用", "不適格"),
    "en": ("price", "auction", "bid", "outpriced"),
}
ALLOWED = re.compile("採用予定(人数)?")


def never_words(text: str, language: str) -> set[str]:
    """Return the words of a text that are never used in its language."""
    text = ALLOWED.sub("", text)
    edge = "" if language == "ja" else r"\b"
    return {
        word for word in NEVER[language] if re.search(edge + word + edge, text, flags=re.IGNORECASE)
    }


def places_of(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_no_other(language: str) -> None:
    translations = read_translations(language)
    assert set(MESSAGES) - set(translations) == set(), "run python -m tests.catalogues"
    assert set(translations) - set(MESSAGES) == set(), "run python -m tests.catalogues"
    assert [message for message, text in translations.items() if not text.strip()] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_places_of_message_and_translation_agree(language: str) -> None:
    for message, text in read_translations(language).items():
        assert places_of(message) == places_of(text), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_holds_a_per_cent_sign_or_a_fuzzy_flag(language: str) -> None:
    page = (LOCALE_FOLDER / language / "LC_MESSAGES" / "matcher.po").read_text(encoding="utf-8")
    assert "fuzzy" not in page
    assert not any("%" in text for text in read_translations(language).values())


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_file_is_the_catalogue(language: str) -> None:
    with (LOCALE_FOLDER / language / "LC_MESSAGES" / "matcher.mo").open("rb") as file:
        held = {str(message.id): message.string for message in read_mo(file) if message.id}
    assert held == read_translations(language), "run python -m tests.catalogues"


@pytest.mark.parametrize(
    ("language", "day", "number", "joined"),
    [
        ("id", "12 Desember 2022", "5.000.000", "a, b"),
        ("ja", "2022年12月12日", "5,000,000", "a、b"),
        ("en", "December 12, 2022", "5,000,000", "a, b"),
    ],
)
def test_dates_numbers_and_lists(language: str, day: str, number: str, joined: str) -> None:
    words = Words(language)
    assert words(date(2022, 12, 12)) == day
    assert words(5_000_000) == number
    assert words(("a", "b")) == joined


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "tercatat: belum tercatat"),
        ("ja", "記録: 記録なし"),
        ("en", "recorded: not recorded"),
    ],
)
def test_a_phrase_within_a_phrase(language: str, text: str) -> None:
    inner = Phrase("not recorded")
    assert Words(language)(Phrase("recorded: {level}", {"level": inner})) == text


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no such language"):
        Words("fr")


def test_never_words_are_found_as_whole_words() -> None:
    assert never_words("Pelamar gagal, agenda", "id") == {"pelamar", "gagal"}
    assert never_words("採用予定人数、採用予定", "ja") == set()
    assert never_words("不採用", "ja") == {"採用", "不採用"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_holds_a_never_word(language: str) -> None:
    texts: Iterable[str] = MESSAGES
    if language in TRANSLATED:
        texts = read_translations(language).values()
    assert {text: found for text in texts if (found := never_words(text, language))} == {}


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch of the pilot year."""
    folder = tmp_path_factory.mktemp("language") / "batch"
    _printed("run", str(SCENARIO), "--out", str(folder), "--lang", "en")
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_command_prints_a_never_word(language: str, batch: Path, tmp_path: Path) -> None:
    folder, with_it = str(batch), ("--lang", language)
    people = _one_of_each_state(batch)
    assert set(people) == {"placed", "conditional", "unplaced", "held", "withdrawn"}
    pages = [
        _printed("run", str(SCENARIO), "--out", str(tmp_path / "batch"), *with_it),
        _printed("check", str(SCENARIO), *with_it),
        _printed("show", folder, *with_it),
        _printed("show", folder, "O-01", *with_it),
    ]
    for person in people.values():
        pages.append(_printed("explain", folder, person, *with_it))
        pages += [_printed("explain", folder, person, f"O-{n}", *with_it) for n in ("01", "45")]
    text = _without_echoes("\n".join(pages), language)
    assert never_words(text, language) == set()


def test_no_help_holds_a_never_word() -> None:
    text = "\n".join(_help(main, "matcher"))
    assert "matcher explain" in text
    assert never_words(text, "en") == set()


def test_the_page_for_officers_holds_no_never_word() -> None:
    if not README.is_file():
        pytest.skip("there is no README.md yet")
    page = README.read_text(encoding="utf-8")
    above = re.split(r"^#+ .*(?:developers|Developing)", page, flags=re.MULTILINE)[0]
    assert len(above) > 1000
    assert {word for language in LANGUAGES for word in never_words(above, language)} == set()


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("id", "USULAN, belum keputusan. IJC 2023, per 12 Desember 2022.", "Mohon keputusan rapat"),
        ("ja", "推薦案(決定ではありません)。IJC 2023、2022年12月12日現在。", "ご審議いただきたい"),
    ],
)
def test_the_summary_reads_as_agreed(language: str, first: str, last: str, tmp_path: Path) -> None:
    run = ("run", str(SCENARIO), "--out", str(tmp_path / "batch"), "--lang", language)
    lines = _printed(*run).splitlines()
    assert lines[0] == first
    assert any(line.startswith(last) for line in lines)


def test_words_are_read_once() -> None:
    assert words_of("id") is words_of("id")
    assert words_of("ja")(say("nothing")) == "なし"


def _printed(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def _one_of_each_state(batch: Path) -> dict[str, str]:
    with (batch / "placements.csv").open(encoding="utf-8", newline="") as file:
        return {row["state"]: row["candidate_id"] for row in csv.DictReader(file)}


def _without_echoes(text: str, language: str) -> str:
    """Return a text without the cells of the inputs and the names of the vocabulary that hold a
    never-word: those are not the product's own words."""
    vocabulary = load_vocabulary()
    echoes = {skill.name.within(language) for skill in vocabulary.skills.values()}
    echoes |= {job.operation.within(language) for job in vocabulary.job_types.values()}
    echoes |= {each.name for each in vocabulary.programmes.values()}
    for path in SCENARIO.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            echoes |= {cell for row in csv.reader(file) for cell in row}
    for echo in sorted(echoes, key=len, reverse=True):
        if never_words(echo, language):
            text = text.replace(echo, "")
    return text


def _help(command: click.Command, name: str) -> list[str]:
    pages = [command.get_help(click.Context(command, info_name=name))]
    if isinstance(command, click.Group):
        for sub, inner in command.commands.items():
            pages += _help(inner, f"{name} {sub}")
    return pages
