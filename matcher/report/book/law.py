"""The two sheets for the supervising organisation, headed in Japanese first: how many people each
host may take (受入れ人数枠計算), and how prior experience is met (前職要件一覧)."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.language import Name, Words, say
from matcher.report.book.values import Cell, Column, Kind, Page
from matcher.report.content.values import Content, Host, Quota
from matcher.report.sheets.texts import label

PURPLE = "#7030A0"
QUOTA = Name("Kuota penerimaan", "受入れ人数枠計算", "Quotas")
EXPERIENCE = Name("Pengalaman kerja", "前職要件一覧", "Prior experience")
COUNTED = Name("Tanggal data karyawan", "常勤職員数の基準日", "Staff counted on")
BASE = Name("Angka dasar (T1)", "基本人数枠(T1)", "Base number (T1)")
RULE = Name("Aturan", "規則", "Rule")
UNDER = Name("Job order di bawah kuota ini", "対象求人", "Job orders under it")
LIMIT = Name("Batas menurut aturan", "受入れ上限", "Limit by law")
PRESENT = Name("Sudah ada", "在籍者数", "Present")
PROMISED = Name("Sudah dijanjikan", "受入れ決定済み", "Promised")
REQUESTED = Name("Diminta", "申込人数", "Requested")
ALLOWED = Name("Masih dapat diterima", "受入れ可能人数", "Still allowed")
PROPOSED = Name("Diusulkan", "推薦人数", "Proposed")
STATE = Name("Keadaan", "状態", "State")
RECKONED = Name("Cara menghitung", "計算", "How it is reckoned")
TO_ASK = Name("Perlu ditanyakan", "確認事項", "To ask")
NAME = Name("Nama", "氏名", "Name")
WORK = Name("Pekerjaan", "職種・作業", "Work")
ROUTE = Name("Cara memenuhi (T9)", "充足区分(T9)", "Route (T9)")
OPEN = Name("Masih perlu dibuktikan", "要確認", "Still to be shown")
MONTHS = Name("Bulan pengalaman sejenis", "同種業務の経験月数", "Months in the trade")
HOURS = Name("Jam pelatihan", "講習時間数", "Clock hours of training")
TRADE_HOURS = Name(
    "Di antaranya untuk bidang itu", "うち技能等の修得に資する時間", "Of them for the trade"
)
FORM = Name("Formulir", "様式番号", "Form")
ON_FILE = Name("Dokumen yang ada", "提出済み書類", "Paper on file")
YES = Name("ya", "要", "yes")


def quota_page(content: Content) -> Page:
    """Return the sheet of quotas, a row each, with the host's numbers they are reckoned from; a
    host without one has a row too."""
    head = _Head(content.words)
    columns = (
        head("hosts", "host_id"),
        head("hosts", "name", width=18),
        head("hosts", "prefecture", width=10),
        head("hosts", "full_time_staff", kind="whole"),
        head.own(COUNTED, "day"),
        head.own(BASE, "whole"),
        head("hosts", "excellent", width=10),
        *(head("hosts", f"trainees_{stage}", kind="whole") for stage in (1, 2, 3)),
        head("hosts", "esd_people", kind="whole"),
        head("hosts", "promised", kind="whole"),
        head.own(RULE, width=12),
        head.own(LIMIT, "whole"),
        head.own(PRESENT, "whole"),
        head.own(PROMISED, "whole"),
        head.own(REQUESTED, "whole"),
        head.own(ALLOWED, "whole"),
        head.own(PROPOSED, "whole"),
        head.own(STATE, width=12),
        head.own(RECKONED, width=36),
        head.own(UNDER, width=22),
        head.own(TO_ASK, width=60),
        head("hosts", "supervisor", width=22),
    )
    note = say("Per host: its staff, the law's limit, who is there, and how many may still come.")
    rows = tuple(row for host in content.hosts for row in _quotas(host))
    title = head.title(QUOTA)
    told = content.words(note)
    return Page("hosts", title, told, columns, rows, PURPLE, frozen=2, printed=21)


def experience_page(content: Content) -> Page:
    """Return the sheet of how each proposal meets prior experience."""
    head = _Head(content.words)
    columns = (
        head("candidates", "candidate_id", leads="proposals"),
        head.own(NAME),
        head("openings", "opening_id", leads="openings"),
        head("hosts", "name", width=26),
        head.own(WORK, width=28),
        head.own(ROUTE, width=26),
        head.own(OPEN, width=12),
        head.own(MONTHS, "whole"),
        head.own(HOURS, "whole"),
        head.own(TRADE_HOURS, "whole"),
        head.own(FORM, width=14),
        head.own(ON_FILE, width=36),
    )
    yes = content.words(YES)
    rows = tuple(
        (
            *(one.person, one.name, one.opening, one.host, one.work, one.route),
            *(yes if one.open else "", one.months, one.hours, one.trade_hours),
            *(one.form, one.on_file),
        )
        for one in content.experience
    )
    note = content.words(
        say("Proposals of the first stage of TITP; hours are clock hours at entry, as recorded.")
    )
    return Page("experience", head.title(EXPERIENCE), note, columns, rows, PURPLE, frozen=2)


class _Head:
    """Heads of columns in Japanese, with the copy's language (beside Japanese, Indonesian)."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.beside = "id" if words.language == "ja" else words.language

    def __call__(
        self, table: str, column: str, *, kind: Kind = "text", width: int = 24, leads: str = ""
    ) -> Column:
        return self.own(label(table, column), kind, width, leads)

    def own(self, name: Name, kind: Kind = "text", width: int = 24, leads: str = "") -> Column:
        return Column(f"{name.ja}\n{name.within(self.beside)}", kind, width, leads=leads)

    def title(self, name: Name) -> str:
        """Return the sheet's name; the Japanese one is known to its readers in every language."""
        return name.ja if self.words.language == "ja" else f"{name.ja} {self.words(name)}"


def _quotas(host: Host) -> Iterator[tuple[Cell, ...]]:
    own: tuple[Cell, ...] = (
        *(host.id, host.name, host.prefecture, host.staff, host.counted_on, host.base),
        *(host.excellent, *host.present, host.esd_people, host.promised),
    )
    asked = " ".join(host.questions)
    for place, quota in enumerate(host.quotas):
        yield (*own, *_quota(quota), "" if place else asked, host.supervisor)
    if not host.quotas:
        numbers = (None, None, None, host.seats, None, host.filled)
        yield (*own, "", *numbers, "", "", "; ".join(host.openings), asked, host.supervisor)


def _quota(quota: Quota) -> tuple[Cell, ...]:
    return (
        *(quota.rule, quota.limit, quota.present, quota.promised, quota.requested),
        *(quota.ceiling, quota.filled, quota.state, quota.arithmetic, "; ".join(quota.openings)),
    )
