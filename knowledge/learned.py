"""What the letters of a name say about its bin, as learned from all the names we know.

A linear model over single characters and pairs of them. Its weights lie in a file that
`make learn` writes anew from the catalogue; it holds nothing that the catalogue does not.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from knowledge.streams import Stream

DATA = Path(__file__).parent / "data"
FILE = DATA / "learned.tsv"

NO_RUBBISH = "no_rubbish"
KINDS = (*Stream, NO_RUBBISH)
"""What a name may turn out to be, in the order of the columns."""

WHOLE = 100
"""Weights are kept as hundredths."""

BEGIN, END = "<", ">"
"""Stand for the beginning and the end of a name; names have no such signs in them."""


@dataclass(frozen=True, slots=True)
class Chances:
    """How probable each bin is, and how much there was to go by."""

    of: Mapping[str, float]
    """Adds up to 1."""
    evidence: float
    """Weight of what speaks for the likeliest; below about 3 the name says next to nothing."""
    ending_known: bool
    """Whether names that end in this character have been seen."""
    familiar: float
    """Share of the pairs of characters in it that have been seen."""


class Learned:
    """The model, ready to be asked."""

    def __init__(self, weights: Mapping[str, tuple[int, ...]]) -> None:
        self._weights = weights

    @classmethod
    def load(cls, path: Path = FILE) -> Self:
        """Read the weights."""
        return cls(read(path))

    def chances(self, key: str) -> Chances:
        """What a normalised name probably is."""
        speaks = sums(self._weights, pieces(key), len(KINDS))
        return Chances(
            of=dict(zip(KINDS, probabilities(speaks), strict=True)),
            evidence=max(speaks),
            ending_known=key[-1:] + END in self._weights,
            familiar=self._familiar(key),
        )

    def _familiar(self, key: str) -> float:
        pairs = [key[at : at + 2] for at in range(len(key) - 1)]
        return sum(pair in self._weights for pair in pairs) / len(pairs) if pairs else 0.0


def read(path: Path) -> dict[str, tuple[int, ...]]:
    """The weights in a file: what a piece says for each kind, in hundredths."""
    weights = {}
    for line in path.read_text("utf-8").splitlines():
        piece, *numbers = line.split("\t")
        weights[piece] = tuple(map(int, numbers))
    return weights


def sums(weights: Mapping[str, tuple[int, ...]], found: Iterable[str], kinds: int) -> list[float]:
    """What the pieces say together for each kind."""
    known = [weight for piece in found if (weight := weights.get(piece))]
    return [sum(column) / WHOLE for column in zip(*known, strict=True)] or [0.0] * kinds


def pieces(key: str) -> Iterator[str]:
    """What a name is judged by."""
    yield from key
    edged = BEGIN + key + END
    yield from (edged[at : at + 2] for at in range(len(edged) - 1))


def probabilities(speaks: list[float]) -> list[float]:
    """What speaks for each as parts of 1, the larger the likelier (softmax)."""
    most = max(speaks)
    parts = [math.exp(one - most) for one in speaks]
    whole = sum(parts)
    return [part / whole for part in parts]
