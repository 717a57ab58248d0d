"""The columns of three centres' workbooks, in the words of each office."""

from collections.abc import Sequence
from datetime import date

from draw import Row
from received_cells import (
    Make,
    Value,
    age,
    cell,
    form,
    halves,
    hundredth,
    listed,
    long_day,
    nik,
    number,
    real_day,
    rupiah,
    same,
    short_day,
    thousands,
    word,
)
from received_words import (
    CONDITIONS_EN,
    CONDITIONS_ID,
    JOBS_EN,
    JOBS_ID,
    SKILLS_EN,
    SKILLS_ID,
)

Layout = Sequence[tuple[str, Make]]
ON = date(2022, 12, 9)
MARKS = {"ya": "○", "tidak": "×"}
YES_NO = {"ya": "Yes", "tidak": "No"}
WELDING = {"7-7-2": "Las CO2"}
COURSES = {
    "las-pelat-gmaw-3g": ("Plate Welder GMAW 3G-UP/PF Boarding 1", "Plate Welder GMAW 3G UP PF "),
    "mfg-operator-cnc": ("Operator Mesin CNC Non Boarding 1", "  -  Operator Mesin CNC"),
    "ref-ac-residential": (
        "Teknisi AC Resedential Boarding 2",
        "Teknisi AC Residential Boarding 2",
    ),
}
FIELDS = {
    "las-pelat-gmaw-3g": "Teknik Las",
    "mfg-operator-cnc": "Teknik Manufaktur",
    "ref-ac-residential": "Refrigerasi dan Tata Udara",
}


def _course(row: Row) -> Value:
    return COURSES[row["programme"]][int(row["candidate_id"][1:]) % 5 == 0]


