"""A shift in a simulated month: a volunteer comes, records who queues up, mends, and goes home."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.simulation.acts import (
    Event,
    Hits,
    Opens,
    Photographs,
    Says,
    Stands,
    Taps,
    Way,
)
from bot.simulation.city import Estate, Home, Post
from knowledge.calendar import Window
from knowledge.qualities import Quality

STYLES = {Way.SCAN: 0.74, Way.LINES: 0.16, Way.NUMBER: 0.10}
"""How a volunteer likes to record: decided anew for each shift."""

PHOTO = 0.02
BY_BUTTON = 0.15
"""How often a volunteer mends by the button under the answer: the keyboard is nearer."""
HANDED_OVER = 0.12
FORGOTTEN = 0.3
"""How often nobody ends a shift: the clock does."""

TWICE = 0.015
"""How often Telegram hands an update over again; and how often somebody queues up again."""

LATE, AWAY, MISTYPED = 0.01, 0.02, 0.03

MIXED_UP = (
    "厨余有塑料袋", "厨余有纸巾", "厨余有大骨头", "其他有菜叶", "其他有电池", "其他有报纸",
    "可回收有剩饭", "可回收有尿不湿", "塑料袋", "打包盒",
)  # fmt: skip
WRITTEN = {Quality.RIGHT: "对", Quality.PARTLY: "部分", Quality.WRONG: "混投"}


@dataclass(frozen=True, slots=True)
class Bag:
    """What a household brings."""

    quality: Quality
    grams: int
    """Of recyclables, if they are weighed."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A household comes."""

    at: datetime
    home: Home
    bag: Bag


def shift(
    estate: Estate,
    post: int,
    window: Window,
    turn: int,
    queue: Sequence[Visit],
    chance: random.Random,
) -> Iterator[Event]:
    """One window at one station. No two stations have the same volunteer."""
    ids = list(estate.volunteers)
    guard = ids[(turn + post * 3) % len(ids)]
    begins = min([window.starts_at, *(visit.at for visit in queue)])
    at = begins - timedelta(minutes=chance.randint(3, 12))
    yield from _begin(estate.posts[post], guard, at, chance)
    half = len(queue) // 2 if chance.random() < HANDED_OVER else len(queue)
    first = Guard(estate, guard, begins, chance)
    yield from first.records(queue[:half])
    if half < len(queue):
        guard = ids[(turn + post * 3 + 1) % len(ids)]
        at = max(first.free_at, queue[half].at) + timedelta(seconds=5)
        yield Event(at, guard, Opens(estate.posts[post].code))
        yield Event(at + timedelta(seconds=9), guard, Hits("shift-key-take-over"))
        second = Guard(estate, guard, at + timedelta(seconds=20), chance)
        yield from second.records(queue[half:])
        first = second
    if chance.random() >= FORGOTTEN:
        at = max(first.free_at, window.ends_at) + timedelta(minutes=chance.randint(2, 15))
        yield Event(at, guard, Hits("shift-key-end"))


def _begin(post: Post, guard: int, at: datetime, chance: random.Random) -> Iterator[Event]:
    """At the sign, as a rule; or where the phone says that one is."""
    if chance.random() < AWAY:
        far = Stands(post.latitude + 0.01, post.longitude)
        yield Event(at - timedelta(seconds=90), guard, far)
    if chance.random() < 0.3:
        yield Event(at, guard, Stands(post.latitude + chance.uniform(-4e-4, 4e-4), post.longitude))
    else:
        yield Event(at, guard, Opens(post.code))


