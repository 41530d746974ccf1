"""Parts of a day, of a year and of time: hours, seasons and dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from knowledge.local_time import MINUTES_A_DAY


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """From one minute of a day to another, which is not in it any more; 1440 is its end."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        assert 0 <= self.opens < self.closes <= MINUTES_A_DAY

    def meets(self, other: "Hours") -> bool:
        """Whether some minute is in both."""
        return self.opens < other.closes and other.opens < self.closes

    def within(self, other: "Hours") -> "Hours":
        """The part that is in `other` too; they have to meet."""
        return Hours(max(self.opens, other.opens), min(self.closes, other.closes))

    def without(self, other: "Hours") -> tuple["Hours", ...]:
        """What is left of it, in up to two parts."""
        if not self.meets(other):
            return (self,)
        ends = ((self.opens, other.opens), (other.closes, self.closes))
        return tuple(Hours(opens, closes) for opens, closes in ends if opens < closes)


WHOLE_DAY = Hours(0, MINUTES_A_DAY)


def are_apart(hours: Iterable[Hours]) -> bool:
    """Whether they are in order and none overlaps the next; they may touch."""
    return all(one.closes <= after.opens for one, after in pairwise(hours))


@dataclass(frozen=True, slots=True)
class Season:
    """A part of every year, from one month and day to another; it may go over New Year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def __contains__(self, day: tuple[int, int]) -> bool:
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last

    def meets(self, other: "Season") -> bool:
        """Whether some day is in both."""
        return other.first in self or self.first in other


@dataclass(frozen=True, slots=True)
class Dates:
    """From one date to another, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        assert self.first <= self.last

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def meets(self, other: "Dates") -> bool:
        """Whether some date is in both."""
        return self.first <= other.last and other.first <= self.last
