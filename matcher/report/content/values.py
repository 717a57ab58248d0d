"""What a batch says, as plain values in the words of one language: page and workbook only write
them. Scores and parts of scores are whole millionths (given scores whole, as given)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from matcher.language import Words
from matcher.report.sheets.values import Key


@dataclass(frozen=True)
class Figure:
    """A number of the summary with its label; `of` is the whole it is a part of, if any."""

    name: str
    label: str
    value: int
    of: int | None = None


@dataclass(frozen=True)
class Line:
    """One criterion of a breakdown: `part` is "fit", "consideration" or "given"; value and ends per
    mille; `facts` are those behind the value, in sentences."""

    criterion: str
    label: str
    part: str
    value: int
    low: int
    high: int
    weight: int
    contribution: int
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Other:
    """Another job order for a person: what the plan would lose by it (None: not known or none) and
    why it is not proposed (`verdict` the machine name, `why` told)."""

    rank: int
    opening: str
    work: str
    host: str
    score: int
    loss_people: int | None
    loss_points: int | None
    verdict: str
    why: str


@dataclass(frozen=True)
class Ruled:
    """A rule that is not met (`state` "fail") or still to be shown ("unknown"): at the person's own
    job order, or at `openings` of them and for instance at `opening`. Texts but the rule's name are
    "" where only counts are shown."""

    rule: str
    label: str
    state: str
    held: str
    required: str
    source: str
    next: str
    due: date | None
    who: str
    openings: int
    opening: str


@dataclass(frozen=True)
class Card:
    """All that is shown of a person: breakdown of the proposal (empty without one), rules still
    open there, other job orders, rules over all job orders, the moves that would find a host, what
    would be enough in this round, how sure the proposal is, what is on record."""

    lines: tuple[Line, ...]
    open_rules: tuple[Ruled, ...]
    others: tuple[Other, ...]
    rules: tuple[Ruled, ...]
    takes: tuple[str, ...]
    enough: tuple[str, ...]
    sure: tuple[str, ...]
    record: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """A row of the list of people. `id` is as shown (a number that stands for it in a blind copy),
    `name` "" where not recorded or hidden. `state` is the machine name, `told` the state in words.
    Opening, work, host, prefecture are "" without a proposal, score and its parts None.
    `conditions` are the rules still open, `due` the first day by which one is to be shown; `doubts`
    are the reasons to look twice, in words; `stays` in how many draws the proposal is the same;
    `why` of somebody without a host is the reason in one sentence ("" for others)."""

    place: int
    id: str
    name: str
    state: str
    told: str
    centre: str
    school: str
    programme: str
    trade: str
    opening: str
    work: str
    host: str
    prefecture: str
    score: int | None
    low: int | None
    high: int | None
    fit: int | None
    consideration: int | None
    conditions: tuple[str, ...]
    due: date | None
    doubts: tuple[str, ...]
    stays: int | None
    why: str


@dataclass(frozen=True)
class Reserve:
    """Who stands behind the proposals of an opening; `proposed_at` "" where without a host."""

    rank: int
    person: str
    name: str
    score: int
    proposed_at: str


@dataclass(frozen=True)
class RuleCount:
    """How many people one rule refuses, or leaves open, at an opening."""

    label: str
    fails: int
    unknown: int


@dataclass(frozen=True)
class Opening:
    """A job order: `proposed` and `reserves` by shown id; `refused` the rules; `one_more` what one
    seat more adds, in a sentence, `more_people` and `more_points` as numbers (None: not known).
    `closed` seats are closed by quotas or limits."""

    place: int
    id: str
    host: str
    host_id: str
    work: str
    group: str
    prefecture: str
    supervisor: str
    regime: str
    entry: str
    interview: str
    closes: str
    seats: int
    closed: int
    filled: int
    conditional: int
    eligible: int
    proposed: tuple[str, ...]
    reserves: tuple[Reserve, ...]
    refused: tuple[RuleCount, ...]
    one_more: str
    more_people: int | None
    more_points: int | None
    terms: tuple[tuple[str, str], ...]
    record: tuple[str, ...]


@dataclass(frozen=True)
class Quota:
    """One ceiling at a host and how it is reckoned, in a sentence; None where it sets none or is
    not recorded. `requested` are the seats asked for under it, `filled` those proposed."""

    name: str
    rule: str
    openings: tuple[str, ...]
    limit: int | None
    present: int
    promised: int
    requested: int
    ceiling: int | None
    filled: int
    state: str
    arithmetic: str


@dataclass(frozen=True)
class Host:
    """A host with its people, quotas and questions; numbers None where not recorded."""

    place: int
    id: str
    name: str
    prefecture: str
    supervisor: str
    staff: int | None
    counted_on: date | None
    excellent: str
    present: tuple[int | None, int | None, int | None]
    esd_people: int | None
    promised: int | None
    openings: tuple[str, ...]
    seats: int
    closed: int
    filled: int
    conditional: int
    quotas: tuple[Quota, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Centre:
    """A training centre ("" told as not recorded): its people and what is to be shown of them."""

    name: str
    people: int
    present: int
    proposed: int
    conditional: int
    unplaced: int
    held: int
    withdrawn: int
    people_ids: tuple[str, ...]


@dataclass(frozen=True)
class Due:
    """Something to be shown by a day, by somebody, before a proposal is approved."""

    due: date
    who: str
    person: str
    name: str
    opening: str
    label: str
    held: str
    required: str
    source: str


@dataclass(frozen=True)
class Asked:
    """A question after the plan, which leaves nobody out."""

    kind: str
    host: str
    school: str
    openings: tuple[str, ...]
    people: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Decided:
    """A decision on record, as the table of decisions has it; `reason` and `by` are "" in a blind
    copy."""

    action: str
    person: str
    opening: str
    reason: str
    by: str
    on: date


@dataclass(frozen=True)
class Experience:
    """How a proposal meets prior experience (前職要件): route told, numbers, the official form,
    and what paper is on file as far as recorded ("" where nothing is)."""

    person: str
    name: str
    opening: str
    host: str
    work: str
    route: str
    open: bool
    months: int
    hours: int
    trade_hours: int
    form: str
    on_file: str


@dataclass(frozen=True)
class Bar:
    """A bar of a picture: a whole, parts of it by name (in the picture's order), and what else is
    told of it."""

    label: str
    whole: int
    parts: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True)
class Tile:
    """A tile of a map or of a row of tiles: `code` places it (prefectures)."""

    code: str
    label: str
    filled: int
    whole: int


@dataclass(frozen=True)
class Flow:
    """People who go from a programme to a job type."""

    origin: str
    goal: str
    people: int


@dataclass(frozen=True)
class Spread:
    """Fit of the proposals of one trade: how many, and least, quartiles and greatest (millionths,
    exact values of people, lower of two in the middle)."""

    label: str
    people: int
    least: int
    first: int
    middle: int
    third: int
    greatest: int


@dataclass(frozen=True)
class Step:
    """A point of the change-budget curve: with at most so many moves, how many people and points;
    `knee` marks the point where more moves begin to bring little."""

    moves: int
    people: int
    points: int | None
    proved: bool
    knee: bool


@dataclass(frozen=True)
class Pictures:
    """What the pictures show; a picture without values is left out. `funnel` are the steps from
    all people to proposals without conditions, `doubt` how many proposals stay in how many draws
    (bars in order from least sure)."""

    funnel: tuple[Bar, ...]
    fit: tuple[Spread, ...]
    fit_of: int
    groups: tuple[Bar, ...]
    prefectures: tuple[Tile, ...]
    centres: tuple[Tile, ...]
    flow: tuple[Flow, ...]
    curve: tuple[Step, ...]
    doubt: tuple[Bar, ...]


@dataclass(frozen=True)
class Table:
    """A table for reviewers or of a sheet without a form of its own: titles and rows of text, whole
    numbers and days."""

    title: str
    note: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str | int | date, ...], ...]


@dataclass(frozen=True)
class Content:
    """Everything that page and workbook show, in one language.

    `summary` are the sentences to be read out, `asked` what the meeting is asked to decide,
    `notes` what a reader must know of this copy (blind, given scores, rulings). `settings`,
    `problems`, `audit` are tables; `review` are the tables for reviewers (proof, draws, curve,
    checkpoints). `draws` is how many draws the numbers `stays` are of (0: none made). `card_of`
    gives the card of a person by place. `decisions` is empty, and `keys` are not, in a blind copy.
    """

    words: Words
    name: str
    on: date
    title: str
    mark: str
    blind: bool
    given: bool
    figures: tuple[Figure, ...]
    summary: tuple[str, ...]
    asked: tuple[str, ...]
    notes: tuple[str, ...]
    people: tuple[Person, ...]
    openings: tuple[Opening, ...]
    hosts: tuple[Host, ...]
    centres: tuple[Centre, ...]
    dues: tuple[Due, ...]
    doubtful: tuple[int, ...]
    questions: tuple[Asked, ...]
    decisions: tuple[Decided, ...]
    experience: tuple[Experience, ...]
    pictures: Pictures
    settings: Table
    problems: Table
    audit: Table
    review: tuple[Table, ...]
    draws: int
    card_of: Callable[[int], Card]
    keys: tuple[Key, ...]