class Guard:
    """A volunteer at work: one household after the other."""

    def __init__(self, estate: Estate, id_: int, free_at: datetime, chance: random.Random) -> None:
        self.free_at = self._begins = free_at
        self._own = {
            home.door for place, home in enumerate(estate.homes) if estate.lives_here(place) == id_
        }
        self._id = id_
        self._chance = chance
        (self._style,) = chance.choices(list(STYLES), list(STYLES.values()))
        self._paper: list[Visit] = []
        """Households that are written down and will be sent together."""

    def records(self, queue: Sequence[Visit]) -> Iterator[Event]:
        """Record everybody in the queue."""
        for visit in queue:
            self.free_at = max(self.free_at, visit.at)
            if self._style is Way.LINES:
                self._paper.append(visit)
                self.free_at += timedelta(seconds=10)
                if len(self._paper) >= self._chance.randint(2, 6):
                    yield self._sends_paper()
            elif self._chance.random() < PHOTO:
                yield self._photographs(visit)
            else:
                yield from self._records(visit)
        if self._paper:
            yield self._sends_paper()

    def _records(self, visit: Visit) -> Iterator[Event]:
        """By the code or the number: one message, and what is not as usual with keys."""
        home, at = visit.home, self._moment(4)
        if self._style is Way.NUMBER and self._chance.random() < MISTYPED:
            last = int(home.number[-1])
            yield self._event(at, Says(f"{home.number[:-1]}{(last + 1) % 10}"))
            at = self._moment(15)
        act = Opens(home.code) if self._style is Way.SCAN else Says(home.number)
        yield self._event(at, act, visit, at, self._style)
        if home.door in self._own:
            return  # refused: somebody else must do that
        yield from self._mends(visit, at)
        if self._chance.random() < TWICE:  # a bag was forgotten at home
            yield Event(at + timedelta(minutes=7), self._id, act, (home.door,))

    def _mends(self, visit: Visit, at: datetime) -> Iterator[Event]:
        """Partly or wrong, by the keyboard or by the button; the weight, if there is one."""
        where = visit.home.door.address
        if visit.bag.quality is not Quality.RIGHT:
            late = self._chance.random() < LATE
            key = f"drop-off-key-{visit.bag.quality}"
            if late:
                late_at = at + timedelta(minutes=self._chance.uniform(5.5, 8))
                yield Event(late_at, self._id, Taps(key, about=where))
            elif self._chance.random() < BY_BUTTON:
                yield self._event(self._moment(6), Taps(key, about=where), visit)
            else:
                yield self._event(self._moment(5), Hits(key), visit)
                if self._chance.random() < 0.6:
                    words = self._chance.choice(MIXED_UP)
                    yield self._event(self._moment(6), Says(words), visit)
        if visit.bag.grams:
            yield self._event(self._moment(6), Hits("drop-off-key-weigh"), visit)
            weight = f"可回收{visit.bag.grams / 1000:g}公斤"
            yield self._event(self._moment(7), Says(weight), visit)

    def _photographs(self, visit: Visit) -> Event:
        at = self._moment(9)
        act = Photographs(visit.home.code)
        return self._event(at, act, visit, at, Way.PHOTO)

    def _sends_paper(self) -> Event:
        """Several households in one message, a line each, with the minute in which they came."""
        at = self._moment(20)
        noted = {visit.home.door: visit for visit in self._paper}
        self._paper.clear()
        records = []
        lines = []
        for visit in noted.values():
            minute = visit.at.replace(second=0, microsecond=0)
            fits = minute >= self._begins and len(noted) > 1
            lines.append(self._line(visit, minute if fits else None))
            records.append((visit.home.door, minute if fits else at))
        doors = tuple(noted)
        return Event(at, self._id, Says("\n".join(lines)), doors, tuple(records), Way.LINES)

    def _line(self, visit: Visit, minute: datetime | None) -> str:
        said = [_spoken(visit.home.door.address), WRITTEN[visit.bag.quality]]
        if visit.bag.grams:
            said.append(f"可回收{visit.bag.grams / 1000:g}公斤")
        if visit.bag.quality is not Quality.RIGHT:
            said.append(self._chance.choice(MIXED_UP))
        if minute:
            said.append(f"{minute:%H:%M}")
        return " ".join(said)

    def _moment(self, seconds: int) -> datetime:
        """When the volunteer is ready: people take their time."""
        self.free_at += timedelta(seconds=self._chance.randint(seconds - 2, seconds + 4))
        self.free_at = self.free_at.replace(microsecond=0)
        return self.free_at

    def _event(
        self,
        at: datetime,
        act: Hits | Opens | Photographs | Says | Taps,
        visit: Visit | None = None,
        recorded_at: datetime | None = None,
        way: Way | None = None,
    ) -> Event:
        doors = (visit.home.door,) if visit else ()
        records = ((visit.home.door, recorded_at),) if visit and recorded_at else ()
        twice = self._chance.random() < TWICE
        return Event(at, self._id, act, doors, records, way, twice)


def _spoken(address: str) -> str:
    """As a volunteer writes it: a tower has no entrance, and needs words."""
    parts = address.split("-")
    return address if len(parts) == 3 else f"{parts[0]}栋{parts[1]}"
