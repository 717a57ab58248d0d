"""What would do damage on the way out (H), and what no row above has (I): codes that come of the
scenario itself, of decisions, of what people and orders say."""

from __future__ import annotations

from typing import Any

from tests.corpus.harms import (
    CANDIDATES,
    DECISIONS,
    OPENINGS,
    case,
    decide,
    drop,
    files,
    fill,
    no_ids,
    person,
    put,
    rename,
    settings,
    told,
    without,
)

ONE_OUT: dict[str, Any] = {"rows": (3, 2, 1, 0)}
NONE_READ: dict[str, Any] = {"rows": (0, 0, 0, 0)}
ORDER_OUT: dict[str, Any] = {"table": OPENINGS, "rows": (2, 1, 1, 0)}
ORDER_IN: dict[str, Any] = {"table": OPENINGS, "rows": (2, 2, 0, 0)}
OUTCOMES, OBJECTIONS = "outcomes", "objections"
STEPS = "candidate_id,opening_id,state,on,by"
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "@SUM(1)")
SCRIPT = "</script><img src=x onerror=alert(1)>"

H = (
    case(
        "H1",
        "WIDTH",
        fill(CANDIDATES, "name", *FORMULAS),
        fill(CANDIDATES, "candidate_id", "=1+1", "-2", "＝3"),
        gives={"=1+1.name": FORMULAS[0]},
    ),
    case(
        "H1.refused",
        "BLANK",
        fill(CANDIDATES, "name", *FORMULAS),
        put("C2.birth_date", ""),
        **ONE_OUT,
    ),
    case(
        "H2", "", fill(CANDIDATES, "name", SCRIPT, "{x} %s", "&lt;b&gt;"), gives={"C1.name": SCRIPT}
    ),
    case("H3", "BLANKS", put("O1.monthly_wage", ""), **ORDER_IN),
    case("H4", "", put("C1.name", "https://example.org/" + "x" * 2_100)),
    case(
        "H5",
        "BLANK",
        files(CANDIDATES, "Skor1 - nama berkas yang panjang sekali [a].csv"),
        lambda d: d.content.update(
            {
                "Skor1 - nama berkas yang panjang sekali [a].csv": d.as_text(CANDIDATES).replace(
                    b"2001-05-01", b""
                )
            }
        ),
        **ONE_OUT,
    ),
    case(
        "H6",
        "",
        put("C1.candidate_id", "0012"),
        put("C2.candidate_id", "3-2-1"),
        put("C3.candidate_id", "1E5"),
    ),
    case(
        "H7",
        "BLANK",
        put("C1.candidate_id", "568883383628111872"),
        put("C2.birth_date", ""),
        **ONE_OUT,
    ),
    case("H8", ""),
)

