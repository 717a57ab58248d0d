"""The CSV files of two centres and of the supervising organisation, and its book of hosts."""

import csv
import io
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from draw import Row
from received_cells import (
    Make,
    Value,
    cell,
    form,
    halves,
    japanese_day,
    listed,
    reiwa_day,
    slashed_day,
    thousands,
    wide,
    wide_reiwa_day,
    word,
)
from received_words import (
    CONDITIONS_ID,
    CONDITIONS_JA,
    JOBS_ID,
    JOBS_JA,
    PREFECTURES_JA,
    SKILLS_JA,
)

Layout = Sequence[tuple[str, Make]]
YES_NO_JA = {"ya": "はい", "tidak": "いいえ"}
MARKS_JA = {"ya": "○", "tidak": "×"}
MEN, WOMEN = "laki-laki", "perempuan"
HOSTS_SHEET = "実習実施者"


def _money(text: str) -> Value:
    return thousands(text, ".") + ",00"


REGISTER: Layout = (
    ("Kode Peserta", cell("candidate_id")),
    ("Nama Peserta", cell("name")),
    ("L/P", cell("sex")),
    ("Tgl Lahir", cell("birth_date", slashed_day)),
    (
        "Provinsi Domisili",
        cell("province", word({"DI Yogyakarta": "DIY", "Jawa Tengah": "Jateng"})),
    ),
    ("Asal BLK", cell("centre")),
    ("SO", cell("school")),
    (
        "Nama Program",
        cell(
            "programme",
            word(
                {
                    "prc-hasil-perikanan": "Pengolahan Hasil Perikanan Non Boarding 2",
                    "gar-operator-sewing": "Operator Jahit - Angkatan II",
                    "mfg-mesin-produksi": "Mesin Produksi Kelas B",
                }
            ),
        ),
    ),
    ("Tgl Mulai Pelatihan", cell("training_start", slashed_day)),
    ("Tgl Selesai Pelatihan", cell("training_end", slashed_day)),
    ("Durasi (JP)", cell("training_jp", form("{},0"))),
    ("Menit per JP", cell("minutes_per_jp")),
    ("JP yang sudah ditempuh", cell("jp_done")),
    ("Mulai pelatihan di SO", cell("school_start", slashed_day)),
    ("Selesai pelatihan di SO", cell("school_end", slashed_day)),
    ("Jam pelatihan di SO yang sudah ditempuh", cell("school_hours_done", form("{},0"))),
    ("Jam pelatihan di SO yang masih direncanakan", cell("school_hours_planned", form("{},0"))),
    ("Status Kelulusan", cell("training_result", str.title)),
    ("Kehadiran (%)", cell("attendance", form("{},0"))),
    ("Nilai Akhir", cell("assessment", form("{},00"))),
    ("Sertifikat unit kompetensi", cell("certificates", halves("@", str, slashed_day))),
    ("Keterampilan tambahan (kode:tingkat)", cell("skills")),
    ("Pengalaman (nomor pekerjaan:bulan)", cell("experience")),
    ("Status Bekerja", cell("employment", str.capitalize)),
    ("JLPT", cell("japanese_level", word({"belum tes": "Belum tes"}))),
    ("Tanggal JLPT", cell("japanese_test_date", slashed_day)),
    ("Perkiraan level bahasa Jepang", cell("japanese_expected", halves("@", str, slashed_day))),
    ("Eks Magang Jepang", cell("former_trainee", str.capitalize)),
    ("Pernah Ditolak Visa Jepang", cell("coe_refused", word({"tidak": "Tidak pernah"}))),
    ("Tgl Siap Berangkat", cell("available_from", slashed_day)),
    ("Tanggal Habis Berlaku Paspor", cell("passport_until", slashed_day)),
    ("Hasil MCU", cell("medical", str.upper)),
    ("Izin Keluarga", cell("family_consent", str.capitalize)),
    ("Minat Pekerjaan", cell("wishes_job_types", listed("; ", word(JOBS_ID)))),
    ("Prefektur Pilihan", cell("wishes_prefectures", listed("; "))),
    (
        "Tidak bersedia (kondisi kerja)",
        cell("refuses", listed("; ", word(JOBS_ID | CONDITIONS_ID))),
    ),
    ("Bersedia (kondisi kerja)", cell("accepts", listed("; ", word(CONDITIONS_ID)))),
    ("Bersedia di luar kejuruan", cell("accepts_any_trade", str.capitalize)),
    ("Tgl Diterima", cell("accepted_on", slashed_day)),
    ("Uang jaminan (Rp)", cell("deposit", _money)),
    ("Biaya yang Sudah Dibayar Peserta", cell("cost_to_candidate", _money)),
    ("Persetujuan Data Pribadi", cell("consent_export", str.capitalize)),
    ("Minat Kerja Luar Negeri", cell("wants_abroad", str.capitalize)),
)


