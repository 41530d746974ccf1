"""What a drop-off is worth in points, as the area decided.

A right or partly right one gives the points of a visit, of its quality and of its weight. A wrong
one gives what the tariff says for it, usually nothing; or what a right one would have given is
kept back, frozen. Weights come in grams and points are whole: the points of all weights together
are rounded down, once. The sum then ends at what is left of the day's cap.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from knowledge.qualities import Quality
from knowledge.streams import Stream

GRAMS_A_TONNE = 1_000_000
NOTHING: Mapping[Stream, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Tariff:
    """The points of an area."""

    visit: int = 0
    right: int = 0
    partly: int = 0
    wrong: int | None = 0
    """`None`: it freezes what a right one would have given."""
    per_tonne: Mapping[Stream, int] = field(default_factory=lambda: NOTHING)
    """Per tonne rather than kilogram, so that half a point a kilogram is a whole number."""
    day: int | None = None
    """The most that a household gets for drop-offs on one local day."""
    quiz: int = 0
    """The most that a household gets for its quiz of one local day, besides."""

    def __post_init__(self) -> None:
        assert self.visit >= 0
        assert self.right >= self.partly >= (self.wrong or 0) >= 0
        assert all(points >= 0 for points in self.per_tonne.values())
        assert self.day is None or self.day >= 0
        assert self.quiz >= 0


@dataclass(frozen=True, slots=True)
class Award:
    """What one drop-off gives."""

    points: int
    is_frozen: bool = False
    """Whether they are kept back."""

    @property
    def to_spend(self) -> int:
        return 0 if self.is_frozen else self.points

    @property
    def kept_back(self) -> int:
        return self.points if self.is_frozen else 0


def award(
    tariff: Tariff,
    quality: Quality,
    grams: Mapping[Stream, int] = NOTHING,
    *,
    already_today: int = 0,
) -> Award:
    """The points for a drop-off; `already_today` counts what the household got, frozen or not."""
    assert already_today >= 0
    assert all(weight >= 0 for weight in grams.values())
    if quality is Quality.WRONG and tariff.wrong is not None:
        return Award(_capped(tariff, tariff.wrong, already_today))
    sorting = tariff.partly if quality is Quality.PARTLY else tariff.right
    weighed = sum(tariff.per_tonne.get(stream, 0) * weight for stream, weight in grams.items())
    points = tariff.visit + sorting + weighed // GRAMS_A_TONNE
    return Award(_capped(tariff, points, already_today), quality is Quality.WRONG)


def _capped(tariff: Tariff, points: int, already_today: int) -> int:
    if tariff.day is None:
        return points
    return min(points, max(0, tariff.day - already_today))
