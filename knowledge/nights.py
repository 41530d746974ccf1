"""Nights, in which people are left in peace: from 21:30 to 07:30 on the clocks of a place."""

from datetime import datetime, timedelta, tzinfo

from knowledge import local_time

BEGINS = 21 * 60 + 30
ENDS = 7 * 60 + 30
"""Minutes of the day."""

ONE_DAY = timedelta(days=1)


def is_night(now: datetime, zone: tzinfo) -> bool:
    """Whether people are left in peace now."""
    return now < morning_of(now, zone) or evening_of(now, zone) <= now


def morning_of(now: datetime, zone: tzinfo) -> datetime:
    """When the night of this day ends."""
    return local_time.moment(local_time.local_day(now, zone), ENDS, zone)


def evening_of(now: datetime, zone: tzinfo) -> datetime:
    """When the next night of this day begins."""
    return local_time.moment(local_time.local_day(now, zone), BEGINS, zone)


def next_morning(now: datetime, zone: tzinfo) -> datetime:
    """When the night that goes on, or comes next, is over."""
    if now < (morning := morning_of(now, zone)):
        return morning
    tomorrow = local_time.local_day(now, zone) + ONE_DAY
    return local_time.moment(tomorrow, ENDS, zone)


def finish(start: datetime, work: timedelta, zone: tzinfo) -> datetime:
    """When something is done that takes so long and rests at night."""
    at, left = start, work
    while True:
        if is_night(at, zone):
            at = next_morning(at, zone)
        room = evening_of(at, zone) - at
        if left <= room:
            return at + left
        at, left = at + room, left - room
