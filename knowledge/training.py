"""Learns what the letters of a name say about its bin, and what words around it (`make learn`).

The same catalogue and the same messages always give the same weights: what is by chance in it, is
so by a number that does not change.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from knowledge import learned, phrases, talk, wording
from knowledge.catalogue import Catalogue
from knowledge.learned import FILE, KINDS, NO_RUBBISH, WHOLE, probabilities
from knowledge.names import Names

ROUNDS = 6
STEP = 0.2
"""How far one example moves the weights in the first round; less and less later."""

CLOSE_ENOUGH = 0.02
"""Errors below this teach nothing."""

LEAST = 3
"""Hundredths; a piece all of whose weights are smaller is left out."""

ASKED_OF = 4
"""One name in so many is asked for: all of them would be twenty times as many as the messages."""

Example = tuple[str, str]
"""A normalised text, and what kind it is of."""


def examples(catalogue: Catalogue) -> Iterator[Example]:
    """Every Chinese name with its usual bin, and the everyday words that have none."""
    for item in catalogue.items:
        stream = item.stream_of(None)
        if stream:
            yield from ((key, stream) for key in _chinese(item.names))
    yield from ((key, NO_RUBBISH) for key in _chinese(sorted(catalogue.not_rubbish)))


def messages(catalogue: Catalogue) -> Iterator[Example]:
    """Messages in which something goes, and in which nothing does, the things in them masked."""
    names = Names(catalogue.items)
    for text, kind in talk.examples():
        yield talk.masked(wording.key(text), names), kind
    chance = _chance(0)
    every = _chinese(chain.from_iterable(item.names for item in catalogue.items))
    for name in sorted(every)[::ASKED_OF]:
        yield talk.masked(name, names, but=name), talk.GOES
        yield talk.masked(wording.key(_asked(name, chance)), names), talk.GOES


def learn(
    known: Iterable[Example],
    kinds: Sequence[str] = KINDS,
    pieces: Callable[[str], Iterator[str]] = learned.pieces,
) -> Mapping[str, tuple[int, ...]]:
    """The weights of each piece for each kind."""
    lessons = [(tuple(pieces(key)), kinds.index(kind)) for key, kind in known]
    weights: dict[str, list[float]] = {}
    for number in range(ROUNDS):
        # Mixed anew each round, as names of one item stand together.
        _chance(number).shuffle(lessons)
        for found, kind in lessons:
            _improve([weights.setdefault(p, [0.0] * len(kinds)) for p in found], kind, number)
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


def _chance(number: int) -> random.Random:
    """Chance that is the same each time, or the weights would differ with each learning."""
    return random.Random(number)  # noqa: S311 (no secret: the same weights are wanted)


def _asked(name: str, chance: random.Random) -> str:
    """The name as it may stand in a question, or with what is said of it."""
    kinds = [which + kind for which in phrases.WHICH.split() for kind in phrases.KIND.split()]
    before, after = (chance.choice(words.split()) for words in (phrases.ASKING, phrases.ANSWERED))
    said, plain = (
        chance.choice(words.split()) for words in (phrases.DESCRIBING, phrases.QUALIFYING)
    )
    return chance.choice(
        [
            f"{said}的{name}",
            f"{plain}{name}",
            f"{name}{said}",
            f"{name}{after}",
            f"{before}{name}{after}{chance.choice(kinds)}",
        ]
    )


def _chinese(names: Iterable[str]) -> Iterator[str]:
    return filter(wording.has_ideographs, map(wording.key, names))


if __name__ == "__main__":
    shipped = Catalogue.load()
    write(learn(examples(shipped)))
    write(learn(messages(shipped), talk.KINDS, talk.pieces), talk.FILE)
