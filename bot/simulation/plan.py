"""The plan of a month, made up from a seed before anything happens: who does what, and when."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot import demo
from bot.simulation import residents, shifts
from bot.simulation.acts import Event, Opens
from bot.simulation.city import Estate
from bot.simulation.habits import Habit
from bot.simulation.residents import Resident
from bot.simulation.shifts import Bag, Visit
from knowledge.calendar import Civil, Window


@dataclass(frozen=True, slots=True)
class Plan:
    """A month."""

    events: Sequence[Event]
    people: dict[int, str]
    """The names of all who have Telegram, by their ids."""


def make(
    estates: Sequence[Estate],
    first: date,
    days: int,
    civil: Civil,
    things: Sequence[str],
    seed: int,
) -> Plan:
    """The month that this seed stands for."""
    chance = random.Random(seed)  # noqa: S311 (no secret: the same month is wanted again)
    people: dict[int, str] = {}
    # Who helps has pressed Start before: the bot may write to them.
    before = datetime(first.year, first.month, first.day, 5, tzinfo=civil.zone)
    helpers = [demo.STAFF, *(id_ for estate in estates for id_ in estate.volunteers)]
    events = [Event(before, id_, Opens()) for id_ in helpers]
    for estate in estates:
        habits = [Habit.made_up(home, len(estate.posts), chance) for home in estate.homes]
        living = residents.made_up(estate, habits, days, people, chance)
        people |= estate.volunteers
        for number in range(days):
            day = first + timedelta(days=number)
            month = Month(estate, habits, living, civil, chance, things)
            events += month.day(day, number / max(1, days - 1), number)
    return Plan(sorted(events, key=lambda event: event.at), people)


@dataclass(frozen=True, slots=True)
class Month:
    """One estate's month, day by day."""

    estate: Estate
    habits: Sequence[Habit]
    living: Sequence[Resident]
    civil: Civil
    chance: random.Random
    things: Sequence[str]

    def day(self, day: date, share: float, number: int) -> Iterator[Event]:
        """What happens on a day; `share`: how much of the month is over."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.civil.zone)
        for resident in self.living:
            yield from residents.day(resident, midnight, number, self.things, self.chance)
        windows = self._windows(day)
        visits = self._visits(day, share, windows)
        for place, window in enumerate(windows):
            for post in range(len(self.estate.posts)):
                queue = sorted(visits.get((place, post), ()), key=lambda visit: visit.at)
                turn = number * len(windows) + place
                yield from shifts.shift(self.estate, post, window, turn, queue, self.chance)

    def _windows(self, day: date) -> list[Window]:
        """A day's windows, by the clocks of the place."""
        zone = self.civil.zone
        return [
            replace(
                window,
                starts_at=window.starts_at.astimezone(zone),
                ends_at=window.ends_at.astimezone(zone),
            )
            for window in self.estate.calendar.windows(day, zone)
        ]

    def _visits(
        self, day: date, share: float, windows: Sequence[Window]
    ) -> dict[tuple[int, int], list[Visit]]:
        """Who comes to which station, by window and station."""
        found: dict[tuple[int, int], list[Visit]] = {}
        weekend = day.weekday() >= 5
        for habit in self.habits:
            for place in sorted(habit.windows(len(windows), share, weekend, self.chance)):
                window = windows[place]
                after = habit.moment(window.ends_at - window.starts_at, weekend, self.chance)
                bag = Bag(habit.sorts(self.chance), habit.brings_recyclables(self.chance))
                visit = Visit(window.starts_at + after, habit.home, bag)
                found.setdefault((place, habit.post), []).append(visit)
        return found
