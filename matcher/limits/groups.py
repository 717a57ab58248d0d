"""The groups that limits count by: of people their centre, province and school, of openings the
group or category of the job, host, prefecture and the month of entry."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from matcher.language import Phrase, say
from matcher.personal import mask_numbers
from matcher.problem import NO_DAY, UNKNOWN, Problem, day_of
from matcher.vocabulary import load_vocabulary
from matcher.vocabulary.names import names_of

OF_PEOPLE = ("centre", "province", "school")
OF_SEATS = ("job_group", "job_category", "host", "prefecture", "entry_month")
# The groups of the official list of job types.
JOB_GROUPS = {
    "agriculture_forestry": say("agriculture and forestry"),
    "construction": say("construction"),
    "fishery": say("fishery"),
    "food_manufacturing": say("food manufacturing"),
    "in_house_exam": say("work with an examination of its own"),
    "machinery_metal": say("machinery and metal"),
    "other": say("other work"),
    "textile_apparel": say("textiles and apparel"),
}


def spell(by: str, name: str) -> str:
    """Return the name of a group as the columns hold it, whichever way the scenario writes it."""
    text = " ".join(unicodedata.normalize("NFC", name).split())
    names = names_of(load_vocabulary())
    if by == "province":
        return names.province(text) or text
    if by == "prefecture":
        return names.prefecture(text) or text
    return text


def month_of(day: int) -> str:
    """Return the month (2023-04) of a day number, "" where there is none."""
    return "" if day == NO_DAY else day_of(day).isoformat()[:7]


def job_groups(operations: Sequence[str]) -> list[str]:
    """Return the group of each operation, "" where it is none."""
    jobs = load_vocabulary().job_types
    return [jobs[number].group if number in jobs else "" for number in operations]


def job_categories(operations: Sequence[str]) -> list[str]:
    """Return the number of the job category (職種) of each operation, "" where it is none."""
    jobs = load_vocabulary().job_types
    return [jobs[number].category_no if number in jobs else "" for number in operations]


def name_places(names: Sequence[str], places: Sequence[int]) -> list[str]:
    """Return the name at each place, "" for the place -1."""
    return [names[place] if place != UNKNOWN else "" for place in places]


def groups_of(problem: Problem, by: str) -> Sequence[str]:
    """Return the group of each candidate, or of each opening, "" where it is not recorded."""
    openings, lists, labels = problem.openings, problem.lists, problem.labels
    match by:
        case "centre":
            return labels.centres
        case "province":
            return labels.provinces
        case "school":
            return name_places(lists.schools, problem.candidates.school.tolist())
        case "job_group":
            return job_groups(name_places(lists.operations, openings.job.tolist()))
        case "job_category":
            return job_categories(name_places(lists.operations, openings.job.tolist()))
        case "host":
            return name_places(lists.hosts, openings.host.tolist())
        case "prefecture":
            return name_places(lists.prefectures, openings.prefecture.tolist())
        case _:
            return [month_of(day) for day in openings.entry_from.tolist()]


def label_of(by: str, group: str) -> Phrase:
    """Return a group in words for people."""
    match by:
        case "centre":
            return say("people of {centre}", centre=mask_numbers(group))
        case "province":
            return say("people from {province}", province=mask_numbers(group))
        case "school":
            return say("people of the sending organisation {school}", school=mask_numbers(group))
        case "job_group":
            return say("job orders of the job group {group}", group=JOB_GROUPS.get(group, group))
        case "job_category":
            jobs = load_vocabulary().job_types.values()
            name = next((job.category for job in jobs if job.category_no == group), group)
            return say("job orders of {number} {category}", number=group, category=name)
        case "host":
            return say("job orders of the host {host}", host=mask_numbers(group))
        case "prefecture":
            return say("job orders in {prefecture}", prefecture=group)
        case _:
            return say("job orders with entry in {month}", month=group)
