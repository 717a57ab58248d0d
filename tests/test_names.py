"""Names as people write them, against the entries they mean: taken, asked about or refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matcher.check.cells import Cell, CellFault, Found
from matcher.check.named import NamedCells, check_settled
from matcher.check.terms import CONDITION_WORDS, months_of
from matcher.language import Phrase, words_of
from matcher.problem import CONDITIONS, NO_DAY, OrderNeed
from matcher.vocabulary import JobType, Unit, Vocabulary, load_vocabulary
from matcher.vocabulary.names import Names, folded

VOCABULARY = load_vocabulary()
SETTLED = {"Las": "7-7-1", "kerja bubut": "6-4-1"}
PARSE = NamedCells(VOCABULARY, {})
OFFICE = NamedCells(VOCABULARY, SETTLED)
PROGRAMMES = sorted(VOCABULARY.programmes)
PREFECTURES = sorted(VOCABULARY.prefectures)
LANGUAGES = ("id", "ja", "en")
KINDS = (
    *("programme", "job_type", "prefecture", "province", "certificates", "skills", "experience"),
    *("expected", "job_wishes", "prefecture_wishes", "refusals", "accepted", "conditions"),
    *("order_needs", "senders"),
)


def read(kind: str, text: str, marks: str = "", parse: NamedCells = PARSE) -> Found[object]:
    """Return what a cell of a kind of column is read as."""
    parser: Callable[[Cell], Found[object]] = getattr(parse, kind)
    return parser(Cell(text, marks))


def canonical(kind: str, text: str, parse: NamedCells = PARSE) -> str:
    """Return the canonical spelling of a cell."""
    return read(kind, text, parse=parse).text


def fault(kind: str, text: str, marks: str = "", parse: NamedCells = PARSE) -> CellFault:
    """Return the fault of a cell."""
    with pytest.raises(CellFault) as caught:
        read(kind, text, marks, parse)
    return caught.value


def shown(phrase: Phrase | None) -> str:
    """Return a phrase in English."""
    assert phrase is not None
    return words_of("en")(phrase)


def test_every_spelling_of_a_programme_is_that_programme_with_and_without_a_class() -> None:
    fields = {folded(item.kejuruan) for item in VOCABULARY.programmes.values()}
    for place, key in enumerate(PROGRAMMES):
        item = VOCABULARY.programmes[key]
        assert read("programme", key) == Found(place, key)
        for name in (item.name, *item.aliases):
            if folded(name) in fields:
                assert fault("programme", name).code == "UNKNOWN_NAME"
                continue
            for text in (name, name.upper(), f"  -  {name} ", f"{name} Non Boarding 2"):
                assert read("programme", text) == Found(place, key, "READ_AS"), text


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Plate Welder SMAW 3G-UP PF", "las-pelat-smaw-3g"),
        ("Plate Welder SMAW 3G-Up/PF", "las-pelat-smaw-3g"),
        ("Plate Welder SMAW 3G UP", "las-pelat-smaw-3g"),
        ("PLATE  WELDER SMAW 3G", "las-pelat-smaw-3g"),
        ("Ｐｌａｔｅ Ｗｅｌｄｅｒ ＳＭＡＷ ３Ｇ", "las-pelat-smaw-3g"),
        ("Plate Welder SMAW 3G UP PF Boarding 1", "las-pelat-smaw-3g"),
        ("  -  Plate Welder SMAW 3G-UP/PF  Non Boarding 2", "las-pelat-smaw-3g"),
        ("Pipe Welder SMAW 6G HLO-45", "las-pipa-smaw-6g"),
        ("Pipe Welder SMAW 6G HL0-45", "las-pipa-smaw-6g"),
        ("Pipe Welder SMAW 6G Up Hill/H-L045", "las-pipa-smaw-6g"),
        ("Skema KKNI II Tenik Pengelasan", "las-kkni-smk-2"),
        ("Pemrograman Embadded System Berbasis IoT", "elk-embedded-iot"),
        ("Teknisi Refriqerasi Domestik (Boarding)", "ref-refrigerasi-domestik"),
        ("Menjahit dengan Mesin Lockstich Angkatan III", "gar-lockstitch"),
        ("Teknisi AC Resedential - Batch 2", "ref-ac-residential"),
        ("Fron Liner Kelas A", "par-front-office"),
        ("Barista Gel. 1", "par-barista"),
        ("Barista Gelombang II Tahun 2026", "par-barista"),
        ("Barista Tahun Anggaran 2025/2026", "par-barista"),
        ("Barista Angkatan ke-3 (Boarding) 2026", "par-barista"),
    ],
)
def test_courses_of_real_lists(text: str, key: str) -> None:
    assert read("programme", text) == Found(PROGRAMMES.index(key), key, "READ_AS")


def test_a_course_that_is_not_known_is_suggested_and_a_field_is_no_course() -> None:
    assert shown(fault("programme", "Bariste").mend) == "did you mean “Barista”?"
    assert "kejuruan" in shown(fault("programme", "TEKNIK LAS").reason)
    assert fault("programme", "Plate Welder SMAW 3G/PE").code == "UNKNOWN_NAME"
    assert fault("programme", "Boarding 1").code == "UNKNOWN_NAME"


def test_a_course_of_two_programmes_names_both() -> None:
    doubled = Vocabulary()
    some = dict(list(VOCABULARY.programmes.items())[:2])
    first, second = some
    doubled.__dict__["programmes"] = {
        key: type(item)(key, "Kursus", "Bidang", "", None, ()) for key, item in some.items()
    }
    told = fault("programme", "kursus batch 1", parse=NamedCells(doubled, {}))
    assert told.code == "UNKNOWN_NAME"
    assert first in shown(told.reason) and second in shown(told.reason)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("c.25las01.028.1", "C.25LAS01.028.1"),
        ("C.25LASO1.O28.1", "C.25LAS01.028.1"),
        ("C 25LAS01 028 1", "C.25LAS01.028.1"),
        ("Ｃ．２５ＬＡＳ０１．０２８．１", "C.25LAS01.028.1"),
        ("C.25LAS01.028.3", "C.25LAS01.028.1"),
        ("C.25LAS01.028", "C.25LAS01.028.1"),
        ("C.24LAS01.031.1", "C.25LAS01.031.1"),
        ("C.24LAS01.031.2", "C.25LAS01.031.1"),
        ("C.25LAS01.010.1", "C.24LAS01.010.1"),
        ("C.24LAS01.028.2", "C.24LAS01.028.1"),
        ("LOG.00.01.002.01", "LOG.OO01.002.01"),
        ("LOG.OO.01.002.01", "LOG.OO01.002.01"),
        ("LOG.0001.002.00", "LOG.OO01.002.01"),
        ("C.14GMT06.006.1", "C.14GMT06.006.3"),
    ],
)
def test_codes_of_units_as_they_are_written(text: str, unit: str) -> None:
    assert read("certificates", text) == Found(((unit, NO_DAY),), unit, "READ_AS")


def test_every_unit_is_itself_and_others_are_not_guessed() -> None:
    for code in VOCABULARY.units:
        assert read("certificates", code) == Found(((code, NO_DAY),), code)
        assert canonical("certificates", code.lower().replace("0", "o")) == code
    for code in ("GAR.CM06.010.01", "C.14GMT01.001.1", "C.25LAS01.999.1", "C.25LAS01", "C"):
        assert fault("certificates", code).code == "UNKNOWN_NAME"
    assert "C.25LAS01.001.1" in shown(fault("certificates", "C.25LAS01.901.1").mend)


def test_two_versions_of_a_unit_are_not_chosen_between() -> None:
    doubled = Vocabulary()
    name = VOCABULARY.units["C.25LAS01.028.1"].title
    codes = ("X.01ABC01.001.1", "X.01ABC01.001.2")
    doubled.__dict__["units"] = {code: Unit(code, name, "") for code in codes}
    parse = NamedCells(doubled, {})
    assert canonical("certificates", "x01abc01.001.2", parse) == codes[1]
    told = shown(fault("certificates", "X.01ABC01.001.3", parse=parse).reason)
    assert codes[0] in told and codes[1] in told
    assert Names(doubled).units("X.01ABC01.001") == codes


def choices_of(text: str) -> set[str]:
    """Return the operations that a name can mean, by the table itself."""
    return {
        number
        for number, job in VOCABULARY.job_types.items()
        if any(
            folded(text) in (folded(getattr(job.operation, at)), folded(getattr(job.category, at)))
            for at in LANGUAGES
        )
    }


def names_of_job(job: JobType) -> list[str]:
    """Return the names of an operation and its category, apart and together."""
    pairs = [(getattr(job.category, at), getattr(job.operation, at)) for at in LANGUAGES]
    return [name for pair in pairs for name in pair]


def test_every_name_of_a_job_type_is_taken_or_its_choices_are_listed() -> None:
    for number, job in VOCABULARY.job_types.items():
        assert read("job_type", number) == Found(number, number)
        for name in names_of_job(job):
            choices = choices_of(name)
            assert number in choices
            if len(choices) == 1:
                assert read("job_type", name) == Found(number, number, "READ_AS"), name
                continue
            told = fault("job_type", name)
            assert told.code == "JOB_TYPE"
            mend = shown(told.mend)
            names = [f"{one} {VOCABULARY.job_types[one].operation.en}" for one in choices]
            assert sum(one in mend for one in names) == min(8, len(choices)), name
        for at in LANGUAGES:
            category, operation = getattr(job.category, at), getattr(job.operation, at)
            for form in ("{} › {}", "{} - {}", "{}（{}）", "{1} ({0})", "{}職種 {}作業"):
                assert canonical("job_type", form.format(category, operation)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7-7-1.", "7-7-1"),
        (" 7 - 7 - 1 ", "7-7-1"),
        ("７－７－１", "7-7-1"),
        ("7–7—1", "7-7-1"),
        ("7ー7ー1", "7-7-1"),
        ("7-7-1 Manual arc welding", "7-7-1"),
        ("7-7-1 手溶接", "7-7-1"),
        ("7-7-1 (Pengelasan)", "7-7-1"),
        ("半自動溶接作業", "7-7-2"),
        ("SEMI-AUTOMATIC WELDING", "7-7-2"),
        ("Perawatan Lansia", "7-13-1"),
        ("介護職種", "7-13-1"),
    ],
)
def test_job_types_as_they_are_written(text: str, number: str) -> None:
    assert read("job_type", text) == Found(number, number, "READ_AS")


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        *(("2001-07-07", "date"), ("2001-07-07", ""), ("2001-07-07 00:00:00", "")),
        *(("7/7/2001", ""), ("07/07/01", ""), ("07-07-01", ""), ("7-Jul-01", ""), ("07-Agu", "")),
        *(("Mar-03", ""), ("2001年7月7日", ""), ("36714", "date"), ("2001/7/7", "")),
    ],
)
def test_a_number_that_became_a_date_is_lost(text: str, marks: str) -> None:
    for kind in ("job_type", "job_wishes", "refusals", "accepted"):
        assert fault(kind, text, marks).code == "CODE_IS_DATE"


@pytest.mark.parametrize("word", ["Las", "溶接", "welding", "Pengelasan", "las", "tukang las"])
def test_a_word_of_a_trade_is_asked_with_its_choices(word: str) -> None:
    told = fault("job_type", word)
    assert told.code == "JOB_TYPE"
    mend = shown(told.mend)
    assert "7-7-1 Manual arc welding, 7-7-2 Semi-automatic welding" in mend
    assert f'"{word}" = "7-7-1"' in mend and "[job_types]" in mend


def test_at_most_eight_choices_are_listed() -> None:
    told = fault("job_type", "Penangkapan ikan dengan kapal")
    assert "2-1-8" in shown(told.mend) and "and 1 more" in shown(told.mend)
    assert "2-1-9" not in shown(told.mend)


def test_what_the_office_settled_wins_over_all_but_a_number() -> None:
    assert canonical("job_type", "LAS", OFFICE) == "7-7-1"
    assert canonical("job_type", "Kerja  Bubut", OFFICE) == "6-4-1"
    assert canonical("job_wishes", "las, 7-7-2", OFFICE) == "7-7-1; 7-7-2"
    settled = {"7-7-1": "7-7-2", "介護": "7-12-1", "2001-07-07": "7-7-1", "溶接": "7-7-2"}
    other = NamedCells(VOCABULARY, settled)
    assert canonical("job_type", "7-7-1", other) == "7-7-1"
    assert canonical("job_type", "介護", other) == "7-12-1"
    assert canonical("job_wishes", "溶接", other) == "7-7-2"
    assert read("job_type", "2001-07-07", "date", other).text == "7-7-1"
    bad = {"Las": "7-7-9", "Cat": "pengecatan", "Babi": "4-6", "Care": "7-13-1"}
    assert check_settled(bad, VOCABULARY) == ["Las", "Cat", "Babi"]
    assert fault("job_type", "Las", parse=NamedCells(VOCABULARY, bad)).code == "JOB_TYPE"


def test_a_job_type_that_is_not_known_is_suggested() -> None:
    assert "7-7-" in shown(fault("job_type", "7-7-9").mend)
    told = fault("job_type", "Semi-automatic weldings")
    assert told.code == "UNKNOWN_NAME" and "Semi-automatic welding" in shown(told.mend)
    assert fault("job_type", "7-7-1 介護").code == "UNKNOWN_NAME"
    assert fault("job_type", "7-7").code == "UNKNOWN_NAME"


def test_every_prefecture_by_every_spelling() -> None:
    for place, (english, name) in enumerate(sorted(VOCABULARY.prefectures.items())):
        bare = name.ja if name.ja == "北海道" else name.ja[:-1]
        kind = {"都": "to", "府": "fu", "県": "ken", "道": "do"}[name.ja[-1]]
        assert read("prefecture", english) == Found(place, english)
        spellings = [english.upper(), name.ja, bare, f"{name.ja} 中央市", f"{english}-{kind}"]
        spellings += [f"{english} Prefecture", f"Prefektur {english}", f"Chuo-shi, {english}"]
        spellings += VOCABULARY.prefecture_aliases[english]
        for text in spellings:
            assert read("prefecture", text) == Found(place, english, "READ_AS"), text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ōsaka", "Osaka"),
        ("Tôkyô", "Tokyo"),
        ("HYŌGO-KEN", "Hyogo"),
        ("Oosaka-fu", "Osaka"),
        ("Tokio", "Tokyo"),
        ("愛知県豊田市", "Aichi"),
        ("東京都府中市", "Tokyo"),
        ("京都", "Kyoto"),
        ("Toyota-shi, Aichi", "Aichi"),
        ("Toyota-shi, Aichi-ken, Japan", "Aichi"),
        ("ﾎｯｶｲﾄﾞｳ, 北海道", "Hokkaido"),
    ],
)
def test_prefectures_as_they_are_written(text: str, name: str) -> None:
    assert canonical("prefecture", text) == name


@pytest.mark.parametrize("text", ["Aichi, Gifu", "東京都、大阪府", "Nagoya", "愛知県以外", "Aich"])
def test_several_prefectures_or_none_are_not_taken(text: str) -> None:
    assert fault("prefecture", text).code == "UNKNOWN_NAME"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("JAWA BARAT", "Jawa Barat"),
        ("Jabar", "Jawa Barat"),
        ("Prov. Jawa Timur", "Jawa Timur"),
        ("Provinsi D.I. Yogyakarta", "DI Yogyakarta"),
        ("DIY", "DI Yogyakarta"),
        ("DKI", "DKI Jakarta"),
        ("Sumatra Utara", "Sumatera Utara"),
        ("North Sumatra", "Sumatera Utara"),
        ("Kep. Riau", "Kepulauan Riau"),
        ("Kep Bangka Belitung", "Kepulauan Bangka Belitung"),
        ("NTB", "Nusa Tenggara Barat"),
        ("N.T.T.", "Nusa Tenggara Timur"),
        ("Kalbar", "Kalimantan Barat"),
        ("Irian Jaya", "Papua"),
        ("Nanggroe Aceh Darussalam", "Aceh"),
    ],
)
def test_provinces_as_they_are_written(text: str, name: str) -> None:
    assert read("province", text) == Found(name, name, "READ_AS")


def test_the_provinces_are_38_and_what_is_none_stays() -> None:
    assert len(VOCABULARY.provinces) == 38
    owners: dict[str, str] = {}
    for code, province in VOCABULARY.provinces.items():
        assert len(code) == 2 and code.isdigit()
        assert read("province", province.name) == Found(province.name, province.name)
        for alias in province.aliases:
            assert owners.setdefault(folded(alias), code) == code
            assert canonical("province", alias) == province.name
    for text in ("Kab. Bandung", "bandung", "Kota Yogyakarta", "Johor", "?"):
        assert read("province", text) == Found(text, text)


C1, C2 = "C.25LAS01.028.1", "C.25LAS01.029.1"


@pytest.mark.parametrize(
    ("kind", "text", "spelt", "code"),
    [
        ("certificates", f"{C1}@2024-12-28; {C2}", None, ""),
        ("certificates", f"{C1}；{C2}", f"{C1}; {C2}", "LIST_MARKS"),
        ("certificates", f"{C1}, {C2}@2024-12-28", f"{C1}; {C2}@2024-12-28", "LIST_MARKS"),
        ("certificates", f"{C2}＠2024-12-28\n{C1}", f"{C2}@2024-12-28; {C1}", "LIST_MARKS"),
        ("certificates", f"{C1.lower()};{C2}", f"{C1}; {C2}", "READ_AS"),
        ("skills", "mech.bench:1; quality.inspection:1", None, ""),
        ("skills", "Perawatan lansia：2、welding:1", "care:2; welding:1", "READ_AS"),
        ("skills", "介護:3", "care:3", "READ_AS"),
        (
            "skills",
            "Toilet, disinfeksi, dan sampah:1, Las GMAW (MAG/CO2):2",
            "cleaning.sanitary:1; welding.arc.gmaw:2",
            "READ_AS",
        ),
        ("experience", "7-7-2:12", None, ""),
        ("experience", "7-7-2:24 bulan", "7-7-2:24", "NUMBER_FORM"),
        ("experience", "介護：2年", "7-13-1:24", "READ_AS"),
        ("experience", "7-7-1: 2 tahun / 7-7-2: 6 bln", "7-7-1:24; 7-7-2:6", "NUMBER_FORM"),
        ("expected", "N4@2023-03-31", None, ""),
        ("expected", "N4 ＠ 2023-03-31", "N4@2023-03-31", "LIST_MARKS"),
        ("job_wishes", "7-7-2; 6-6; 7-7-1", None, ""),
        ("job_wishes", "7-7-2、溶接", "7-7-2; 7-7", "READ_AS"),
        ("job_wishes", "7-7-2/7-7-1", "7-7-2; 7-7-1", "LIST_MARKS"),
        ("job_wishes", "Welding, Manual arc welding", "7-7; 7-7-1", "READ_AS"),
        ("job_wishes", "Ham, sausage and bacon making", "4-7-1", "READ_AS"),
        ("job_wishes", "Ham, sausage and bacon making, Welding", "4-7-1; 7-7", "READ_AS"),
        ("job_wishes", "Perancah (scaffolding/tobi)", "3-8-1", "READ_AS"),
        ("prefecture_wishes", "Shizuoka; Hokkaido", None, ""),
        ("prefecture_wishes", "愛知県／大阪、Tokio", "Aichi; Osaka; Tokyo", "READ_AS"),
        ("prefecture_wishes", "Aichi, Gifu", "Aichi; Gifu", "LIST_MARKS"),
        ("refuses", "night_shift; heights", None, ""),
        ("refuses", "babi, 夜勤、Tokyo; 7-13", "pork; night_shift; Tokyo; 7-13", "READ_AS"),
        ("refuses", "Peternakan; 沖縄", "1-2; Okinawa", "READ_AS"),
        ("refuses", "tidak ada", "", "NO_DATA_WORD"),
        ("accepted", "night_shift; no_headscarf", None, ""),
        ("accepted", "Shift Malam / gudang beku", "night_shift; cold_store", "READ_AS"),
        ("conditions", "cold_store; night_shift", None, ""),
        ("conditions", "冷凍庫|高所", "cold_store; heights", "READ_AS"),
        ("order_needs", "machining.cnc.turning:2!; quality.inspection:1", None, ""),
        ("order_needs", "介護:2！", "care:2!", "READ_AS"),
        ("senders", "S-02; S-03", None, ""),
        ("senders", "S-03、S-02", "S-03; S-02", "LIST_MARKS"),
        ("senders", "PT A, Tbk; S/1", None, ""),
    ],
)
def test_lists_in_a_cell(kind: str, text: str, spelt: str | None, code: str) -> None:
    kind = {"refuses": "refusals"}.get(kind, kind)
    found = read(kind, text)
    assert (found.text, found.code) == (text if spelt is None else spelt, code)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("certificates", f"{C1}@", "LIST_FORM"),
        ("certificates", f"{C1}@besok", "NOT_A_DATE"),
        ("certificates", f"{C1}, X.1", "UNKNOWN_NAME"),
        ("skills", "care", "LIST_FORM"),
        ("skills", "care:4", "OUT_OF_RANGE"),
        ("skills", "karate:1", "UNKNOWN_NAME"),
        ("experience", "7-7-1", "LIST_FORM"),
        ("experience", "Las:12", "JOB_TYPE"),
        ("experience", "7-7-1:200 tahun", "OUT_OF_RANGE"),
        ("experience", "7-7-1:12 hari", "NOT_A_NUMBER"),
        ("expected", "N4", "LIST_FORM"),
        ("expected", "N9@2023-03-31", "NOT_A_LEVEL"),
        ("job_wishes", "7-7-1; Las", "JOB_TYPE"),
        ("job_wishes", "Las, 7-7-2", "JOB_TYPE"),
        ("job_wishes", "7-7-1, abc", "UNKNOWN_NAME"),
        ("job_wishes", "Electroplating", "JOB_TYPE"),
        ("prefecture_wishes", "Aichi, Gifuu", "UNKNOWN_NAME"),
        ("prefecture_wishes", "愛知県, Gifuu", "UNKNOWN_NAME"),
        ("refusals", "porc", "UNKNOWN_NAME"),
        ("refusals", "7-7-9", "UNKNOWN_NAME"),
        ("conditions", "porc", "NOT_A_WORD"),
        ("order_needs", "care:2?", "NOT_A_NUMBER"),
    ],
)
def test_faults_in_lists(kind: str, text: str, code: str) -> None:
    assert fault(kind, text).code == code


def test_values_of_lists_are_as_the_rules_take_them() -> None:
    assert read("experience", "7-7-1:2 tahun; 7-7-2:6; 1-1-1:1").value == (("1-1", 1), ("7-7", 30))
    assert read("certificates", f"{C2}; {C1}").value == ((C1, NO_DAY), (C2, NO_DAY))
    refused = PARSE.refusals(Cell("Tokyo; 7-7-1; heights; 7-13; pork; Aichi")).value
    assert refused.conditions == 1 | 1 << CONDITIONS.index("heights")
    assert (refused.jobs, refused.prefectures) == (("7-13", "7-7-1"), ("Aichi", "Tokyo"))
    assert read("accepted", "Tokyo; pork").value == read("conditions", "pork; babi").value == 1
    needs = (OrderNeed("care", 2, True), OrderNeed("welding", 1, False))
    assert read("order_needs", "welding:1; care:2!").value == needs
    assert read("senders", "S-2; S-1").value == ("S-1", "S-2")
    assert read("prefecture_wishes", "Tokyo; Aichi").value == ("Tokyo", "Aichi")


def test_every_skill_by_its_names_and_every_condition_by_its_words() -> None:
    for key, skill in VOCABULARY.skills.items():
        for name in (key, skill.name.id, skill.name.ja, skill.name.en):
            assert canonical("skills", f"{name}:1") == f"{key}:1"
    for word, name in CONDITION_WORDS.items():
        assert canonical("refusals", word) == canonical("conditions", word) == name
    assert set(CONDITION_WORDS.values()) == set(CONDITIONS)


def test_months_are_told_by_their_unit() -> None:
    spans = {"2 tahun": 24, "24 bulan": 24, "1年6か月": 18, "１ thn 3 bln": 15, "3 months": 3}
    for text, months in spans.items():
        assert months_of(text) == months
    assert {months_of(text) for text in ("", "24", "1,5 tahun", "12 hari", "9" * 300)} == {None}


WORDS = st.sampled_from(
    [
        *("7-7-1", "7-7", "Las", "溶接", "Aichi", "愛知県豊田市", "pork", "babi", "care:2!", "@"),
        *(C1, f"{C1}@2024-12-28", "Barista", "Boarding 1", "N4@2023-03-31", ":", "2 tahun", "!"),
        *("7-13-1:12", "Jabar", "S-1", "tidak ada", "Ham, sausage and bacon making", "2001-07-07"),
    ]
)
MARKS = st.sampled_from(["; ", ";", "、", ", ", "/", "\n", "|", " ", "", "："])
ANY = st.text(st.characters(), max_size=40)


@given(
    st.sampled_from(KINDS),
    st.one_of(ANY, st.lists(st.one_of(WORDS, MARKS, ANY), max_size=8).map("".join)),
    st.sampled_from(["", "date", "number"]),
)
@example("job_wishes", ", ".join(["Welding"] * 300), "")
@example("programme", "(" * 30_000, "")
@example("programme", " 1" * 90 + "x", "")
@example("senders", "\ud800", "")
def test_any_text_is_found_or_a_fault_and_canonical_texts_stay(
    kind: str, text: str, marks: str
) -> None:
    for parse in (PARSE, OFFICE):
        try:
            found = read(kind, text, marks, parse)
        except CellFault as told:
            assert told.code and shown(told.reason)
            assert told.mend is None or shown(told.mend)
            continue
        assert found.code or found.text == text
        if found.text:
            assert read(kind, found.text, parse=parse) == Found(found.value, found.text)
