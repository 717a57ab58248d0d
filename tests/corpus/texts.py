"""Damage of encodings and characters (C) and of the shape of text files (D)."""

from __future__ import annotations

from typing import Any

from tests.corpus.draft import Draft, Xml, styled
from tests.corpus.harms import (
    CANDIDATES,
    HOSTS,
    OPENINGS,
    book,
    case,
    drop,
    encoded,
    person,
    put,
    rename,
    separated,
    swap,
    text,
)

ONE_OUT: dict[str, Any] = {"rows": (3, 2, 1, 0)}
NONE_READ: dict[str, Any] = {"rows": (0, 0, 0, 0)}
INLINE = '<c t="inlineStr"><is>{}</is></c>'
NAME = "Example Welder One"
ROW = b"Example Welder One"


def whole(draft: Draft) -> None:
    """Write the people's table as it is, last of all."""
    draft.content["candidates.csv"] = draft.as_text(CANDIDATES)


def each_line(draft: Draft) -> None:
    """Put a separator at the end of each row but the header."""
    content = draft.as_text(CANDIDATES).splitlines(keepends=True)
    draft.content["candidates.csv"] = content[0] + b"".join(
        line.replace(b"\n", b",\n") for line in content[1:]
    )


C = (
    case("C1.text", "", text(CANDIDATES, lambda content: b"\xef\xbb\xbf" + content)),
    case(
        "C1.workbook",
        "HEADER_READ_AS",
        rename(CANDIDATES, "candidate_id", "\ufeffcandidate_id"),
        book(),
    ),
    case("C2.marked", "FILE_READ_AS", encoded("utf-16-le", b"\xff\xfe"), separated("\t")),
    case(
        "C2.bare",
        "ENCODING",
        text(CANDIDATES, lambda c: c.decode().encode("utf-16-le")),
        **NONE_READ,
    ),
    case(
        "C2.declared",
        "FILE_READ_AS",
        encoded("utf-16-be"),
        how={"encoding": "utf-16-be"},
    ),
    case(
        "C3",
        "FILE_READ_AS",
        put("C1.name", "髙橋①㈱Ⅲ"),
        lambda draft: text(CANDIDATES, lambda c: c.decode().encode("cp932"))(draft),
        gives={"C1.name": "髙橋①㈱Ⅲ"},
    ),
    case(
        "C4.short",
        "BLANKS FILE_READ_AS HEADER_READ_AS",
        rename(HOSTS, "host_id", "企業番号"),
        drop(
            HOSTS, "name", "full_time_staff", "trainees_1", "trainees_2", "trainees_3", "promised"
        ),
        text(HOSTS, lambda content: content.decode().encode("cp932")),
        table=HOSTS,
        rows=(2, 2, 0, 0),
    ),
    case(
        "C4.quote",
        "ENCODING",
        put("C1.name", "Nur’aini Contoh"),
        text(CANDIDATES, lambda content: content.decode().encode("cp1252")),
        **NONE_READ,
    ),
    case(
        "C4.declared",
        "FILE_READ_AS",
        put("C1.name", "Nur’aini Contoh"),
        text(CANDIDATES, lambda content: content.decode().encode("cp1252")),
        how={"encoding": "cp1252"},
        gives={"C1.name": "Nur’aini Contoh"},
    ),
    case(
        "C4.neither",
        "ENCODING",
        text(CANDIDATES, lambda c: c.replace(b"One", b"On\x80\xff")),
        **NONE_READ,
    ),
    case(
        "C5",
        "FILE_READ_AS HEADER_READ_AS",
        rename(OPENINGS, "entry_from", "入国予定日(～から)"),
        text(OPENINGS, lambda content: content.decode().encode("cp932")),
        table=OPENINGS,
        rows=(2, 2, 0, 0),
    ),
    case(
        "C5.minus",
        "UNKNOWN_NAME",
        put("H1.host_id", "H-1"),
        put("O1.host_id", "H−1"),
        table=OPENINGS,
        rows=(2, 1, 1, 0),
    ),
    case("C6.kanji", "MOJIBAKE", put("C1.name", "鬥ｬ蜷・"), rows=(3, 0, 3, 0)),
    case("C6.latin", "MOJIBAKE", put("C1.centre", "ã‚¤ã‚¤"), rows=(3, 0, 3, 0)),
    case("C6.lost", "MOJIBAKE EMOJI", put("C1.name", "Nur\ufffdaini"), rows=(3, 0, 3, 0)),
    case(
        "C7",
        "WIDTH",
        put("C1.candidate_id", "Ｃ３２０１"),
        put("C2.japanese_level", "Ｎ３"),
        put("C2.training_jp", "６４０"),
        gives={"C3201.sex": "L", "C2.japanese_level": "N3", "C2.training_jp": "640"},
    ),
    case("C7.raised", "NOT_A_NUMBER", put("C1.training_jp", "64²"), **ONE_OUT),
    case(
        "C8",
        "HEADER_READ_AS",
        rename(CANDIDATES, "centre", "ＢＬＫ"),
        put("C1.name", "ﾔﾏﾀﾞ ﾀﾛｳ"),
        gives={"C1.name": "ﾔﾏﾀﾞ ﾀﾛｳ"},
    ),
    case("C8.header", "COLUMN_UNUSED", lambda draft: draft.put("C1.ﾌﾘｶﾞﾅ", "ﾔﾏﾀﾞ")),
    case(
        "C9",
        "SPACES UNSEEN",
        put("C1.name", "\u00a0Example\u3000Welder  One\t"),
        put("C2.name", "Sample\u200b Welder Two"),
        put("C3.candidate_id", " C3 "),
        gives={"C1.name": NAME, "C2.name": "Sample Welder Two", "C3.sex": "P"},
    ),
    case("C10", "COMPOSED", put("C1.name", "か\u3099く"), gives={"C1.name": "がく"}),
    case(
        "C11",
        "",
        put("C1.name", "髙橋 﨑子"),
        person("C4", name="高橋 崎子"),
        gives={"C1.name": "髙橋 﨑子"},
        rows=(4, 4, 0, 0),
    ),
    case(
        "C12",
        "",
        put("C1.name", Xml('<c t="s"><v>0</v></c>')),
        put("C2.name", Xml(INLINE.format("<t>山田次郎</t><rPh sb='0' eb='2'><t>ヤマダ</t></rPh>"))),
        book(shared="<si><t>山田太郎</t><rPh sb='0' eb='2'><t>ヤマダ</t></rPh></si>"),
        gives={"C1.name": "山田太郎", "C2.name": "山田次郎"},
    ),
    case(
        "C13",
        "LINE_BREAK",
        put("C1.name", Xml(INLINE.format("<t>Example_x000D_\nWelder _x005F_x000D_</t>"))),
        gives={"C1.name": "Example Welder _x000D_"},
    ),
    case(
        "C14.text",
        "UNSEEN",
        put("C1.name", "Example\x07 Welder\x1a"),
        gives={"C1.name": "Example Welder"},
    ),
    case(
        "C14.workbook",
        "UNSEEN",
        put("C1.name", Xml(INLINE.format("<t>Exa\x01mple&#x1F; Welder</t>"))),
        gives={"C1.name": "Example Welder"},
    ),
    case("C14.nul", "ENCODING", put("C1.name", "Example\0"), **NONE_READ),
    case(
        "C15.half",
        "MOJIBAKE EMOJI",
        put("C1.name", styled("Example _xD800_ One", 0)),
        rows=(3, 0, 3, 0),
    ),
    case(
        "C15.none", "UNSEEN", put("C1.name", "Example\ufdd0 One"), gives={"C1.name": "Example One"}
    ),
    case("C16", "EMOJI", put("C1.name", "👩‍🏭 Siti"), gives={"C1.name": "👩‍🏭 Siti"}),
    case(
        "C17",
        "UNSEEN",
        put("C1.name", "Siti\u202egnp.exe"),
        put("C2.candidate_id", "C\U000e0041\u20662"),
        gives={"C1.name": "Sitignp.exe", "C2.sex": "P"},
    ),
    case("C18", "TOO_MANY_CELLS CURLY_QUOTES", swap(NAME, "“Example, One”"), **ONE_OUT),
    case("C19.workbook", "CELL_TOO_LONG", put("C1.name", styled("x" * 40_000, 0)), **ONE_OUT),
    case("C19.text", "CELL_TOO_LONG", put("C1.name", "x" * 200_000), **ONE_OUT),
)

