"""How a household sorts and when it comes, and how that changes over the month."""

import random
from dataclasses import dataclass
from datetime import timedelta

from bot.simulation.city import Home
from knowledge.qualities import Quality

STARTS, ENDS = 0.51, 0.75
"""How many households come on a day: on the first of the month, and on the last."""

WEEKEND = 1.15
LESSON, HEARSAY = 0.25, 0.05
"""How much of what they do wrong people unlearn when the bot says what it was, or nobody does."""

RECYCLABLE_DAYS = 7
"""Every so many drop-offs there are recyclables with it, which are weighed."""

BOTH_WINDOWS = 0.04
SPREAD = timedelta(minutes=12)


@dataclass(slots=True)
class Habit:
    """One household's ways."""

    home: Home
    keen: float
    """How often it comes, compared with others."""
    morning: float
    """How likely it comes in the first window of a day."""
    minute: float
    """Its favourite moment of a window: 0 is the beginning, 1 the end."""
    skill: float
    """How likely all is in the right bag."""
    post: int
    """Its station."""
    hears: bool = False
    """Whether somebody there gets the bot's messages by now."""

    @classmethod
    def made_up(cls, home: Home, posts: int, chance: random.Random) -> "Habit":
        """A household as there are many."""
        return cls(
            home,
            keen=chance.triangular(0.4, 1.4, 1.15),
            morning=chance.choice((0.95, 0.9, 0.5, 0.1, 0.05)),
            minute=chance.triangular(0.02, 0.98, 0.45),
            skill=chance.betavariate(6, 1.5),
            post=chance.randrange(posts),
        )

    def windows(self, number: int, share: float, weekend: bool, chance: random.Random) -> set[int]:
        """In which of a day's windows it comes; `share`: how much of the month is over."""
        likely = (STARTS + (ENDS - STARTS) * share) * self.keen
        if chance.random() >= min(0.98, likely * (WEEKEND if weekend else 1)):
            return set()
        if chance.random() < BOTH_WINDOWS:
            return set(range(number))
        return {0 if chance.random() < self.morning else number - 1}

    def moment(self, span: timedelta, weekend: bool, chance: random.Random) -> timedelta:
        """How long after the beginning of the window; at weekends people sleep longer."""
        favourite = span * min(1.0, self.minute + 0.15 * weekend)
        late = favourite + timedelta(minutes=chance.gauss(0, SPREAD.total_seconds() / 60))
        return min(max(late, timedelta(minutes=-4)), span + timedelta(minutes=4))

    def sorts(self, chance: random.Random) -> Quality:
        """How it sorted this time; what it hears about that, it remembers."""
        if chance.random() < self.skill:
            return Quality.RIGHT
        self.skill += (1 - self.skill) * (LESSON if self.hears else HEARSAY)
        return Quality.PARTLY if chance.random() < 0.6 else Quality.WRONG

    def brings_recyclables(self, chance: random.Random) -> int:
        """The grams of recyclables that it brings; 0 if none."""
        if chance.randrange(RECYCLABLE_DAYS):
            return 0
        return round(chance.triangular(3, 60, 12)) * 100
