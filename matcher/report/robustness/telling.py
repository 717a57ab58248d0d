"""How sure a plan is, in words: what was done, the queue of reviewers, and the other views."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.assign.divisions import MILP
from matcher.language import Fact, Phrase, Words, say
from matcher.report.robustness.tables import table_weights
from matcher.report.titled import Titles, titled
from matcher.report.words import CRITERION_NAMES, RULE_NAMES
from matcher.sure import Doubt, Flip, Robustness
from matcher.sure.draws import LEAST, MOST

SHOWN = 20
WITHOUT = say("without a host so far")
BY_MILP = say(
    "Limits that no tree holds have a solver choose each plan: that none is better is then not"
    " proved."
)


def tell_work(found: Robustness, words: Words) -> str:
    """Return what was done and how many proposals stay, as one paragraph."""
    draws, flips, counts = found.draws, found.flips, found.counts
    if draws is None or flips is None:
        given = say(
            "The scores of this batch are given: there are no weights to draw or to change. What"
            " is still to be shown and what the lottery decided is told of {n} proposals.",
            n=counts["proposals"],
        )
        return words(given) + "\n"
    told = [
        _tell_draws(found, len(draws.weights)),
        say(
            "Of {n} proposals {all} stay in every draw, {most} in at least 95 of 100 draws, {few}"
            " in fewer than 50 of 100.",
            n=counts["proposals"],
            all=counts["stay_in_all"],
            most=counts["stay_in_95"],
            few=counts["stay_under_50"],
        ),
        _tell_steps(flips.step),
        *([BY_MILP] if found.result.plan.method == MILP else []),
    ]
    if draws.without:
        without = say(
            "In {n} draws no plan was found that keeps every limit: no proposal stays there.",
            n=draws.without,
        )
        told.insert(1, without)
    return " ".join(words(each) for each in told) + "\n"


def _tell_draws(found: Robustness, drawn: int) -> Phrase:
    settings = found.result.problem.settings
    facts: dict[str, Fact] = {"n": drawn, "least": LEAST, "most": MOST, "seed": settings.seed}
    if found.result.stable:
        return say(
            "Weights drawn {n} times around the chosen ones: each is taken times a whole per cent"
            " from {least} to {most}, every one as likely, and all are scaled to 1000 together; of"
            " each draw the stable plan is found, the best of no objective, as this one is, the"
            " lottery included. The draws follow from the lottery number {seed}, so that anybody"
            " can make them again.",
            **facts,
        )
    return say(
        "Weights drawn {n} times around the chosen ones: each is taken times a whole per cent"
        " from {least} to {most}, every one as likely, and all are scaled to 1000 together; of"
        " each draw the best plan is found, the lottery included. The draws follow from the"
        " lottery number {seed}, so that anybody can make them again.",
        **facts,
    )


def _tell_steps(step: int) -> Phrase:
    if step == 1:
        return say(
            "Each weight is also changed alone, per mille by per mille, the others in proportion."
        )
    return say(
        "Each weight is also changed alone in steps of {step} per mille, the others in proportion:"
        " a change may come earlier within a step.",
        step=step,
    )


def tell_first(found: Robustness, words: Words) -> str:
    """Return the beginning of the queue, and those without a host whom other weights propose."""
    proposals, waiting = found.proposals, _hosted(found)
    title = say("The most doubtful of {n} proposals", n=len(proposals))
    parts = [_list_proposals(found, proposals[:SHOWN], title, words)]
    if waiting:
        title = say("Without a host so far, and proposed under other weights")
        parts.append(_list_waiting(found, waiting[:SHOWN], title, words))
    if max(len(proposals), len(waiting)) > SHOWN:
        more = say("All of them: `matcher robustness BATCH queue`.")
        parts.append(words(more) + "\n")
    return "\n".join(parts)


def _hosted(found: Robustness) -> tuple[Doubt, ...]:
    return tuple(doubt for doubt in found.without_host if doubt.hosted)


def tell_queue(found: Robustness, words: Words) -> str:
    """Return everybody who takes part, the most doubtful proposals first."""
    title = say("Proposals, the most doubtful first")
    parts = [_list_proposals(found, found.proposals, title, words)]
    title = say("Without a host so far")
    parts.append(_list_waiting(found, found.without_host, title, words))
    return "\n".join(parts)


def _list_proposals(found: Robustness, doubts: Sequence[Doubt], title: Phrase, words: Words) -> str:
    titles: Titles = (
        *(say("candidate"), say("job order"), _of_draws(found, say("stays"))),
        *(say("nearest change of one weight"), say("then")),
        *(say("still to be shown"), say("not known"), say("lottery")),
    )
    ids = found.result.problem
    rows = [
        (
            ids.candidate_ids[doubt.candidate],
            ids.opening_ids[doubt.opening],
            _number(doubt.stays, words),
            *_told(found, doubt.nearest, words),
            *_reasons(doubt, words),
        )
        for doubt in doubts
    ]
    return titled(title, titles, rows, words)


def _list_waiting(found: Robustness, doubts: Sequence[Doubt], title: Phrase, words: Words) -> str:
    titles: Titles = (
        *(say("candidate"), _of_draws(found, say("proposed"))),
        *(say("nearest change of one weight"), say("then"), say("lottery")),
    )
    rows = [
        (
            found.result.problem.candidate_ids[doubt.candidate],
            _number(doubt.hosted, words),
            *_told(found, doubt.nearest, words),
            words(say("yes")) if doubt.by_lottery else "",
        )
        for doubt in doubts
    ]
    return titled(title, titles, rows, words)


def _of_draws(found: Robustness, what: Phrase) -> Phrase:
    drawn = len(found.draws.weights) if found.draws else 0
    return say("{what} (of {n} draws)", what=what, n=drawn)


def _number(number: int | None, words: Words) -> str:
    return "" if number is None else words(number)


def _told(found: Robustness, flip: Flip | None, words: Words) -> tuple[str, str]:
    """Return a flip in words, and where the person then stands."""
    if flip is None:
        return "", ""
    change = say(
        "{criterion} from {weight} to {amount}",
        criterion=CRITERION_NAMES[flip.criterion],
        weight=flip.weight,
        amount=flip.amount,
    )
    where = found.result.problem.opening_ids[flip.to] if flip.to >= 0 else words(WITHOUT)
    return words(change), where


def _reasons(doubt: Doubt, words: Words) -> tuple[str, str, str]:
    """Return what besides the weights makes a proposal doubtful."""
    lottery = say("yes") if doubt.by_lottery else Phrase("")
    if doubt.on_record:
        lottery = say("seat on record")
    return (
        words(tuple(RULE_NAMES[name] for name in doubt.conditions)),
        words(tuple(CRITERION_NAMES[name] for name in doubt.unknown)),
        words(lottery) if lottery.message else "",
    )


def tell_flips(found: Robustness, words: Words) -> str:
    """Return the first change of every single weight at which somebody stands elsewhere."""
    titles: Titles = (
        *(say("candidate"), say("job order")),
        *(say("change of one weight"), say("then")),
    )
    ids = found.result.problem
    rows = [
        (
            ids.candidate_ids[doubt.candidate],
            ids.opening_ids[doubt.opening] if doubt.opening >= 0 else words(WITHOUT),
            *_told(found, flip, words),
        )
        for doubt in found.queue
        for flip in doubt.flips or ()
    ]
    head = words(_tell_steps(found.flips.step)) + "\n\n" if found.flips else ""
    title = say("First changes of a weight at which somebody stands elsewhere")
    return head + titled(title, titles, rows, words)


def tell_weights(found: Robustness, words: Words) -> str:
    """Return each weight, between what it was drawn, and its first flips."""
    titles: Titles = (
        *(say("criterion"), say("weight of 1000"), say("drawn least"), say("drawn most")),
        *(say("first flip going down"), say("flips going down")),
        *(say("first flip going up"), say("flips going up")),
    )
    rows = [
        (words(CRITERION_NAMES[str(row[0])]), *(str(cell) for cell in row[1:]))
        for row in table_weights(found).itertuples(index=False, name=None)
    ]
    head = words(_tell_steps(found.flips.step)) + "\n\n" if found.flips else ""
    return head + titled(say("Weights (per mille)"), titles, rows, words)
