"""The CSV files of two centres, of the supervising organisation and of the sending schools."""

import csv
import io
from collections.abc import Sequence
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
PERMITS_JA = {"general": "一般監理事業", "specific": "特定監理事業"}
COUNTRIES_JA = {"Indonesia": "インドネシア", "Vietnam": "ベトナム"}
PROVINCES_ID = {"Jawa Barat": "Jabar", "Jawa Tengah": "Jateng", "Sumatera Utara": "Sumut"}
MEN, WOMEN = "laki-laki", "perempuan"


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
    ("事業所コード", cell("establishment_id")),
    ("監理団体コード", cell("supervisor_id")),
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
SUPERVISORS: Layout = (
    ("監理団体番号", cell("supervisor_id")),
    ("監理団体名", cell("name")),
    ("許可区分", cell("permit", word(PERMITS_JA))),
    ("許可の有効期限", cell("permit_until", reiwa_day)),
    ("受入れ国", cell("countries", listed("、", word(COUNTRIES_JA)))),
    ("職種コード", cell("categories", listed("、", wide))),
)
SCHOOLS: Layout = (
    ("No", cell("school", lambda text: str(int(text.removeprefix("S-"))))),
    ("Kode SO", cell("school")),
    ("Nama LPK", cell("name", str.upper)),
    ("Izin SO", cell("licence", word({"titp": "Magang teknis"}))),
    ("Daya Tampung", cell("class_size", form("{} orang"))),
    ("Provinsi SO", cell("province", word(PROVINCES_ID))),
)


def write_register(path: Path, people: Sequence[Row]) -> None:
    """Write what Excel saves as CSV in an office whose decimals have a comma."""
    rows = [
        *rows_of(REGISTER, people),
        ["JUMLAH", f"{len(people)} orang", *[""] * (len(REGISTER) - 2)],
    ]
    path.write_bytes(("sep=;\r\n" + _text(rows, ";")).encode("utf-8-sig"))


def write_orders(path: Path, orders: Sequence[Row]) -> None:
    """Write the orders as a Japanese Excel saves them."""
    seats = sum(int(order["seats"]) for order in orders)
    width = len(ORDERS)
    rows = [
        ["インドネシア求人一覧（令和4年12月9日現在）", *[""] * (width - 1)],
        *rows_of(ORDERS, orders),
        ["合計", *[""] * 4, f"{seats}名", *[""] * (width - 6)],
    ]
    path.write_bytes(_text(rows, ",").encode("cp932"))


def write_supervisors(path: Path, supervisors: Sequence[Row]) -> None:
    """Write the supervising organisations as a Japanese Excel saves them."""
    title = ["監理団体一覧", *[""] * (len(SUPERVISORS) - 1)]
    path.write_bytes(_text([title, *rows_of(SUPERVISORS, supervisors)], ",").encode("cp932"))


def write_schools(path: Path, schools: Sequence[Row]) -> None:
    """Write the sending schools as an office in Indonesia saves them."""
    path.write_bytes(_text(rows_of(SCHOOLS, schools), ";").encode("utf-8-sig"))


def rows_of(columns: Layout, rows: Sequence[Row]) -> list[list[str]]:
    """Return the header and the rows as the columns of a layout write them."""
    made = [[str(make(row)) for _, make in columns] for row in rows]
    return [[header for header, _ in columns], *made]


def _text(rows: Sequence[Sequence[str]], separator: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