def _operation(row: Row) -> Value:
    """Return the operation by its name, or by its number as Japanese keyboards write it."""
    name = row["operation_no"]
    return wide(name) if int(row["opening_id"][2:]) % 4 == 0 else JOBS_JA[name]


def _sex(row: Row) -> str:
    return next((sex for sex in (MEN, WOMEN) if row["wishes"].startswith(sex)), "")


def _seats(sex: str) -> Make:
    """Return what writes the seats: in the column of the sex that the host wishes for, if any."""
    return lambda row: row["seats"] + "名" if _sex(row) == sex else ""


def _other_wishes(row: Row) -> Value:
    rest = row["wishes"].removeprefix(_sex(row)).removeprefix("; ")
    return rest.replace("-", "～") + "歳" if rest else ""


def _skill(text: str) -> Value:
    return str(halves(":", word(SKILLS_JA))(text)).replace(": ", "：").replace("!", "！")


def _conditions(row: Row) -> Value:
    held = [part for part in row["conditions"].split("; ") if part in CONDITIONS_JA]
    return "、".join(CONDITIONS_JA[part] for part in held)


ORDERS: Layout = (
    ("求人番号", cell("opening_id")),
    ("実習実施者コード", cell("host_id")),
    ("制度", cell("regime", word({"titp": "技能実習"}))),
    ("号", cell("stage", word({"i": "1号"}))),
    ("職種・作業", _operation),
    ("募集人数", _seats("")),
    ("男", _seats(MEN)),
    ("女", _seats(WOMEN)),
    ("送出機関", cell("senders", listed("、"))),
    ("都道府県", cell("prefecture", word(PREFECTURES_JA))),
    ("入国予定日(から)", cell("entry_from", reiwa_day)),
    ("入国予定日(まで)", cell("entry_to", wide_reiwa_day)),
    ("締切日", cell("order_closes", lambda text: text.replace("-", "/"))),
    ("面接日", cell("interview_on", japanese_day)),
    ("面接方法", cell("interview_mode", word({"daring": "オンライン", "tatap muka": "対面"}))),
    ("面接倍率", cell("interview_ratio", form("{}倍"))),
    ("最少採用人数", cell("min_seats", form("{}名"))),
    ("日本語要件", cell("min_japanese", form("JLPT {}"))),
    ("求める技能(コード:水準)", cell("skills", listed("、", _skill))),
    ("月額賃金(円)", cell("monthly_wage", lambda text: thousands(text, ",") + "円")),
    ("月間労働時間", cell("monthly_hours", form("{}時間"))),
    ("控除額", cell("deductions", lambda text: thousands(text, ",") + "円")),
    ("手取り額", cell("net_pay", lambda text: thousands(text, ",") + "円")),
    ("契約期間(月数)", cell("contract_months", lambda text: wide(text) + "か月")),
    ("作業内容", cell("work")),
    ("作業条件", _conditions),
    ("夜勤の有無", lambda row: "有" if "night_shift" in row["conditions"] else "無"),
    ("本人負担の残り(ルピア)", cell("cost_to_candidate", lambda text: thousands(text, ","))),
    ("職種不問", cell("any_trade", word(YES_NO_JA))),
    ("企業の希望", _other_wishes),
    ("希望の理由", cell("wish_reason")),
)
HOSTS: Layout = (
    ("実習実施者コード", cell("host_id")),
    ("実習実施者名", cell("name")),
    ("所在地(都道府県)", cell("prefecture", word(PREFECTURES_JA))),
    ("常勤職員数", cell("full_time_staff", form("{}名"))),
    ("優良", cell("excellent", word(MARKS_JA))),
    ("技能実習1号", cell("trainees_1", form("{}名"))),
    ("技能実習2号", cell("trainees_2", form("{}名"))),
    ("技能実習3号", cell("trainees_3", form("{}名"))),
    ("内定者数", cell("promised", wide)),
    ("育成就労", cell("esd_people")),
    ("宿舎定員(女性)", cell("rooms_women", form("{}人"))),
    ("宿舎定員(男性)", cell("rooms_men", form("{}人"))),
)


