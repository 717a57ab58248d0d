"""A person's own work: the job orders for which the person is trained, and what each of them asks
for, so that nobody is told of the skills and certificates of a trade that is not theirs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matcher.fit import Facts, look_up
from matcher.problem import NO, Flags, Problem
from matcher.rules.people import trained_for
from matcher.vocabulary import ESSENTIAL, Vocabulary, load_vocabulary
from matcher.vocabulary.skills import PARENT

TECHNICAL = "technical"


@dataclass(frozen=True)
class Work:
    """By skill (down, as `graph.index`) and opening (across): `asked` for by the job type or by the
    order's own list; `skill` asked for, or so near one asked for that it is a kind of it, or it of
    the skill; `craft` the same of the skills of the craft alone. `own` are the openings of the
    person's own work.

    A skill of the craft is a technical one of a family (a root of the graph) of an essential
    technical skill of the job type: what work of every kind asks for – safety, order, measuring –
    is not, as any trade has certificates of it.
    """

    own: Flags
    asked: Flags
    skill: Flags
    craft: Flags

    def counts_for(self, skills: tuple[str, ...], *, certified: bool) -> Flags:
        """Return by opening whether it asks for one of the skills, or for a near one as above; of a
        certificate those of the craft alone."""
        index = load_vocabulary().graph.index
        places = [index[skill] for skill in skills]
        asking = self.craft if certified else self.skill
        found: Flags = np.logical_or.reduce(asking[places], axis=0)
        return found

    def own_skills(self) -> list[str]:
        """Return the skills that the person's own work asks for, in order."""
        found = np.flatnonzero(self.asked & self.own) // self.own.size
        names = sorted(load_vocabulary().graph.index)
        return [names[place] for place in np.unique(found).tolist()]


def work_of(problem: Problem, facts: Facts, candidate: int) -> Work:
    """Return the own work of a candidate, by what is recorded: the openings for which `trained_for`
    passes by training or experience; where there are none, those for which it is open, as no
    programme is on record; else those of job types that the programme leads to, by the crosswalk or
    as an essential skill is reached. That any trade is accepted makes no work the person's own."""
    vocabulary = load_vocabulary()
    near = (vocabulary.graph.table >= PARENT).astype(np.float32)
    asked, craft = _asked(problem, vocabulary)
    skill, crafted = (near @ needed.astype(np.float32) > 0 for needed in (asked, craft))
    return Work(_own(problem, facts, candidate), asked, skill, crafted)


def _own(problem: Problem, facts: Facts, candidate: int) -> Flags:
    whole, openings = problem.candidates, problem.openings
    unwilling = np.full_like(whole.accepts_any_trade, NO)
    person = replace(whole, accepts_any_trade=unwilling).at([candidate])
    fails, unknown = trained_for(person, openings, facts)
    trained = ~fails & ~unknown
    if trained.any() or unknown.any():
        return trained if trained.any() else unknown
    programme = problem.lists.programmes[int(person.programme[0])]
    crosswalk = load_vocabulary().crosswalk
    led = np.array([(programme, job) in crosswalk for job in problem.lists.operations], bool)
    return led[openings.job] | look_up(facts.reached, person.profile, openings.job)


def _asked(problem: Problem, vocabulary: Vocabulary) -> tuple[Flags, Flags]:
    """Return what each opening asks for, and what of it is of the craft: skills by openings."""
    lists, openings = problem.lists, problem.openings
    graph, skills = vocabulary.graph, vocabulary.skills
    technical = {name for name, skill in skills.items() if skill.kind == TECHNICAL}
    roots = {
        name: {up for up in (name, *above) if not graph.parents[up]}
        for name, above in graph.ancestors.items()
    }
    asked = np.zeros((len(graph.index), len(openings)), bool)
    craft = np.zeros_like(asked)
    for place, (job, row) in enumerate(
        zip(openings.job.tolist(), openings.needs_row.tolist(), strict=True)
    ):
        needs = vocabulary.job_type_skills[lists.operations[job]]
        named = {need.skill_id for need in (*needs, *lists.needs[row])}
        essential = {need.skill_id for need in needs if need.importance == ESSENTIAL} & technical
        families = set().union(*(roots[name] for name in essential))
        crafted = {name for name in named & technical if roots[name] & families}
        for column, names in ((asked, named), (craft, crafted)):
            column[[graph.index[name] for name in names], place] = True
    return asked, craft
