"""Learns from the catalogue what the letters of a name say about its bin (`make learn`).

The same catalogue always gives the same weights: the order of the examples is mixed, but by a
number that does not change.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from knowledge import wording
from knowledge.catalogue import Catalogue
from knowledge.learned import FILE, KINDS, NO_RUBBISH, WHOLE, pieces, probabilities

ROUNDS = 6
STEP = 0.2
"""How far one example moves the weights in the first round; less and less later."""

CLOSE_ENOUGH = 0.02
"""Errors below this teach nothing."""

LEAST = 3
"""Hundredths; a piece all of whose weights are smaller is left out."""

Example = tuple[str, str]
"""A normalised name, and one of `KINDS`."""


def examples(catalogue: Catalogue) -> Iterator[Example]:
    """Every Chinese name with its usual bin, and the everyday words that have none."""
    for item in catalogue.items:
        stream = item.stream_of(None)
        if stream:
            yield from ((key, stream) for key in _chinese(item.names))
    yield from ((key, NO_RUBBISH) for key in _chinese(sorted(catalogue.not_rubbish)))


def learn(known: Iterable[Example]) -> Mapping[str, tuple[int, ...]]:
    """The weights of each piece for each of `KINDS`."""
    lessons = [(tuple(pieces(key)), KINDS.index(kind)) for key, kind in known]
    weights: dict[str, list[float]] = {}
    for number in range(ROUNDS):
        # Mixed anew each round, as names of one item stand together.
        random.Random(number).shuffle(lessons)  # noqa: S311 (no secret: the same mix is wanted)
        for found, kind in lessons:
            _improve([weights.setdefault(p, [0.0] * len(KINDS)) for p in found], kind, number)
    rounded = {piece: tuple(round(one * WHOLE) for one in row) for piece, row in weights.items()}
    return {
        piece: row
        for piece, row in sorted(rounded.items())
        if max(map(abs, row)) >= LEAST and piece.strip()
    }


def write(weights: Mapping[str, Sequence[int]], path: Path = FILE) -> None:
    """Keep the weights in a file."""
    lines = ("\t".join((piece, *map(str, row))) for piece, row in weights.items())
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _improve(rows: list[list[float]], kind: int, number: int) -> None:
    """Move the weights of one example towards what it is (logistic regression)."""
    chances = probabilities([sum(column) for column in zip(*rows, strict=True)])
    for at, chance in enumerate(chances):
        error = chance - (at == kind)
        if abs(error) > CLOSE_ENOUGH:
            for row in rows:
                row[at] -= error * STEP / (1 + number / 2)


def _chinese(names: Iterable[str]) -> Iterator[str]:
    return filter(wording.has_ideographs, map(wording.key, names))


if __name__ == "__main__":
    write(learn(examples(Catalogue.load())))
