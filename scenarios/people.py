"""The candidates of a made-up scenario: a row each, class by class."""

from columns import CANDIDATE_COLUMNS
from draw import (
    Dice,
    Row,
    Shape,
    apportion,
    deal,
    deal_cells,
    deal_dates,
    deal_numbers,
    listed,
    numbered,
    share,
)


def people_of(shape: Shape) -> int:
    """Return how many people the shape itself has."""
    return sum(people for _, _, _, people in shape["people"]["classes"])


def make_candidates(dice: Dice, shape: Shape, count: int) -> list[Row]:
    """Return `count` candidates in the order of their ids."""
    rows = _classes(dice, shape, count)
    _fill_shares(dice, shape, rows)
    _add_schools(dice, shape, rows)
    _add_evidence(dice, shape, rows)
    _add_language(dice, shape, rows)
    _add_wishes(dice, shape, rows)
    _add_conditions(dice, shape, rows)
    return rows


def _classes(dice: Dice, shape: Shape, count: int) -> list[Row]:
    """Return the people with what their class decides: the shape's classes, as often as needed."""
    people = shape["people"]
    size = people["class_size"]
    classes = -(-count // size)
    times = apportion(classes, [row[3] for row in people["classes"]])
    kinds = [row for row, often in zip(people["classes"], times, strict=True) for _ in range(often)]
    done = deal_cells(dice, people["jp_done"], classes)
    rows: list[Row] = []
    for (centre, programme, women, whole), jp_done in zip(kinds, done, strict=True):
        members = min(size, count - len(rows))
        first_man = share(women, whole, members)
        sexes = dice.shuffled(["P"] * first_man + ["L"] * (members - first_man))
        for sex in sexes:
            row = dict.fromkeys(CANDIDATE_COLUMNS, "")
            row.update({"sex": sex, "centre": centre, "programme": programme, "jp_done": jp_done})
            rows.append(row)
    return rows


def _fill_shares(dice: Dice, shape: Shape, rows: list[Row]) -> None:
    """Fill the columns that are the same for all, or drawn by a table of shares."""
    people, count = shape["people"], len(rows)
    columns: dict[str, list[str]] = {
        column: [str(value)] * count for column, value in people["fixed"].items()
    }
    for column, shares in people["shares"].items():
        columns[column] = deal_cells(dice, shares, count)
    for column, ranges in people["dates"].items():
        columns[column] = deal_dates(dice, ranges, count)
    for column, ranges in people["numbers"].items():
        columns[column] = deal_numbers(dice, ranges, count)
    for at, row in enumerate(rows):
        row["candidate_id"] = numbered("C", at + 1, count, 3)
        row["name"] = numbered("Peserta Contoh ", at + 1, count, 3)
        row["province"] = dice.pick(shape["centres"][row["centre"]]["provinces"])
        row.update({column: cells[at] for column, cells in columns.items()})


def _add_schools(dice: Dice, shape: Shape, rows: list[Row]) -> None:
    """Fill in the sending school, what is paid to it as a deposit, and its own lessons."""
    schools, people, everybody = shape["schools"], shape["people"], people_of(shape)
    for row in rows:
        row["school"] = dice.pick(shape["centres"][row["centre"]]["schools"])
        row["deposit"] = "0"
    at_school = [row for row in rows if row["school"] == schools["deposit_school"]]
    for row in dice.sample(at_school, share(schools["deposits"], everybody, len(rows))):
        row["deposit"] = str(schools["deposit"])
    free = [row for row in rows if row["deposit"] == "0"]
    for row in dice.sample(free, share(schools["deposit_blank"], everybody, len(rows))):
        row["deposit"] = ""
    low, high = people["school_hours"]
    for row in dice.sample(rows, share(people["school_training"], everybody, len(rows))):
        done = dice.between(low, high)
        row["school_hours_done"] = str(done)
        row["school_hours_planned"] = str(done + dice.between(low, high))
        row["school_start"], row["school_end"] = map(str, people["school_dates"])
    for row in rows:
        row["school_hours_done"] = row["school_hours_done"] or dice.pick(["", "0"])


def _add_evidence(dice: Dice, shape: Shape, rows: list[Row]) -> None:
    """Fill in certificates (of SMK graduates), skills beyond the programme, and experience."""
    people, everybody = shape["people"], people_of(shape)
    education = deal_cells(dice, people["education"], len(rows))
    vocational = [row for row, kind in zip(rows, education, strict=True) if kind == "SMK"]
    first, last = people["certificate_until"]
    for row in dice.sample(vocational, share(people["certificates"], everybody, len(rows))):
        units = dice.sample(shape["programmes"][row["programme"]]["units"], dice.between(1, 2))
        until = f"@{dice.between(first, last)}-{dice.between(1, 12):02}-28"
        row["certificates"] = listed([units[0] + until, *units[1:]])
    for row in dice.sample(rows, share(people["extra_skills"], everybody, len(rows))):
        skills = shape["programmes"][row["programme"]]["skills"]
        row["skills"] = listed(sorted(dice.sample(skills, dice.between(1, 2))))
    low, high = people["experience_months"]
    for row in dice.sample(rows, share(people["experience"], everybody, len(rows))):
        operation = dice.pick(shape["programmes"][row["programme"]]["operations"])
        row["experience"] = f"{operation}:{dice.between(low, high)}"


def _add_language(dice: Dice, shape: Shape, rows: list[Row]) -> None:
    """Fill in the Japanese level, the day of the test and the level expected."""
    language = shape["people"]["language"]
    care = [row for row in rows if row["programme"] == language["care_programme"]]
    part, whole = language["care_share"]
    for row in dice.sample(care, share(part, whole, len(care))):
        row["japanese_level"] = language["care_level"]
    blank = _language_blanks(dice, shape, rows)
    open_rows = [row for row in rows if not row["japanese_level"] and id(row) not in blank]
    # Carers first: their level is not to be one of those that only the share above holds.
    open_rows.sort(key=lambda row: row["programme"] != language["care_programme"])
    cells = deal_cells(dice, language["levels"], len(open_rows))
    for row in open_rows:
        barred = (
            language["care_not_otherwise"] if row["programme"] == language["care_programme"] else []
        )
        cell = next((cell for cell in cells if cell not in barred), cells[0])
        cells.remove(cell)
        row["japanese_level"] = cell
    tested = [row for row in rows if row["japanese_level"] not in ("", language["untested"])]
    days = deal_cells(dice, language["test_dates"], len(tested))
    for row, day in zip(tested, days, strict=True):
        row["japanese_test_date"] = day
    lower = [row for row in care if row["japanese_level"] != language["care_level"]]
    _expect(dice, language["care_expected"], lower)
    untested = [row for row in rows if row["japanese_level"] == language["untested"]]
    others = [row for row in untested if row["programme"] != language["care_programme"]]
    _expect(dice, language["untested_expected"], others)


def _language_blanks(dice: Dice, shape: Shape, rows: list[Row]) -> set[int]:
    """Return the identities of the rows whose level stays blank, by the share of each centre."""
    names = list(shape["centres"])
    groups = [[row for row in rows if row["centre"] == name] for name in names]
    shares = [shape["centres"][name]["language_blank"] for name in names]
    weights = [len(group) * part for group, part in zip(groups, shares, strict=True)]
    counts = apportion(share(1, 100, sum(weights)), weights) if any(weights) else [0] * len(names)
    blank: set[int] = set()
    for group, count in zip(groups, counts, strict=True):
        unknown = [row for row in group if not row["japanese_level"]]
        blank.update(id(row) for row in dice.sample(unknown, count))
    return blank


def _expect(dice: Dice, shares: list[list[str | int]], rows: list[Row]) -> None:
    for row, cell in zip(rows, deal_cells(dice, shares, len(rows)), strict=True):
        row["japanese_expected"] = cell


def _add_wishes(dice: Dice, shape: Shape, rows: list[Row]) -> None:
    """Fill in the wished job types and prefectures, in order of preference."""
    wishes, everybody, count = shape["people"]["wishes"], people_of(shape), len(rows)
    operations = [row["operation_no"] for row in shape["demand"]]
    for row in dice.sample(rows, share(wishes["job_types"], everybody, count)):
        own = shape["programmes"][row["programme"]]["operations"]
        likely = [*own, dice.pick(operations)]
        row["wishes_job_types"] = listed(list(dict.fromkeys(likely))[: dice.between(1, 3)])
    wishing = dice.sample(rows, share(wishes["prefectures"], everybody, count))
    famous = share(wishes["big_three"], wishes["prefectures"], len(wishing))
    for at, row in enumerate(wishing):
        first = dice.pick(wishes["big_names"] if at < famous else wishes["other_names"])
        rest = [name for name in wishes["big_names"] + wishes["other_names"] if name != first]
        row["wishes_prefectures"] = listed([first, *dice.sample(rest, dice.below(3))])


def _add_conditions(dice: Dice, shape: Shape, rows: list[Row]) -> None:
    """Fill in what people accept and refuse: conditions, a few operations and prefectures."""
    people, everybody, count = shape["people"], people_of(shape), len(rows)
    refuses: list[list[str]] = [[] for _ in rows]
    accepts: list[list[str]] = [[] for _ in rows]
    sides: dict[str, list[list[str]]] = {
        "refuses": refuses,
        "accepts": accepts,
        "": [[] for _ in rows],
    }
    for programme in sorted(shape["programmes"]):
        answers = shape["programmes"][programme].get("pork", [])
        places = [at for at, row in enumerate(rows) if row["programme"] == programme]
        if answers:
            for at, (side,) in zip(places, deal(dice, answers, len(places)), strict=True):
                sides[side][at].append("pork")
    for condition, answers in people["conditions"].items():
        for at, (side,) in enumerate(deal(dice, answers, count)):
            sides[side][at].append(condition)
    for kind in ("operations", "prefectures"):
        some = dice.sample(range(count), share(people[f"refuses_{kind}"], everybody, count))
        for at in some:
            refuses[at].append(dice.pick(people[f"refusable_{kind}"]))
    for at, row in enumerate(rows):
        row["refuses"], row["accepts"] = listed(refuses[at]), listed(accepts[at])
