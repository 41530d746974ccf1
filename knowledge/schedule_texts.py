"""The schedule of a place as staff write it into a cell: `mo-fr 07:00-09:00; su,holiday closed`.

Entries stand between semicolons, in any order; two that could both decide about a day are refused.

    [season] days hours      apr-oct mo-fr 07:00-09:00 18:30-20:30
    [season] days closed     15jan-20feb,dec su closed
    dates hours              2026-02-16..2026-02-22 08:00-10:00
    dates closed [hours]     2026-12-24 closed 18:00-20:00
    dates at STATION [hours]

Days are mo … su, daily, weekend, holiday and makeup; Chinese words for all of it are understood.
"""

from collections.abc import Iterable

from knowledge import schedule_entries
from knowledge.cells import BadCell
from knowledge.schedule_words import LAST_DAYS, MONTHS, Wrong, entries
from knowledge.schedules import WEEK, Change, Clash, Closed, Day, Elsewhere, Rule, Schedule
from knowledge.spans import Hours, Season

__all__ = ["BadCell", "Wrong", "parse", "write"]

FEWEST_IN_A_RUN = 3


def parse(text: str) -> Schedule:
    """The schedule that `text` says, or `BadCell` with a `Wrong`. An empty one has no windows."""
    written = [(schedule_entries.read(entry), entry) for entry in entries(text)]
    rules = tuple(said for said, _ in written if isinstance(said, Rule))
    changes = tuple(said for said, _ in written if not isinstance(said, Rule))
    try:
        return Schedule(rules, changes)
    except Clash as clash:
        entry = next(entry for said, entry in written if said is clash.later)
        raise BadCell(Wrong.CLASH, entry.position, entry.text) from clash


def write(schedule: Schedule) -> str:
    """The text that says this schedule."""
    return "; ".join([*map(_rule_text, schedule.rules), *map(_change_text, schedule.changes)])


def clock(minute: int) -> str:
    """A minute of the day as a clock shows it: "07:30", at last "24:00"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def days_text(days: frozenset[Day]) -> str:
    """Days as staff write them: "mo-fr,holiday"."""
    runs: list[list[Day]] = []
    for day in WEEK:
        if day not in days:
            continue
        if runs and WEEK.index(runs[-1][-1]) == WEEK.index(day) - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    texts = [
        f"{run[0]}-{run[-1]}" if len(run) >= FEWEST_IN_A_RUN else ",".join(run) for run in runs
    ]
    return ",".join([*texts, *(day for day in Day if day in days and day not in WEEK)])


def _rule_text(rule: Rule) -> str:
    seasons = ",".join(map(_season_text, rule.seasons))
    return " ".join(
        filter(None, (seasons, days_text(rule.days), _hours_text(rule.hours) or "closed"))
    )


def _change_text(change: Change) -> str:
    first, last = change.dates.first.isoformat(), change.dates.last.isoformat()
    words = [first if first == last else f"{first}..{last}"]
    match change:
        case Closed():
            words.append("closed")
        case Elsewhere(station=station):
            words.append(f"at {station}")
    return " ".join(filter(None, (*words, _hours_text(change.hours))))


def _season_text(season: Season) -> str:
    (month, day), (last_month, last_day) = season.first, season.last
    first, last = MONTHS[month - 1], MONTHS[last_month - 1]
    if day != 1 or last_day != LAST_DAYS[last_month - 1]:
        first, last = f"{day}{first}", f"{last_day}{last}"
    return first if first == last else f"{first}-{last}"


def _hours_text(hours: Iterable[Hours]) -> str:
    return " ".join(f"{clock(each.opens)}-{clock(each.closes)}" for each in hours)