OTHERS = (
    case(
        "I1.law",
        "LAW_SETTLED",
        settings(
            "[objective]",
            '[law]\ntitp_hours = { by = "Kumiai Contoh", on = 2022-12-01 }\n[objective]',
        ),
    ),
    case("I1.key", "SETTINGS", settings("[objective]", "surprise = 1\n[objective]"), **NONE_READ),
    case(
        "I1.word",
        "SETTINGS",
        settings("[objective]", '[job_types]\nLas = "9-9-9"\n[objective]'),
        **NONE_READ,
    ),
    case("I2.none", "NO_FILE", files(CANDIDATES, "none.csv"), **NONE_READ),
    case("I2.folder", "FILE_OPEN", files(CANDIDATES, "."), **NONE_READ),
    case("I3.made", "ID_MADE", no_ids),
    case(
        "I3.number",
        "ID_MADE HEADER_READ_AS",
        rename(CANDIDATES, "candidate_id", "No Peserta"),
        gives={"C1.sex": "L"},
    ),
    case("I3.no_key", "KEY_MISSING", drop(CANDIDATES, "candidate_id"), rows=(3, 0, 3, 0)),
    case("I3.nik", "ID_FORM ID_MADE", put("C1.nik", "32999901050100"), no_ids, **ONE_OUT),
    case("I4", "HOSTS_FROM_ORDERS", without("hosts")),
    case(
        "I5.demand",
        "DEMAND_ONLY COLUMN_MISSING",
        rename(OPENINGS, "operation_no", "kejuruan"),
        drop(OPENINGS, "host_id"),
        table=OPENINGS,
        rows=(2, 0, 2, 0),
    ),
    case(
        "I6.summed",
        "SEATS_SUMMED",
        rename(OPENINGS, "seats", "seats_men"),
        **ORDER_IN,
        gives={"O1.seats": "1", "O1.wishes": "laki-laki 1"},
    ),
    case("I7.word", "JOB_TYPE", put("O1.operation_no", "Las"), **ORDER_OUT),
    case(
        "I7.settled",
        "READ_AS",
        put("O1.operation_no", "Las"),
        settings("[objective]", '[job_types]\nLas = "7-7-2"\n[objective]'),
        **ORDER_IN,
        gives={"O1.operation_no": "7-7-2"},
    ),
    case(
        "I7.course",
        "READ_AS",
        put("C1.programme", "Plate Welder SMAW 3G-UP PF Boarding 1"),
        gives={"C1.programme": "las-pelat-smaw-3g"},
    ),
    case("I7.unknown", "UNKNOWN_NAME", put("C1.programme", "las-pelat-gmaw-9g"), **ONE_OUT),
    case(
        "I8.sex",
        "WORD_FORM",
        fill(CANDIDATES, "sex", "Laki-laki", "女", "Perempuan"),
        gives={"C1.sex": "L", "C2.sex": "P"},
    ),
    case("I8.other", "NOT_A_WORD", put("C1.sex", "X"), **ONE_OUT),
    case(
        "I8.status",
        "WORD_FORM",
        put("C1.training_result", "BK"),
        gives={"C1.training_result": "tidak lulus"},
    ),
    case(
        "I9.level",
        "LEVEL_FORM",
        fill(CANDIDATES, "japanese_level", "JFT-Basic A2", "belum pernah tes", "JLPT N3"),
        gives={"C1.japanese_level": "JFT-Basic A2", "C3.japanese_level": "N3"},
    ),
    case("I9.other", "NOT_A_LEVEL", put("C1.japanese_level", "A2"), **ONE_OUT),
    case("I10.list", "LIST_FORM", put("C1.experience", "7-7-2"), **ONE_OUT),
    case("I11.phone", "PHONE", put("C1.phone", "8120 0000 001")),
    case("I11.nik", "NIK_CHECK", put("C1.sex", "P")),
    case("I12.cross", "DATES_CROSS", put("C1.training_end", "2022-10-01"), **ONE_OUT),
    case("I12.after", "AFTER_ON", put("C1.accepted_on", "2022-12-13"), **ONE_OUT),
    case("I12.window", "WINDOW", put("O1.entry_to", ""), **ORDER_OUT),
    case(
        "I12.day",
        "ONE_DAY",
        drop(OPENINGS, "entry_to"),
        **ORDER_IN,
        gives={"O1.entry_to": "2023-04-01"},
    ),
    case("I13.lessons", "MORE_THAN_ALL", put("C1.jp_done", "700")),
    case("I13.minutes", "UNUSUAL", put("C1.minutes_per_jp", "60")),
    case("I13.visa", "VISA_REFUSED", put("C1.coe_refused", "yes")),
    case("I13.blanks", "BLANKS", put("C1.deposit", "")),
    case(
        "I14.esd",
        "REGIME_SETTLED",
        put("O1.entry_from", "2027-05-01"),
        put("O1.entry_to", "2027-05-31"),
        **ORDER_IN,
    ),
    case("I14.least", "OUT_OF_RANGE", put("O2.min_seats", "9"), table=OPENINGS, rows=(2, 1, 1, 0)),
    case("I14.none", "NO_SEATS", put("O1.seats", "0"), **ORDER_IN),
    case(
        "I15.form",
        "DECISION",
        decide(("waive:former_trainee", "C1", "")),
        table=DECISIONS,
        rows=(1, 0, 1, 0),
    ),
    case(
        "I15.lock",
        "LOCK",
        decide(("place", "C1", "O1"), ("place", "C2", "O1")),
        table=DECISIONS,
        rows=(2, 1, 1, 0),
    ),
    case(
        "I15.refused",
        "LOCK_REFUSED",
        decide(("place", "C1", "O2")),
        table=DECISIONS,
        rows=(1, 0, 1, 0),
    ),
    case(
        "I15.capped",
        "LOCK_CAPPED",
        put("H1.trainees_1", "3"),
        decide(("place", "C1", "O1")),
        table=DECISIONS,
        rows=(1, 0, 1, 0),
    ),
    case(
        "I19.step",
        "STEP",
        told(OUTCOMES, STEPS, "C1,O1,offered,2022-12-01,P", "C1,O1,named,2022-12-02,P"),
        table=OUTCOMES,
        rows=(2, 1, 1, 0),
    ),
    case(
        "I19.word",
        "OUTCOME",
        told(
            OUTCOMES,
            f"{STEPS},rank,reason_code",
            "C1,O1,agreed,2022-12-01,P,,travel",
            "C2,O1,offered,2022-12-01,P,1,",
        ),
        table=OUTCOMES,
        rows=(2, 0, 2, 0),
    ),
    case(
        "I19.blank",
        "REASON_MISSING RANK_MISSING",
        told(
            OUTCOMES,
            STEPS,
            "C1,O1,agreed,2022-12-01,P",
            "C1,O1,named,2022-12-02,P",
            "C1,O1,reserve,2022-12-03,P",
            "C2,O1,declined,2022-12-03,P",
        ),
        table=OUTCOMES,
        rows=(4, 4, 0, 0),
    ),
    case(
        "I19.waits",
        "RESERVE_WAITS",
        told(
            OUTCOMES,
            f"{STEPS},rank",
            "C3,O1,agreed,2022-12-01,P,",
            "C3,O1,named,2022-12-02,P,",
            "C3,O1,reserve,2022-12-03,P,1",
        ),
        table=OUTCOMES,
        rows=(3, 3, 0, 0),
    ),
    case(
        "I20.answer",
        "OBJECTION OVERDUE",
        told(
            OBJECTIONS,
            "candidate_id,text,on,outcome",
            "C1,not counted,2022-11-01,",
            "C2,not counted,2022-12-01,upheld",
        ),
        table=OBJECTIONS,
        rows=(2, 1, 1, 0),
    ),
    case(
        "I21.gone",
        "EARLIER_GONE",
        told("earlier", "candidate_id,opening_id", "C1,O1", "C9,O1", "C2,"),
        table="earlier",
        rows=(3, 2, 0, 1),
    ),
    case(
        "I22.none",
        "NO_SCORES CENTRE_NOBODY",
        told("scores", "candidate_id,opening_id,score"),
        table="scores",
        rows=(0, 0, 0, 0),
    ),
    case(
        "I23.floor",
        "SHORTAGE",
        settings("[objective]", '[[limits]]\nby = "host"\nof = "H2"\nmin = 2\n[objective]'),
    ),
    case(
        "I24.ahead",
        "GOES_AHEAD",
        put("O1.seats", "2"),
        put("O1.min_seats", "2"),
        told(
            OUTCOMES,
            STEPS,
            "C1,O1,agreed,2022-11-01,P",
            "C1,O1,named,2022-11-02,P",
            "C1,O1,passed,2022-11-03,P",
        ),
        table=OUTCOMES,
        rows=(3, 3, 0, 0),
    ),
    case(
        "I25.shut",
        "NOT_AHEAD",
        put("O1.seats", "2"),
        put("O1.min_seats", "2"),
        settings("[objective]", '[[limits]]\nby = "host"\nof = "H1"\nmax = 1\n[objective]'),
    ),
    case("I16.skipped", "BLANK SKIPPED", put("C2.birth_date", ""), skip=True, **ONE_OUT),
    case(
        "I18",
        "NOT_A_WORD UNKNOWN_NAME OUT_OF_RANGE NOT_A_DATE",
        put("C1.sex", "3299990105010001"),
        put("C2.wishes_prefectures", "081200000002; A9990001"),
        put("C3.jp_done", "081200000003"),
        put("C3.passport_until", "A9990001"),
        rows=(3, 0, 3, 0),
    ),
    case(
        "I17.nobody",
        "CENTRE_NOBODY",
        *(
            person(
                f"C{n}", "C3", centre="BLK Lain", birth_date=f"1999-07-{n:02}", former_trainee="yes"
            )
            for n in range(4, 15)
        ),
        rows=(14, 14, 0, 0),
    ),
    case(
        "I17.half",
        "HALF_UNKNOWN",
        *(person(f"C{n}", birth_date=f"1999-07-{n:02}", medical="") for n in range(4, 15)),
        rows=(14, 14, 0, 0),
    ),
)
