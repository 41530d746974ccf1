"""What one entry of a schedule's text says: a rule, or what a date changes."""

from collections.abc import Iterable
from datetime import date

from knowledge.local_time import MINUTES_A_DAY
from knowledge.schedule_words import DAYS, LAST_DAYS, MONTHS, Entry, Token, Wrong
from knowledge.schedules import WEEK, Change, Closed, Day, Elsewhere, OtherHours, Rule
from knowledge.spans import Dates, Hours, Season


def read(entry: Entry) -> Rule | Change:
    """What it says, or `BadCell`."""
    said = _change(entry) if entry.peek("date") else _rule(entry)
    entry.end()
    return said


def days(entry: Entry) -> frozenset[Day]:
    """The days that it names and nothing else, or `BadCell`."""
    found = _all_days(entry)
    entry.end()
    return found


def _rule(entry: Entry) -> Rule:
    seasons: list[Season] = []
    while entry.peek("season"):
        seasons.append(_season(entry))
        entry.take("comma")
    found = _all_days(entry)
    hours = () if entry.take("closed") else _hours(entry, needed=True)
    return Rule(found, hours, tuple(seasons))


def _all_days(entry: Entry) -> frozenset[Day]:
    found: set[Day] = set()
    while entry.peek("days") or not found:
        found.update(_days(entry))
        entry.take("comma")
    return frozenset(found)


def _season(entry: Entry) -> Season:
    first = entry.expect("season", Wrong.NO_END)
    last = entry.expect("season", Wrong.NO_END) if entry.take("to") else first
    return Season(_month_and_day(first, last=False), _month_and_day(last, last=True))


def _month_and_day(token: Token, *, last: bool) -> tuple[int, int]:
    english = token.groups["english"]
    month = MONTHS.index(english.lower()) + 1 if english else token.number("number")
    if not 1 <= month <= len(MONTHS):
        raise token.is_wrong(Wrong.NO_SUCH_DATE)
    written = token.groups["before"] or token.groups["after"]
    longest = LAST_DAYS[month - 1]
    day = int(written) if written else longest if last else 1
    if not 1 <= day <= longest:
        raise token.is_wrong(Wrong.NO_SUCH_DATE)
    return month, day


def _days(entry: Entry) -> Iterable[Day]:
    first = entry.expect("days", Wrong.NO_DAYS)
    if not entry.take("to"):
        return DAYS[first.text.lower()]
    last = entry.expect("days", Wrong.NO_END)
    begin, end = _weekday(first), _weekday(last)
    # "sa-mo" goes over the end of the week.
    return (WEEK[(begin + off) % 7] for off in range((end - begin) % 7 + 1))


def _weekday(token: Token) -> int:
    days = DAYS[token.text.lower()]
    if len(days) > 1 or days[0] not in WEEK:
        raise token.is_wrong(Wrong.NO_RANGE)
    return WEEK.index(days[0])


def _hours(entry: Entry, *, needed: bool) -> tuple[Hours, ...]:
    found: list[Hours] = []
    while entry.peek("time") or (needed and not found):
        begin = entry.expect("time", Wrong.NO_HOURS)
        entry.expect("to", Wrong.NO_END)
        hours = _from_to(begin, entry.expect("time", Wrong.NO_END))
        if any(hours.meets(other) for other in found):
            raise begin.is_wrong(Wrong.OVERLAP)
        found.append(hours)
        entry.take("comma")
    return tuple(sorted(found))


def _from_to(begin: Token, end: Token) -> Hours:
    opens, closes = _minute(begin), _minute(end)
    if opens and not closes:
        # Midnight is 24:00 to some and 00:00 to others.
        closes = MINUTES_A_DAY
    if closes <= opens:
        raise begin.is_wrong(Wrong.PASSES_MIDNIGHT if closes < opens else Wrong.NO_LENGTH)
    return Hours(opens, closes)


def _minute(token: Token) -> int:
    minute = token.number("hour") * 60 + token.number("minute")
    if token.number("minute") >= 60 or minute > MINUTES_A_DAY:
        raise token.is_wrong(Wrong.NO_SUCH_TIME)
    return minute


def _change(entry: Entry) -> Change:
    begin = entry.expect("date", Wrong.NO_SUCH_DATE)
    first = last = _date(begin)
    if entry.take("to"):
        last = _date(entry.expect("date", Wrong.NO_END))
    if last < first:
        raise begin.is_wrong(Wrong.BACKWARDS)
    dates = Dates(first, last)
    if entry.take("closed"):
        return Closed(dates, _hours(entry, needed=False))
    if station := entry.take("station"):
        return Elsewhere(dates, station.text, _hours(entry, needed=False))
    return OtherHours(dates, _hours(entry, needed=True))


def _date(token: Token) -> date:
    try:
        return date(token.number("year"), token.number("month"), token.number("day"))
    except ValueError as error:
        raise token.is_wrong(Wrong.NO_SUCH_DATE) from error