D = (
    case("D1.semicolon", "FILE_READ_AS", separated(";")),
    case("D1.tab", "FILE_READ_AS", separated("\t")),
    case("D1.bar", "FILE_READ_AS", separated("|")),
    case(
        "D1.doubt",
        "SEPARATOR",
        text(CANDIDATES, lambda _: b"candidate_id,name\nprogramme;birth_date\n"),
        **NONE_READ,
    ),
    case(
        "D2", "FILE_READ_AS", separated(";"), text(CANDIDATES, lambda content: b"sep=;\n" + content)
    ),
    case(
        "D2.lines",
        "FILE_READ_AS BLANK",
        put("C2.birth_date", ""),
        separated(";"),
        text(CANDIDATES, lambda content: b"sep=;\r\n" + content),
        **ONE_OUT,
    ),
    case(
        "D3",
        "HEADER_READ_AS COLUMN_MISSING KEY_MISSING BLANKS",
        text(CANDIDATES, lambda _: b"nama\nSiti\nBudi\n"),
        rows=(2, 0, 2, 0),
    ),
    case("D4.empty", "EMPTY_CELLS", each_line),
    case("D4.filled", "TOO_MANY_CELLS", swap("081200000001", "081200000001,7"), **ONE_OUT),
    case(
        "D5.required",
        "TOO_FEW_CELLS",
        swap("C2,Sample Welder Two,P,2002", "C2,Sample\nC9,P,P,2002"),
        rows=(4, 3, 1, 0),
    ),
    case("D5.optional", "SHORT_ROW", swap(",3299990105010001,081200000001", "")),
    case("D6.end", "QUOTE_OPEN", swap("Sample", '"Sample'), **NONE_READ),
    case(
        "D6.long",
        "QUOTE_OPEN",
        put("C1.name", '"' + "\n" * 30),
        **NONE_READ,
    ),
    case("D7.after", "NOT_CSV", swap("Sample", '"Sample" W'), **NONE_READ),
    case("D7.inside", "", swap("Sample Welder Two", 'TV 16" Two'), gives={"C2.name": 'TV 16" Two'}),
    case("D8", "LINE_BREAK", put("C1.name", "Example\nWelder One"), gives={"C1.name": NAME}),
    case(
        "D8.list",
        "LIST_MARKS",
        put("C1.wishes_prefectures", "Aichi\nOsaka"),
        gives={"C1.wishes_prefectures": "Aichi; Osaka"},
    ),
    case(
        "D9",
        "LINE_ENDS",
        text(CANDIDATES, lambda c: c.replace(b"\n", b"\r\n", 1).replace(b"\nC3", b"\rC3")),
    ),
    case("D9.mac", "", text(CANDIDATES, lambda content: content.replace(b"\n", b"\r"))),
    case(
        "D10",
        "LIST_MARKS READ_AS",
        put("C1.wishes_prefectures", "Aichi、Osaka／Tokyo"),
        put("C2.wishes_prefectures", "愛知; Osaka"),
        gives={
            "C1.wishes_prefectures": "Aichi; Osaka; Tokyo",
            "C2.wishes_prefectures": "Aichi; Osaka",
        },
    ),
    case("D10.unknown", "UNKNOWN_NAME", put("C1.wishes_prefectures", "Aichi; Osakka"), **ONE_OUT),
    case(
        "D11.comment",
        "HEADER_ROW",
        text(CANDIDATES, lambda c: b"# dibuat 2022\n" + c),
        rows=(4, 3, 0, 1),
    ),
    case(
        "D11.end",
        "TOO_FEW_CELLS",
        text(CANDIDATES, lambda content: content + b"EOF 3\n"),
        rows=(4, 3, 1, 0),
    ),
)