def write_register(path: Path, people: Sequence[Row]) -> None:
    """Write what Excel saves as CSV in an office whose decimals have a comma."""
    rows = [
        *_rows(REGISTER, people),
        ["JUMLAH", f"{len(people)} orang", *[""] * (len(REGISTER) - 2)],
    ]
    path.write_bytes(("sep=;\r\n" + _text(rows, ";")).encode("utf-8-sig"))


def write_orders(path: Path, orders: Sequence[Row]) -> None:
    """Write the orders as a Japanese Excel saves them."""
    seats = sum(int(order["seats"]) for order in orders)
    width = len(ORDERS)
    rows = [
        ["インドネシア求人一覧（令和4年12月9日現在）", *[""] * (width - 1)],
        *_rows(ORDERS, orders),
        ["合計", *[""] * 4, f"{seats}名", *[""] * (width - 6)],
    ]
    path.write_bytes(_text(rows, ",").encode("cp932"))


def write_hosts(path: Path, hosts: Sequence[Row]) -> None:
    """Write the hosts as an OpenDocument workbook behind a cover sheet."""
    cover = [["見本協同組合（架空の監理団体）"], ["実習実施者名簿"]]
    sheets = _sheet("表紙", cover) + _sheet(HOSTS_SHEET, _rows(HOSTS, hosts))
    parts = {
        "mimetype": ODS,
        "META-INF/manifest.xml": MANIFEST,
        "content.xml": CONTENT.format(sheets=sheets),
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(zipfile.ZipInfo(name, (2022, 12, 9, 8, 0, 0)), text.encode())


ODS = "application/vnd.oasis.opendocument.spreadsheet"
COLUMNS = "table:number-columns-repeated"
NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<manifest:manifest xmlns:manifest="{NAMES}manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<office:document-content xmlns:office="{NAMES}office:1.0" xmlns:table="{NAMES}table:1.0"'
    f' xmlns:text="{NAMES}text:1.0" xmlns:style="{NAMES}style:1.0" office:version="1.2">'
    '<office:automatic-styles><style:style style:name="wide" style:family="table-column">'
    '<style:table-column-properties style:column-width="4.5cm"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
    "{sheets}</office:spreadsheet></office:body></office:document-content>"
)


def _sheet(name: str, rows: Sequence[Sequence[str]]) -> str:
    written = "".join(
        "<table:table-row>" + "".join(map(_cell, row)) + "</table:table-row>" for row in rows
    )
    widths = f'<table:table-column table:style-name="wide" {COLUMNS}="{max(map(len, rows))}"/>'
    return f'<table:table table:name="{escape(name)}">{widths}{written}</table:table>'


def _cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    shown = f"<text:p>{escape(text)}</text:p>"
    return f'<table:table-cell office:value-type="string">{shown}</table:table-cell>'


def _rows(columns: Layout, rows: Sequence[Row]) -> list[list[str]]:
    made = [[str(make(row)) for _, make in columns] for row in rows]
    return [[header for header, _ in columns], *made]


def _text(rows: Sequence[Sequence[str]], separator: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
