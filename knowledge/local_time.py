"""Days and wall-clock times of a place, also where clocks are put forward and back.

One rule for times that are not there once: the first moment at which the clock shows this time or
a later one of that day. So a time that is skipped becomes the moment of the jump, and a time that
comes twice is meant the first time. A later time is then never an earlier moment.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta, tzinfo

MINUTES_A_DAY = 24 * 60

# Only the past has seen clocks that were off by seconds.
ONE = timedelta(seconds=1)


def moment(day: date, minute: int, zone: tzinfo) -> datetime:
    """When the clocks of `zone` show this minute of `day`; 1440 is the end of the day.

    In UTC, because two moments in the same zone are compared by their wall-clock times.
    """
    assert 0 <= minute <= MINUTES_A_DAY
    whole, rest = divmod(minute, MINUTES_A_DAY)
    shown = datetime.combine(day + timedelta(days=whole), time(*divmod(rest, 60)))
    first = shown.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == shown:
        return first
    return _jump(shown.replace(tzinfo=zone, fold=1).astimezone(UTC), first, zone)


def minute_of(clock: time) -> int:
    """The minute of the day that a clock shows."""
    return clock.hour * 60 + clock.minute


def local_day(now: datetime, zone: tzinfo) -> date:
    """Which day it is in `zone`."""
    assert now.tzinfo, "a moment without a time zone"
    return now.astimezone(zone).date()


def _jump(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """When clocks are put forward, between these two."""
    shown_before = before.astimezone(zone).utcoffset()
    seconds = range(int((after - before) / ONE) + 1)
    jumped = bisect_left(
        seconds,
        True,
        key=lambda at: (before + at * ONE).astimezone(zone).utcoffset() != shown_before,
    )
    return before + jumped * ONE
