"""When people are reminded of what a day brings, and until when that is of use.

A reminder is a promise for a day, not for a moment: some hundred thousand messages take hours at
the rate that Telegram allows. So each slot has the moment it is meant for, a first moment at which
it may begin, and one by which the last should have left.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Self

from knowledge import local_time, nights
from knowledge.calendar import ONE_DAY, Calendar


class Topic(StrEnum):
    """What one can be reminded of."""

    WINDOW = "window"
    """That the station opens."""
    HAZARDOUS = "hazardous"
    """A day on which hazardous waste is taken."""
    RECYCLABLE = "recyclable"


class Slot(StrEnum):
    """When one can be reminded of a day, in the order of time."""

    EVENING = "evening"
    """On the evening before."""
    MORNING = "morning"
    BEFORE = "before"
    """Some minutes before the first of it begins."""


BEFORE_MINUTES = (15, 30, 60)
"""How long before it may be."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants to be reminded of, and when."""

    topics: frozenset[Topic] = frozenset()
    slots: frozenset[Slot] = frozenset()
    before_minutes: int = BEFORE_MINUTES[1]
    quiet: bool = True
    """Whether nothing may ring at night."""

    @property
    def is_none(self) -> bool:
        """Whether nothing is left that could be sent."""
        return not (self.topics and self.slots)

    @classmethod
    def read(cls, text: str) -> Self:
        """The wishes that `write` has written."""
        topics, slots, minutes, quiet = text.split("|")
        return cls(
            frozenset(map(Topic, filter(None, topics.split(",")))),
            frozenset(map(Slot, filter(None, slots.split(",")))),
            int(minutes),
            quiet == "quiet",
        )

    def write(self) -> str:
        """In one line, always the same for the same wishes."""
        topics = ",".join(topic for topic in Topic if topic in self.topics)
        slots = ",".join(slot for slot in Slot if slot in self.slots)
        return f"{topics}|{slots}|{self.before_minutes}|{'quiet' if self.quiet else 'loud'}"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a day brings."""

    topic: Topic
    starts_at: datetime | None
    """None where the hours depend on holidays that are not published yet."""
    ends_at: datetime | None
    station: str | None
    """The key of the other station that serves."""


@dataclass(frozen=True, slots=True)
class Reminding:
    """One message about a day."""

    slot: Slot
    events: tuple[Event, ...]
    due_at: datetime
    """When it is meant to leave."""
    earliest: datetime
    """When it may leave, if there are so many that some have to be early."""
    by: datetime
    """When the last of many should have left."""
    until: datetime
    """From then on it is of no use."""


def events(day: date, calendars: Mapping[Topic, Calendar], zone: tzinfo) -> tuple[Event, ...]:
    """What a day brings, in the order of time."""
    found = []
    for topic, calendar in calendars.items():
        plan = calendar.plan(day, zone)
        if not plan.is_certain:
            found.append(Event(topic, None, None, None))
            continue
        found += [
            Event(topic, window.starts_at, window.ends_at, window.planned.station)
            for window in plan.windows
        ]
    begin = local_time.moment(day, 0, zone)
    return tuple(sorted(found, key=lambda one: (one.starts_at or begin, one.topic)))


def remindings(
    day: date, wishes: Wishes, brings: Iterable[Event], zone: tzinfo
) -> tuple[Reminding, ...]:
    """The messages about a day: one for each slot, about all that the person wants to know.

    A message is of use until the next about that day is due, or all of it is over.
    """
    wanted = tuple(one for one in brings if one.topic in wishes.topics)
    if not wanted:
        return ()
    over = max(one.ends_at or local_time.moment(day + ONE_DAY, 0, zone) for one in wanted)
    found: list[Reminding] = []
    for slot in reversed([slot for slot in Slot if slot in wishes.slots]):
        span = _span(slot, day, wishes, wanted, zone)
        if span is None:
            continue
        due_at, earliest, by = span
        until = min([over, *(one.due_at for one in found if one.due_at > due_at)])
        if due_at < until:
            found.append(Reminding(slot, wanted, due_at, earliest, by, until))
    return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class Span:
    """When the first of many messages leaves, and the last."""

    begins_at: datetime
    ends_at: datetime
    fits: bool
    """Whether the last leaves in time."""


def paced(wanted: Sequence[tuple[Reminding, int]], rate: float) -> list[Span]:
    """When each of these begins, so many messages each, at `rate` messages a second.

    From the last one backwards: each begins when it is meant to, or earlier if otherwise the last
    message would be late, or run into what comes after it. Those meant for the same time are one.
    """
    numbers: Counter[tuple[datetime, datetime, datetime]] = Counter()
    for reminding, number in wanted:
        numbers[_meant(reminding)] += number
    found: dict[tuple[datetime, datetime, datetime], Span] = {}
    next_begins: datetime | None = None
    for key in sorted(numbers, key=lambda meant: (meant[2], meant[0]), reverse=True):
        due_at, earliest, by = key
        takes = timedelta(seconds=numbers[key] / rate)
        by = min(filter(None, (by, next_begins)))
        begins = max(earliest, min(due_at, by - takes))
        found[key] = Span(begins, begins + takes, begins + takes <= by)
        next_begins = begins
    return [found[_meant(reminding)] for reminding, _ in wanted]


def _meant(reminding: Reminding) -> tuple[datetime, datetime, datetime]:
    return reminding.due_at, reminding.earliest, reminding.by


def _span(
    slot: Slot, day: date, wishes: Wishes, wanted: Sequence[Event], zone: tzinfo
) -> tuple[datetime, datetime, datetime] | None:
    """When it is due, when it may begin, and by when the last should have left."""
    if slot is Slot.EVENING:
        before = day - ONE_DAY
        return (_clock(before, 19, 0, zone), _clock(before, 16, 0, zone),
                _clock(before, 21, 0, zone))  # fmt: skip
    if slot is Slot.MORNING:
        due = _clock(day, 7, 30, zone) if wishes.quiet else _clock(day, 6, 30, zone)
        return due, _clock(day, 5, 0, zone), _clock(day, 8, 30, zone)
    minutes = timedelta(minutes=wishes.before_minutes)
    starts = [one.starts_at - minutes for one in wanted if one.starts_at]
    by_day = [at for at in starts if not nights.is_night(at, zone)]
    if not starts:
        return None
    due = (by_day or starts)[0] if wishes.quiet else starts[0]
    return due, due - timedelta(hours=1), due + minutes / 2


def _clock(day: date, hour: int, minute: int, zone: tzinfo) -> datetime:
    return local_time.moment(day, hour * 60 + minute, zone)
