"""The cards of the lists as blocks: `(kind, heading, …)`, which the page's script draws.

Blocks: `facts` (label, kind, value), `list` (sentences), `table` (rows, one of `fields.TABLES`),
`waterfall` (see `waterfall.Bar`) and `grounds` (label, sentences), which are folded up. A block
without anything to show is left out."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.language import Phrase, Words, say
from matcher.report.content.values import Card, Centre, Content, Host, Opening, Person, Ruled
from matcher.report.page.fields import titled
from matcher.report.page.links import Places
from matcher.report.page.rows import RULE_STATES, told_state
from matcher.report.page.waterfall import build_waterfall
from matcher.report.words import STATES

Block = tuple[object, ...]  # of tuples all through: the packet notes how each is written
Blocks = list[Block]
ABOUT = (
    (say("state"), "state"),
    (say("job order"), "openings"),
    (say("work"), "text"),
    (say("host"), "hosts"),
    (say("prefecture"), "text"),
    (say("centre"), "text"),
    (say("sending organisation"), "text"),
    (say("programme"), "text"),
    (say("trade"), "text"),
)
NOBODY = say("Nobody is proposed here so far.")


def list_cards(
    content: Content, kind: str, first: int, last: int | None, places: Places
) -> list[Blocks]:
    """Return the cards of one list from place `first` up to `last` (None: to its end)."""
    part, words = slice(first, last), content.words
    match kind:
        case "people":
            people = content.people[part]
            cards = (content.card_of(place) for place in range(first, first + len(people)))
            return [show_person(*one, content, places) for one in zip(people, cards, strict=True)]
        case "openings":
            return [show_opening(one, content, places) for one in content.openings[part]]
        case "hosts":
            return [show_host(one, content, places) for one in content.hosts[part]]
        case _:
            return [show_centre(one, words, content, places) for one in content.centres[part]]


def show_person(person: Person, card: Card, content: Content, places: Places) -> Blocks:
    """Return the card of a person."""
    words = content.words
    others = [
        (
            *(places.link("openings", one.opening) or one.opening, one.work, one.host),
            *(one.score, one.loss_people, one.loss_points, one.why),
        )
        for one in card.others
    ]
    given = [line for line in card.lines if line.part not in ("fit", "consideration")]
    bars = tuple(build_waterfall(card.lines, words))
    facts = [(line.label, "number", line.contribution) for line in given]
    return _kept(
        ("facts", "", (*_about(person, places, words), *facts)),
        _said(say("Why without a host so far"), person.why, words),
        ("list", titled(say("Look twice"), words), person.doubts),
        ("waterfall", titled(say("How the score comes about"), words), bars),
        ("grounds", titled(say("The facts behind the values"), words), _grounds(card)),
        _table(say("To be shown before approval"), "rules", _open_rules(card), words),
        ("list", titled(say("How sure this is"), words), card.sure),
        _table(say("Other job orders"), "others", others, words),
        _overall(card.rules, places, words),
        ("list", titled(say("What it would take"), words), card.takes),
        ("list", titled(say("What would be enough in this round"), words), card.enough),
        ("list", titled(say("On record"), words), card.record),
    )


def show_opening(opening: Opening, content: Content, places: Places) -> Blocks:
    """Return the card of a job order: who is proposed, reserves, whom each rule refuses, what one
    seat more adds."""
    words = content.words
    reserves = [
        (
            *(one.rank, places.person(one.person), one.score),
            places.link("openings", one.proposed_at) or words(STATES["unplaced"]),
        )
        for one in opening.reserves
    ]
    refused = [(rule.label, rule.fails, rule.unknown) for rule in opening.refused]
    facts = (
        *((titled(label, words), kind, value) for label, kind, value in _order(opening, places)),
        *((label, "text", value) for label, value in opening.terms),
    )
    proposed = [_proposed(key, content, places) for key in opening.proposed]
    return _kept(
        ("facts", "", facts),
        _said(say("Proposed here"), "" if proposed else words(NOBODY), words),
        _table(say("Proposed here"), "proposed", proposed, words),
        _table(say("Reserves"), "reserves", reserves, words),
        _said(say("One seat more"), opening.one_more, words),
        _table(say("Whom each rule leaves out"), "refused", refused, words),
        ("list", titled(say("On record"), words), opening.record),
    )


def show_host(host: Host, content: Content, places: Places) -> Blocks:
    """Return the card of a host: its people, each quota and how it is reckoned, questions."""
    words = content.words
    quotas = [
        (
            *(one.name, one.rule, one.openings, one.limit, one.present, one.promised),
            *(one.requested, one.ceiling, one.filled, one.arithmetic, one.state),
        )
        for one in host.quotas
    ]
    stages = zip((say("stage i"), say("stage ii"), say("stage iii")), host.present, strict=True)
    numbers: list[tuple[Phrase, str, object]] = [
        (say("full-time staff"), "number", host.staff),
        (say("counted on"), "day", host.counted_on),
        (say("base number for its staff (T1)"), "number", host.base),
        (say("excellent"), "text", host.excellent),
        *((say("present, {stage}", stage=stage), "number", n) for stage, n in stages),
        (say("people present under ESD"), "number", host.esd_people),
        (say("promised"), "number", host.promised),
    ]
    orders = []
    for key in host.openings:
        place = places.of["openings"].get(key)
        one = content.openings[place] if place is not None else None
        told = (one.work, one.seats, one.filled) if one else ("", None, None)
        orders.append((places.link("openings", key) or key, *told))
    return _kept(
        ("facts", "", tuple((titled(label, words), *told) for label, *told in numbers)),
        ("list", titled(say("To be answered"), words), host.questions),
        _table(say("Quotas"), "quotas", quotas, words),
        _table(say("Job orders"), "orders", orders, words),
    )


def show_centre(centre: Centre, words: Words, content: Content, places: Places) -> Blocks:
    """Return the card of a training centre: its people."""
    rows = []
    for key in centre.people_ids:
        one = content.people[places.of["people"][key]]
        opening = places.link("openings", one.opening)
        rows.append((places.person(key), (one.state, one.told), opening, one.score))
    return _kept(_table(say("candidates"), "members", rows, words))


def _about(person: Person, places: Places, words: Words) -> list[Block]:
    told = (
        (person.state, person.told),
        places.link("openings", person.opening),
        person.work,
        places.host_of(person.opening, person.host),
        person.prefecture,
        person.centre,
        person.school,
        person.programme,
        person.trade,
    )
    return [
        (titled(label, words), kind, value)
        for (label, kind), value in zip(ABOUT, told, strict=True)
        if value
    ]


def _grounds(card: Card) -> Block:
    return tuple((line.label, line.facts) for line in card.lines if line.facts)


def _open_rules(card: Card) -> list[Block]:
    return [
        (one.label, one.held, one.required, one.next, one.due, one.who, one.source)
        for one in card.open_rules
    ]


def _overall(rules: Sequence[Ruled], places: Places, words: Words) -> Block:
    """Return the rules over all job orders, with the first case where texts are shown."""
    title = say("Rules over all job orders")
    texts = any(one.held or one.required or one.next for one in rules)
    states = {state: told_state(state, RULE_STATES, words) for state in RULE_STATES}
    rows: Blocks = []
    for one in rules:
        row: Block = (one.label, states[one.state], one.openings)
        if texts:
            at = places.link("openings", one.opening) or one.opening
            row = (*row, at, one.held, one.required, one.next, one.source)
        rows.append(row)
    return _table(title, "refusals" if texts else "counts", rows, words)


def _order(opening: Opening, places: Places) -> list[tuple[Phrase, str, object]]:
    told: list[tuple[Phrase, str, object]] = [
        (say("work"), "text", opening.work),
        (say("host"), "hosts", places.host_of(opening.id, opening.host)),
        (say("prefecture"), "text", opening.prefecture),
        (say("supervising organisation"), "text", opening.supervisor),
        (say("regime"), "text", opening.regime),
        (say("entry from"), "day", opening.entry_from),
        (say("entry by"), "day", opening.entry_to),
        (say("interview"), "day", opening.interview),
        (say("closing date of the order"), "day", opening.closes),
    ]
    numbers: list[tuple[Phrase, str, object]] = [
        (say("seats on order"), "number", opening.seats),
        (say("closed by quota or limit"), "number", opening.closed),
        (say("proposed"), "number", opening.filled),
        (say("of these conditional"), "number", opening.conditional),
    ]
    return [one for one in told if one[2]] + numbers


def _proposed(key: str, content: Content, places: Places) -> Block:
    one = content.people[places.of["people"][key]]
    return (places.person(key), (one.state, one.told), one.score, one.fit, one.conditions)


def _said(title: Phrase, text: str, words: Words) -> Block:
    return ("list", titled(title, words), (text,) if text else ())


def _table(title: Phrase, form: str, rows: Sequence[Block], words: Words) -> Block:
    return ("table", titled(title, words), tuple(rows), form)


def _kept(*blocks: Block) -> Blocks:
    return [block for block in blocks if block[2]]
