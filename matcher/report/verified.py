"""What the checker of a batch found, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.language import Phrase, Words, say
from matcher.report.render import render_json
from matcher.verify import CHANGED, Finding, Proved, Report

LISTED = 40
NAMES = {
    "placements": say("placements"),
    "score": say("sum of scores"),
    "worst": say("lowest scores first"),
    "keep": say("proposals kept"),
    "lottery": say("lottery"),
}
CLAIMS = {
    "optimal": say("the solver says that it is the best, which is not proved here"),
    "unasked": say("the solver was not asked"),
    "searched": say("every way of the job orders with a least number was tried, not proved here"),
}


def show_report(report: Report, again: Sequence[Finding] | None, form: str, words: Words) -> str:
    """Return what the checker found as text or JSON; `again` are the files that this version makes
    otherwise, None where that was left out."""
    if form == "json":
        return render_json(_record(report, again, words))
    return "".join(f"{line}\n" for line in _lines(report, again, words))


def _lines(report: Report, again: Sequence[Finding] | None, words: Words) -> list[str]:
    lines = [words(say("Checked against the frozen inputs, without a solver:"))]
    if report.pairs:
        told = say(
            "{pairs} pairs, {limits} floors and ceilings, {values} values compared",
            pairs=report.pairs,
            limits=report.limits,
            values=report.values,
        )
        lines.append(f"  {words(told)}")
    lines += [f"  {words(told)}" for told in _tell_proof(report)]
    lines += _listed(report.findings, words)
    if again is not None:
        lines += ["", words(say("Made again by this version:"))]
        same = words(say("the same bytes"))
        lines += _listed(again, words) if again else [f"  {same}"]
    refused = bool(report.findings or again)
    return [*lines, "", words(say("Refused.") if refused else say("Accepted."))]


def _tell_proof(report: Report) -> Iterator[Phrase]:
    for one in report.proved:
        if one.level is None:
            yield tell_proved(one, report.on_record)
    if report.lottery_left_out:
        yield say(
            "the lottery is not proved here: some limits or quotas are not nested sets; only"
            " making the batch again shows how it fell"
        )


def tell_proved(one: Proved, on_record: int = 0) -> Phrase:
    """Return what is proved of one name of the objective, told apart from what the solver says;
    beside the people placed those whose seats are on record."""
    name = NAMES.get(one.name.partition("#")[0], say("lottery"))
    total: Phrase | int = one.total
    if one.name == "placements" and on_record:
        total = say("{n} (and {more} on record)", n=one.total, more=on_record)
    if one.gap == 0:
        return say("{name}: {total}, proved best", name=name, total=total)
    if one.gap < 0:
        return say("{name}: {total}, not proved", name=name, total=total)
    claim = CLAIMS.get(one.claim, say("the solver stopped before it was sure"))
    return say(
        "{name}: {total}, proved within {gap}; {claim}",
        name=name,
        total=total,
        gap=one.gap,
        claim=claim,
    )


def _listed(findings: Sequence[Finding], words: Words) -> list[str]:
    lines = [f"  {tell_finding(one, words)}" for one in findings[:LISTED]]
    rest = len(findings) - LISTED
    more = words(say("and {n} more", n=rest))
    return [*lines, f"  {more}"] if rest > 0 else lines


def tell_finding(one: Finding, words: Words) -> str:
    """Return one finding in a line."""
    kind = say("changed") if one.kind == CHANGED else say("wrong")
    where = " › ".join(filter(None, (one.file, one.place)))
    told = words(one.told)
    return f"{words(kind)}: {where}: {told}" if where else f"{words(kind)}: {told}"


def _record(report: Report, again: Sequence[Finding] | None, words: Words) -> dict[str, object]:
    return {
        "accepted": not (report.findings or again),
        "method": report.method,
        "pairs": report.pairs,
        "limits": report.limits,
        "values": report.values,
        "on_record": report.on_record,
        "lottery": _state_lottery(report),
        "proved": [
            {
                "name": one.name,
                "level": one.level,
                "total": one.total,
                "bound": one.bound,
                "gap": one.gap,
                "claim": one.claim,
            }
            for one in report.proved
        ],
        "findings": [_finding(one, words) for one in report.findings],
        "again": None if again is None else [_finding(one, words) for one in again],
    }


def _state_lottery(report: Report) -> str | None:
    """Return whether the lottery is proved; None where nothing is, and of a stable plan."""
    if not report.proved:
        return None
    return "not proved" if report.lottery_left_out else "proved"


def _finding(one: Finding, words: Words) -> dict[str, str]:
    return {"kind": one.kind, "file": one.file, "place": one.place, "told": words(one.told)}
