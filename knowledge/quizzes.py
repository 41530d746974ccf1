"""Quizzes: what is easily sorted wrongly, chosen anew for each person and day.

Tricky are things that look like others, things whose bin depends on their state, and things that
other places sort otherwise.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from knowledge.catalogue import Catalogue
from knowledge.items import Item
from knowledge.streams import Stream

BINS = (Stream.FOOD, Stream.RECYCLABLE, Stream.HAZARDOUS, Stream.RESIDUAL)
"""What may be answered: the bins that everybody has, the daily one first."""

RIDDLES = 5
"""In a quiz: a minute or two, standing at the bus stop."""


@dataclass(frozen=True, slots=True)
class Riddle:
    """Which bin does this item go into, in this state?"""

    item: str
    """Its name."""
    state: str | None
    stream: Stream
    """Where it goes."""


def riddles(catalogue: Catalogue, seed: str) -> Sequence[Riddle]:
    """The riddles of a quiz, of every kind of tricky things; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 (no secret: the same quiz all day is wanted)
    known = [item for item in catalogue.items if item.names]
    kinds = [
        list(kind(known))
        for kind in (_look_alikes, _conditions, _disputed)
    ]  # fmt: skip
    for kind in kinds:
        chance.shuffle(kind)
    # In turns, so that no kind is missing because another has more things; each thing once.
    mixed = chain.from_iterable(zip_longest(*kinds))
    chosen = {riddle.item: riddle for riddle in filter(None, mixed)}
    return list(chosen.values())[:RIDDLES]


def _look_alikes(items: Sequence[Item]) -> Iterator[Riddle]:
    return _as_usual(item for item in items if item.unlike)


def _conditions(items: Sequence[Item]) -> Iterator[Riddle]:
    """Each state of what goes into another bin in another state."""
    for item in items:
        if len({group.stream for group in item.states.values()}) > 1:
            yield from (
                Riddle(item.name, state, group.stream)
                for state, group in item.states.items()
                if group.stream in BINS
            )


def _disputed(items: Sequence[Item]) -> Iterator[Riddle]:
    return _as_usual(item for item in items if item.elsewhere)


def _as_usual(items: Iterable[Item]) -> Iterator[Riddle]:
    found = ((item, item.stream_of(None)) for item in items)
    return (Riddle(item.name, None, stream) for item, stream in found if stream in BINS)
