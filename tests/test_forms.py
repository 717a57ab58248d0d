"""The declared columns: whole names only, no header for two columns, and the sheets of the field
read as they should be."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from matcher.forms import COLUMNS, FORMS, KINDS, LABELS, Column, fold, load_form
from matcher.language import LANGUAGES

LONGEST_NOTE = 80
# fmt: off
# The columns of the tables that others rely on, required ones first.
REQUIRED = {
    "candidates": ["candidate_id", "birth_date", "programme"],
    "openings": ["opening_id", "host_id", "operation_no", "seats"],
    "hosts": ["host_id"],
    "establishments": ["establishment_id", "host_id"],
    "supervisors": ["supervisor_id"],
    "schools": ["school"],
    "decisions": ["action", "reason", "by", "on"],
    "earlier": ["candidate_id", "opening_id"],
    "outcomes": ["candidate_id", "opening_id", "state", "on", "by"],
    "objections": ["candidate_id", "text", "on"],
    "demand": ["kejuruan", "people"],
    "scores": ["candidate_id", "opening_id", "score"],
}
OPTIONAL = {
    "candidates": [
        "name", "sex", "province", "centre", "school", "training_start", "training_end",
        "training_jp", "minutes_per_jp", "jp_done", "school_start", "school_end",
        "school_hours_done", "school_hours_planned", "school_trade_hours", "training_result",
        "attendance", "assessment", "certificates", "skills", "experience", "employment",
        "japanese_level", "japanese_test_date", "japanese_expected", "former_trainee",
        "coe_refused", "available_from", "passport_until", "medical", "family_consent",
        "recommended_on",
        "wishes_job_types", "wishes_prefectures", "refuses", "accepts", "accepts_any_trade",
        "accepted_on", "deposit", "penalty", "cost_to_candidate", "costs", "consent_export",
        "wants_abroad",
    ],
    "openings": [
        "establishment_id", "supervisor_id", "senders", "prefecture", "regime", "stage",
        "entry_from", "entry_to", "plan_filing_on", "order_closes", "interview_on",
        "interview_mode",
        "interview_ratio", "min_seats", "min_japanese", "skills", "monthly_wage",
        "monthly_hours", "deductions", "net_pay", "contract_months", "work", "conditions",
        "cost_to_candidate", "any_trade", "wishes", "wish_reason",
    ],
    "hosts": [
        "name", "prefecture", "full_time_staff", "excellent", "trainees_1", "trainees_2",
        "trainees_3", "promised", "esd_people", "counted_on", "supervisor_id",
        "designated_area",
        "rooms_women", "rooms_men",
    ],
    "establishments": ["name", "care_staff", "trainees_1", "trainees_2", "trainees_3"],
    "supervisors": [
        "name", "permit", "permit_until", "countries", "categories", "esd_permit",
    ],
    "schools": ["name", "licence", "class_size", "province"],
    "decisions": ["candidate_id", "opening_id"],
    "earlier": [],
    "outcomes": ["rank", "reason_code"],
    "objections": ["opening_id", "answer", "answered_on", "outcome", "by"],
    "demand": ["entry_from", "entry_to", "wishes", "source"],
    "scores": [],
}
# fmt: on
EXTRA = {
    "candidates": {
        *("nik", "participant_no", "transaction_code", "phone", "birth_place_and_date"),
        *("kejuruan", "given_name", "family_name"),
    },
    "openings": {
        *("host_name", "seats_men", "seats_women", "kejuruan", "job_category", "night_shift"),
        *("age", "age_from", "age_to"),
    },
    "hosts": set[str](),
    "establishments": set[str](),
    "supervisors": set[str](),
    "schools": set[str](),
    "decisions": set[str](),
    "earlier": set[str](),
    "outcomes": set[str](),
    "objections": set[str](),
    "demand": set[str](),
    "scores": set[str](),
}
UNUSED = "unused"

# The participants' export of the centres (BPVP): all 33 headers, as they stand there.
BPVP = {
    "KODE TRANSAKSI": "transaction_code",
    "Nama*": "name",
    "NIK": "nik",
    "No. HP": "phone",
    "Email": UNUSED,
    "Jenis Kelamin*": "sex",
    "Alamat": UNUSED,
    "Tempat Lahir": UNUSED,
    "Tanggal Lahir*": "birth_date",
    "Usia*": UNUSED,
    "Pendidikan Terakhir": UNUSED,
    "Disabilitas Tipe Disabilitas *": UNUSED,
    "Pernah Bekerja di Luar Negeri": UNUSED,
    "Berminat Bekerja di Luar Negeri": "wants_abroad",
    "Judul Program Pelatihan*": "programme",
    "Kejuruan*": "kejuruan",
    "Metode Pelatihan": UNUSED,
    "Jenis Pelatihan*": UNUSED,
    "Angkatan": UNUSED,
    "Durasi (JP)": "training_jp",
    "Biaya Pelatihan": UNUSED,
    "Tanggal Mulai Pelatihan": "training_start",
    "Tanggal Selesai Pelatihan": "training_end",
    "Absensi": "attendance",
    "Status Selesai Pelatihan": UNUSED,
    "Status Kelulusan*": "training_result",
    "Sumber Anggaran": UNUSED,
    "Status Kebekerjaan*": "employment",
    "Nama Perusahaan/Nama Usaha": UNUSED,
    "Lokasi Penempatan (Kota/Kab)*": UNUSED,
    "Status": UNUSED,
    "jabatan": UNUSED,
    "Tanggal Penempatan": UNUSED,
}
# A student's profile and CV of a private school (LPK).
LPK = {
    "No Peserta": "participant_no",
    "Nama": "name",
    "Nama Lengkap": "name",
    "Nama Katakana": UNUSED,
    "Nama Panggilan": UNUSED,
    "呼称": UNUSED,
    "Angkatan": UNUSED,
    "TTL": "birth_place_and_date",
    "Tempat Tanggal Lahir": "birth_place_and_date",
    "Usia": UNUSED,
    "Umur": UNUSED,
    "JK": "sex",
    "Agama": UNUSED,
    "Status Pernikahan": UNUSED,
    "Tinggi Badan": UNUSED,
    "Berat Badan": UNUSED,
    "Golongan Darah": UNUSED,
    "Ukuran Sepatu / Kepala / Pinggang": UNUSED,
    "Mata Kanan / Kiri": UNUSED,
    "Kondisi Mata": UNUSED,
    "Buta Warna": UNUSED,
    "Merokok": UNUSED,
    "Minum Sake": UNUSED,
    "Penggunaan Tangan (kanan/kiri)": UNUSED,
    "Target Menabung": UNUSED,
    "Lama Belajar": UNUSED,
    "MCU": "medical",
    "MCU (Hasil Admin)": "medical",
    "Kesehatan": "medical",
    "Kondisi Kesehatan": UNUSED,
    "Nama SO": "school",
    "Asal SO": "school",
    "Asal LPK": UNUSED,
    "Nama Kumiai": UNUSED,
    "Nama Perusahaan": UNUSED,
    "Jenis Pekerjaan": UNUSED,
    "Perkiraan Masuk Jepang": UNUSED,
    "Tgl Masuk Pelatihan": UNUSED,
    "Sertifikat": UNUSED,
    "Sertifikat Dimiliki": UNUSED,
    "Apakah Bersedia Kerja Lembur?": UNUSED,
    "Eks Jisshu": "former_trainee",
}
# A list with every sort of damage, as a centre keeps it by hand.
BY_HAND = {
    "NO": UNUSED,
    "NAMA LENGKAP": "name",
    "NIK": "nik",
    "L/P": "sex",
    "TEMPAT LAHIR": UNUSED,
    "TGL LAHIR": "birth_date",
    "PENDIDIKAN": UNUSED,
    "NO HP": "phone",
    "PROGRAM PELATIHAN": "programme",
    "DURASI (JP)": "training_jp",
    "STATUS": UNUSED,
}
ELSEWHERE = {
    "nama_depan": "given_name",
    "nama_belakang": "family_name",
    "nomer_hp": "phone",
    "TAHUN LULUS": UNUSED,
    "skor_logika_numerik": UNUSED,
    "kode_riasec": UNUSED,
    "受講番号": "participant_no",
    "氏名": "name",
    "フリガナ": UNUSED,
    "ﾌﾘｶﾞﾅ": UNUSED,
    "生年月日　": "birth_date",
    "\ufeff性別": "sex",
    "元技能実習生": "former_trainee",
    "訪日経験": UNUSED,
    "日本語能力": "japanese_level",
    "婚姻状況": UNUSED,
    "不交付の有無": "coe_refused",
}
KUMIAI_ORDER = {
    "No.": UNUSED,
    "求人番号": "opening_id",
    "監理団体": UNUSED,
    "実習実施者": "host_name",
    "受入企業名": "host_name",
    "職種・作業": "operation_no",
    "職種": "job_category",
    "作業名": "operation_no",
    "募集人数": "seats",
    "採用予定人数": "seats",
    "男性": "seats_men",
    "女": "seats_women",
    "性別": "wishes",
    "年齢": "age",
    "面接人数": UNUSED,
    "面接日": "interview_on",
    "面接方法": "interview_mode",
    "都道府県": "prefecture",
    "就業場所の都道府県": "prefecture",
    "勤務地（都道府県）": "prefecture",
    "就業場所": UNUSED,
    "段階": "stage",
    "月所定労働時間": "monthly_hours",
    "月間所定労働時間": "monthly_hours",
    "入国予定日": "entry_from",
    "入国予定日（から）": "entry_from",
    "入国予定日（まで）": "entry_to",
    "締切日": "order_closes",
    "基本給": "monthly_wage",
    "月額賃金": "monthly_wage",
    "時給": UNUSED,
    "控除": "deductions",
    "寮費": UNUSED,
    "手取り": "net_pay",
    "夜勤": "night_shift",
    "残業": UNUSED,
    "契約期間": UNUSED,
    "日本語": "min_japanese",
    "送出機関": "senders",
    "作業内容": "work",
    "備考": UNUSED,
}
INDONESIAN_ORDER = {
    "NO": UNUSED,
    "Kode Lowongan": "opening_id",
    "Kode Perusahaan": "host_id",
    "Perusahaan Penerima": "host_name",
    "Nama Kumiai": UNUSED,
    "Jenis Pekerjaan": "operation_no",
    "Bidang Pekerjaan": "operation_no",
    "Kejuruan": "kejuruan",
    "Kuota": "seats",
    "Jumlah Kebutuhan": "seats",
    "Laki-laki": "seats_men",
    "Perempuan": "seats_women",
    "Jenis Kelamin": "wishes",
    "Usia": "age",
    "Batas Usia": "age",
    "Usia Minimal": "age_from",
    "Usia Maksimal": "age_to",
    "Status Nikah": UNUSED,
    "Tinggi Badan": UNUSED,
    "Prefektur": "prefecture",
    "Lokasi": UNUSED,
    "Rencana Masuk Jepang": "entry_from",
    "Tanggal Tutup": "order_closes",
    "Tanggal Wawancara": "interview_on",
    "Min. JLPT": "min_japanese",
    "Gaji": "monthly_wage",
    "Potongan": "deductions",
    "Gaji Bersih": "net_pay",
    "Asrama": UNUSED,
    "Biaya ditanggung peserta": "cost_to_candidate",
    "Status": UNUSED,
    "Catatan": UNUSED,
}
HOSTS = {
    "実習実施者": "name",
    "企業名": "name",
    "常勤職員数": "full_time_staff",
    "優良": "excellent",
    "第１号": "trainees_1",
    "技能実習2号": "trainees_2",
    "技能実習生数": UNUSED,
    "所在地": UNUSED,
    "Jumlah Karyawan Tetap": "full_time_staff",
    "女性用居室": "rooms_women",
    "男性用居室": "rooms_men",
}
SUPERVISORS = {"監理団体コード": "supervisor_id", "育成就労許可": "esd_permit"}
SCHOOLS = {
    **dict.fromkeys(("Kode SO", "SO pengirim", "SO", "送出機関コード", "送出機関"), "school"),
    "Nama SO": "name",
    "送出機関名": "name",
}
DECISIONS = {
    "Keputusan": "action",
    "Kode Peserta": "candidate_id",
    "Job Order": "opening_id",
    "Alasan": "reason",
    "Petugas": "by",
    "Tanggal": "on",
    "No": UNUSED,
}
SHEETS = {
    "bpvp": ("candidates", BPVP),
    "lpk": ("candidates", LPK),
    "by hand": ("candidates", BY_HAND),
    "elsewhere": ("candidates", ELSEWHERE),
    "kumiai": ("openings", KUMIAI_ORDER),
    "order": ("openings", INDONESIAN_ORDER),
    "hosts": ("hosts", HOSTS),
    "supervisors": ("supervisors", SUPERVISORS),
    "schools": ("schools", SCHOOLS),
    "decisions": ("decisions", DECISIONS),
}
# Columns of the person or of the order that enter a rule or a score.
NEVER_USED = (
    *("agama", "religion", "宗教", "pernikahan", "nikah", "marital", "婚姻", "配偶者"),
    *("badan", "height", "weight", "身長", "体重", "golongandarah", "blood", "血液型"),
    *("merokok", "tato", "喫煙", "飲酒", "刺青", "mata", "視力", "disabilitas", "障害"),
    *("tempatlahir", "birthplace", "出身地", "keluarga", "家族", "tangan", "利き手", "penyakit"),
)
ABOUT_CONSENT = "family_consent"  # what the family answered, not who it is
SEX_KEPT_APART = {"sex", "wishes", "seats_men", "seats_women", "rooms_men", "rooms_women"}
SEXES = ("kelamin", "gender", "性別", "男", "女", "lakilaki", "perempuan", "pria", "wanita")


def meant(table: str, header: str) -> str | None:
    """Return the machine name a header is read as, "unused" for those left alone."""
    column = load_form(table).find(header)
    if column is None:
        return None
    return UNUSED if column.kind == UNUSED else column.name


def all_columns() -> list[Column]:
    """Return the columns of every table."""
    return [column for table in FORMS for column in load_form(table).columns]


def test_every_line_belongs_to_a_form_and_is_whole() -> None:
    lines = COLUMNS.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + len(all_columns())
    for column in all_columns():
        texts = [
            *(getattr(column.label, language) for language in LANGUAGES),
            *(getattr(column.note, language) for language in LANGUAGES),
            *column.aliases,
        ]
        assert all(text and text == text.strip() for text in texts), column
        assert "|" not in "".join(column.aliases), column
        assert column.kind in KINDS, column
        assert all(len(getattr(column.note, at)) <= LONGEST_NOTE for at in LANGUAGES), column
        assert bool(column.example) == (column.kind != UNUSED), column
        assert not column.required or column.kept


@pytest.mark.parametrize("table", FORMS)
def test_kept_columns_are_those_that_others_rely_on(table: str) -> None:
    form = load_form(table)
    assert list(form.required) == REQUIRED[table]
    kept = [column.name for column in form.columns if column.kept]
    assert list(form.kept) == kept
    assert Counter(kept) == Counter(REQUIRED[table] + OPTIONAL[table])
    if table != "decisions":  # there the person and the job order stand before the reason
        assert kept == REQUIRED[table] + OPTIONAL[table]
    assert {column.name for column in form.columns if column.kind == "extra"} == EXTRA[table]
    assert form.label == LABELS[table]


@pytest.mark.parametrize("table", FORMS)
def test_no_header_means_two_columns(table: str) -> None:
    form = load_form(table)
    owners: dict[str, str] = {}
    for column in form.columns:
        for spelling in (column.name, *column.spellings):
            assert fold(spelling), f"{column.name}: {spelling} folds to nothing"
            assert owners.setdefault(fold(spelling), column.name) == column.name, spelling
            assert form.find(spelling) is column
        assert form.column(column.name) is column
    assert len({column.name for column in form.columns}) == len(form.columns)


@pytest.mark.parametrize("table", FORMS)
def test_no_alias_says_nothing_new(table: str) -> None:
    for column in load_form(table).columns:
        others = [fold(text) for text in (column.name, column.label.id, column.label.ja)]
        folded = [*others, fold(column.label.en), *map(fold, column.aliases)]
        twice = {text for text, count in Counter(folded).items() if count > 1}
        assert not twice & set(map(fold, column.aliases)), (column.name, twice)


@pytest.mark.parametrize("sheet", SHEETS)
def test_sheets_of_the_field_are_read_as_they_should_be(sheet: str) -> None:
    table, expected = SHEETS[sheet]
    assert {header: meant(table, header) for header in expected} == expected


def test_the_export_of_the_centres_uses_each_column_once() -> None:
    assert len(BPVP) == 33
    used = Counter(name for name in BPVP.values() if name != UNUSED)
    assert set(used.values()) == {1}
    assert {"birth_date", "programme"} <= set(used)


@pytest.mark.parametrize(
    ("header", "other"),
    [
        ("Nama", "Nama Perusahaan/Nama Usaha"),
        ("Nama", "Nama Perusahaan"),
        ("Status Kelulusan", "Status Selesai Pelatihan"),
        ("Status Kelulusan", "Status"),
        ("Status Kebekerjaan", "Status"),
        ("Tanggal Selesai Pelatihan", "Status Selesai Pelatihan"),
        ("Eks Jisshu", "Pernah Bekerja di Luar Negeri"),
        ("Berminat Bekerja di Luar Negeri", "Pernah Bekerja di Luar Negeri"),
        ("Judul Program Pelatihan", "Biaya Pelatihan"),
        ("Provinsi", "Tempat Lahir"),
    ],
)
def test_a_part_of_a_name_is_not_the_name(header: str, other: str) -> None:
    form = load_form("candidates")
    found, instead = form.find(header), form.find(other)
    assert found is not None and found.kept
    assert instead is not None and instead.kind == UNUSED


@pytest.mark.parametrize(
    "header", ["", " ", "※", "---", "*", "P", "L", "Nam", "Nama Barang", "Selesai", "Tanggal"]
)
def test_headers_that_mean_nothing_here(header: str) -> None:
    assert load_form("candidates").find(header) is None


@pytest.mark.parametrize("table", FORMS)
def test_one_letter_is_no_header(table: str) -> None:
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        assert load_form(table).find(letter) is None


def test_fold_knows_no_case_width_space_or_mark() -> None:
    same = ["No. HP", "NO_HP", "no hp*", " Ｎｏ．ＨＰ ", "No\u00a0HP", "no-hp", "\u200bNo/HP"]
    assert {fold(header) for header in same} == {"nohp"}
    assert fold("L/P") == fold("l / p") == "lp"
    assert fold("第１号") == fold("第1号")
    assert fold("ﾌﾘｶﾞﾅ") == "フリガナ"
    assert fold("か\u3099") == "が"


def test_body_family_and_belief_enter_nothing() -> None:
    for column in all_columns():
        if column.kind == UNUSED or column.name in (ABOUT_CONSENT, "birth_place_and_date"):
            continue
        for spelling in column.spellings:
            assert not [word for word in NEVER_USED if word in fold(spelling)], column


def test_sex_enters_no_score() -> None:
    for column in all_columns():
        if column.kind != UNUSED and column.name not in SEX_KEPT_APART:
            for spelling in column.spellings:
                assert not [word for word in SEXES if word in fold(spelling)], column


def test_a_table_that_is_not_declared() -> None:
    with pytest.raises(ValueError, match="no such table"):
        load_form("people")
    assert load_form("hosts").column("seats") is None


def test_forms_are_light() -> None:
    code = "import sys, matcher.forms; print([m for m in ('pandas', 'numpy') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "text", [" " * 1_000_000, "Nama" + " " * 1_000_000 + "(x", "(" * 1_000_000]
)
def test_a_million_signs_are_no_header(text: str) -> None:
    assert load_form("candidates").find(text) is None
    assert load_form("candidates").find(f" {' ' * 1000}Nama ") is not None