# The 33 columns of the export, then those that the office put behind them.
BEKASI: Layout = (
    ("KODE TRANSAKSI", cell("candidate_id")),
    ("Nama*", cell("name", str.upper)),
    ("NIK", nik),
    ("No. HP", cell("candidate_id", lambda text: f"0812-0000-0{text[1:]}")),
    ("Email", cell("candidate_id", lambda text: f"{text.lower()}@contoh.example")),
    ("Jenis Kelamin*", cell("sex")),
    ("Alamat", same("Jl. Contoh")),
    ("Tempat Lahir", same("Kota Contoh")),
    ("Tanggal Lahir*", cell("birth_date", real_day)),
    ("Usia*", lambda row: age(row, ON)),
    ("Pendidikan Terakhir", same("")),
    ("Disabilitas Tipe Disabilitas *", same("")),
    ("Pernah Bekerja di Luar Negeri", same("")),
    ("Berminat Bekerja di Luar Negeri", cell("wants_abroad", str.title)),
    ("Judul Program Pelatihan*", _course),
    ("Kejuruan*", cell("programme", word(FIELDS))),
    ("Metode Pelatihan", same("Luring")),
    ("Jenis Pelatihan*", same("Pelatihan Berbasis Kompetensi (PBK)")),
    ("Angkatan", same("I")),
    ("Durasi (JP)", cell("training_jp", number)),
    ("Biaya Pelatihan", same("APBN")),
    ("Tanggal Mulai Pelatihan", cell("training_start", real_day)),
    ("Tanggal Selesai Pelatihan", cell("training_end", real_day)),
    ("Absensi", cell("attendance", hundredth)),
    ("Status Selesai Pelatihan", same("Belum Selesai")),
    ("Status Kelulusan*", cell("training_result", str.title)),
    ("Sumber Anggaran", same("APBN")),
    ("Status Kebekerjaan*", cell("employment", str.title)),
    ("Nama Perusahaan/Nama Usaha", same("")),
    ("Lokasi Penempatan (Kota/Kab)*", same("")),
    ("Status", same("")),
    ("jabatan", same("")),
    ("Tanggal Penempatan", same("")),
    ("Provinsi", cell("province", word({"DKI Jakarta": "DKI", "Jawa Barat": "Jabar"}))),
    ("BPVP", cell("centre")),
    ("Kode SO", cell("school")),
    ("Menit/JP", cell("minutes_per_jp", number)),
    ("JP Selesai", cell("jp_done", number)),
    ("Tgl Mulai Pelatihan di SO", cell("school_start", real_day)),
    ("Tgl Selesai Pelatihan di SO", cell("school_end", real_day)),
    ("Jam pelatihan di SO yang sudah ditempuh", cell("school_hours_done", number)),
    ("Jam pelatihan di SO yang masih direncanakan", cell("school_hours_planned", number)),
    ("Nilai Akhir", cell("assessment", number)),
    (
        "Unit Kompetensi Bersertifikat",
        cell("certificates", lambda text: text.replace("LAS01", "LASO1")),
    ),
    ("Keterampilan tambahan (kode:tingkat)", cell("skills")),
    ("Pengalaman (nomor pekerjaan:bulan)", cell("experience")),
    ("Level JLPT", cell("japanese_level", word({"belum tes": "Belum tes"}))),
    ("Tanggal Ujian JLPT", cell("japanese_test_date", real_day)),
    ("Perkiraan level bahasa Jepang", cell("japanese_expected")),
    ("Eks Jisshu", cell("former_trainee", str.title)),
    ("Pernah Ditolak COE", cell("coe_refused", str.title)),
    ("Tgl Siap Berangkat", cell("available_from", real_day)),
    ("Paspor Berlaku s/d", cell("passport_until", short_day)),
    ("MCU", cell("medical", str.title)),
    ("Izin Orang Tua/Wali", cell("family_consent", str.title)),
    ("Minat Pekerjaan", cell("wishes_job_types", listed(", ", word(JOBS_ID | WELDING)))),
    ("Prefektur Pilihan", cell("wishes_prefectures", listed(", "))),
    ("Kondisi yang Ditolak", cell("refuses", listed(", ", word(CONDITIONS_ID)))),
    ("Kondisi yang Diterima", cell("accepts", listed(", ", word(CONDITIONS_ID)))),
    ("Bersedia Semua Bidang", cell("accepts_any_trade", str.title)),
    ("Tgl Diterima", cell("accepted_on", real_day)),
    ("Uang Jaminan", cell("deposit", number)),
    ("Biaya yang Sudah Dibayar", cell("cost_to_candidate", number)),
    ("Persetujuan Data Pribadi", cell("consent_export", str.title)),
)
MAKASSAR: Layout = (
    ("No Peserta", cell("candidate_id")),
    ("Nama", cell("name")),
    ("Nama Katakana", same("-")),
    ("Angkatan", same("I")),
    ("TTL", cell("birth_date", lambda text: f"Kota Contoh, {long_day(text)}")),
    ("Usia", lambda row: f"{age(row, ON)} th"),
    ("JK", cell("sex", word({"L": "Laki-laki", "P": "Perempuan"}))),
    *(
        (header, same("-"))
        for header in (
            *("Agama", "Status Pernikahan", "Tinggi Badan", "Berat Badan", "Golongan Darah"),
            *("Ukuran Sepatu / Kepala / Pinggang", "Mata Kanan / Kiri", "Buta Warna", "Merokok"),
            *("Minum Sake", "Penggunaan Tangan", "Target Menabung", "Lama Belajar"),
        )
    ),
    ("MCU", cell("medical", word({"fit": "Layak kerja", "pending": "Menunggu hasil"}))),
    ("Nama SO", cell("school")),
    ("Nama Kumiai", same("-")),
    ("Perkiraan Masuk Jepang", same("-")),
    ("Asal Provinsi", cell("province", word({"Sulawesi Selatan": "Sulsel"}))),
    ("Asal BLK", cell("centre")),
    (
        "Program Pelatihan",
        cell(
            "programme",
            word(
                {
                    "las-pelat-smaw-3g": "Las SMAW 3G Pelat Angkatan II",
                    "oto-kendaraan-ringan": "Otomotif Kendaraan Ringan (Batch 2)",
                }
            ),
        ),
    ),
    ("Mulai Pelatihan", cell("training_start", long_day)),
    ("Tanggal Akhir Pelatihan", cell("training_end", long_day)),
    ("Total JP", cell("training_jp", form("{} JP"))),
    ("1 JP (menit)", cell("minutes_per_jp", form("{} menit"))),
    ("JP Ditempuh", cell("jp_done", form("{} JP"))),
    ("Tanggal Mulai Pelatihan di SO", cell("school_start", long_day)),
    ("Tanggal Selesai Pelatihan di SO", cell("school_end", long_day)),
    ("Jam pelatihan di SO yang sudah ditempuh", cell("school_hours_done", form("{} jam"))),
    ("Jam pelatihan di SO yang masih direncanakan", cell("school_hours_planned", form("{} jam"))),
    ("Kelulusan", cell("training_result", str.title)),
    ("Kehadiran (%)", cell("attendance", form("{}%"))),
    ("Nilai Pelatihan", cell("assessment")),
    ("Sertifikat Unit SKKNI", cell("certificates", listed("; ", halves("@", str, long_day)))),
    ("Keterampilan tambahan", cell("skills", listed("; ", halves(":", word(SKILLS_ID))))),
    (
        "Pengalaman (nomor pekerjaan:bulan)",
        cell("experience", listed("; ", halves(":", word(JOBS_ID), form("{} bulan")))),
    ),
    ("Bahasa Jepang", cell("japanese_level", word({"belum tes": "belum pernah tes"}))),
    ("Tgl Ujian JLPT", cell("japanese_test_date", long_day)),
    ("Perkiraan level bahasa Jepang", cell("japanese_expected", halves("@", str, long_day))),
    ("Eks Jisshu", cell("former_trainee", word(MARKS))),
    ("COE Pernah Ditolak", cell("coe_refused", word(MARKS))),
    ("Tersedia Mulai", cell("available_from", long_day)),
    ("Masa Berlaku Paspor", cell("passport_until", long_day)),
    ("Izin Orang Tua", cell("family_consent", word({"ya": "✓", "tidak": "×"}))),
    (
        "Peminatan Pekerjaan",
        cell("wishes_job_types", listed("\n", word(JOBS_ID | {"7-7-1": "Las"}))),
    ),
    ("Prefektur yang diminati", cell("wishes_prefectures", listed("\n"))),
    (
        "Tidak bersedia (kondisi kerja)",
        cell("refuses", listed("\n", word(JOBS_ID | CONDITIONS_ID))),
    ),
    ("Bersedia (kondisi kerja)", cell("accepts", listed("\n", word(CONDITIONS_ID)))),
    ("Bersedia di Bidang Lain", cell("accepts_any_trade", word(MARKS))),
    ("Tanggal Diterima", cell("accepted_on", long_day)),
    ("Uang Jaminan", cell("deposit", rupiah)),
    ("Biaya Dibayar Peserta", cell("cost_to_candidate", rupiah)),
    ("Status Kerja", cell("employment")),
    ("Persetujuan Data", cell("consent_export", word({"ya": "✓", "tidak": "×"}))),
    ("Minat Luar Negeri", cell("wants_abroad", word({"ya": "✓", "tidak": "×"}))),
)
MEDAN: Layout = (
    ("Candidate ID", cell("candidate_id")),
    ("Full Name", cell("name")),
    ("DOB", cell("birth_date")),
    ("Gender", cell("sex", word({"L": "Male", "P": "Female"}))),
    ("Home Province", cell("province", word({"Sumatera Utara": "North Sumatra"}))),
    ("Training Center", cell("centre")),
    ("Sending Organization", cell("school")),
    (
        "Course Name",
        cell(
            "programme",
            word(
                {
                    "las-pelat-smaw-3g": "Plate Welder SMAW 3G UP PF Batch 3",
                    "kes-caregiver": "Care Giver",
                }
            ),
        ),
    ),
    ("Training Start Date", cell("training_start")),
    ("Training End Date", cell("training_end")),
    ("Training length (JP)", cell("training_jp", form("{} JP"))),
    ("Minutes per JP", cell("minutes_per_jp", form("{} minutes"))),
    ("JP done so far", cell("jp_done", form("{} JP"))),
    ("School lessons start", cell("school_start")),
    ("School lessons end", cell("school_end")),
    ("School hours done", cell("school_hours_done", form("{} hours"))),
    ("School hours still planned", cell("school_hours_planned", form("{} hours"))),
    ("Training result", cell("training_result", word({"dalam proses": "In progress"}))),
    ("Attendance (%)", cell("attendance", form("{} %"))),
    ("Assessment (0-100)", cell("assessment", form("{}.0"))),
    ("Unit certificates", cell("certificates", listed("\n"))),
    ("Further skills", cell("skills", listed("、", halves(":", word(SKILLS_EN))))),
    (
        "Experience (job type: months)",
        cell("experience", listed("、", halves(":", word(JOBS_EN), form("{} months")))),
    ),
    ("Employment now", cell("employment")),
    (
        "JLPT Level",
        cell(
            "japanese_level",
            word({"belum tes": "not yet tested", "N5": "JLPT N5", "N4": "JLPT N4"}),
        ),
    ),
    ("Japanese test date", cell("japanese_test_date")),
    ("Japanese level expected", cell("japanese_expected")),
    ("Former trainee in Japan", cell("former_trainee", word(YES_NO))),
    ("COE refused before", cell("coe_refused", word(YES_NO))),
    ("Available from", cell("available_from")),
    ("Passport Expiry", cell("passport_until")),
    ("Medical check", cell("medical", word({"fit": "Fit to work"}))),
    ("Family consent", cell("family_consent", word(YES_NO))),
    ("Job types wished for", cell("wishes_job_types", listed("、\n", word(JOBS_EN)))),
    ("Prefectures wished for", cell("wishes_prefectures", listed("、"))),
    ("Does not accept", cell("refuses", listed("、", word(JOBS_EN | CONDITIONS_EN)))),
    ("Accepts", cell("accepts", listed("、", word(CONDITIONS_EN)))),
    ("Accepts any trade", cell("accepts_any_trade", word(YES_NO))),
    ("Accepted on", cell("accepted_on")),
    ("Deposit (Rp)", cell("deposit", lambda text: "IDR " + thousands(text, ","))),
    (
        "Paid by the person so far (Rp)",
        cell("cost_to_candidate", lambda text: "IDR " + thousands(text, ",")),
    ),
    ("Consent to pass data on", cell("consent_export", word(YES_NO))),
    ("Wants to work abroad", cell("wants_abroad", word(YES_NO))),
    ("Mentor", same("Instruktur Contoh")),
    ("Locker", cell("candidate_id", lambda text: f"L{int(text[1:]) % 40 + 1}")),
)
