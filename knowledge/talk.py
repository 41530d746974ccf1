"""Whether something in a message is to go, or it only talks of things that stay.

"昨天买了部新手机" names a thing as "手机坏了" does. What tells them apart are the words around it:
a linear model over one to three characters of them, as `knowledge.learned` is over those of
names. It has learned from `data/talk.tsv` (`make learn`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Self

from knowledge import phrases, wording
from knowledge.learned import BEGIN, DATA, END, probabilities, read, sums
from knowledge.names import Names

EXAMPLES = DATA / "talk.tsv"
"""Messages as people write them, of both kinds, one a line."""

FILE = DATA / "learned_talk.tsv"

GOES, STAYS = KINDS = ("goes", "stays")
"""In the order of the columns."""
STAYS_AT = KINDS.index(STAYS)

THING = "▢"
"""Stands where a thing is named: whatever the thing, the words around it mean the same."""

LONGEST_NAME = 10
"""Characters of names that are looked for; a longer one is a sentence of its own."""
SHORTEST, LONGEST = 5, 64
"""Characters: shorter messages are names, and of longer ones the beginning is judged."""

MOSTLY = 0.6
"""Share of Chinese characters from which on the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Talk:
    """The model, ready to be asked."""

    weights: Mapping[str, tuple[int, ...]]

    @classmethod
    def load(cls, path: Path = FILE) -> Self:
        """Read the weights."""
        return cls(read(path))

    def stays(self, message: str, names: Names) -> float:
        """How probable it is that nothing in the message is to go, 0 to 1."""
        key = wording.key(message)
        chinese = sum(map(wording.is_ideograph, key))
        if len(key) < SHORTEST or chinese < len(key) * MOSTLY or names.exact(key):
            return 0.0
        plain = wording.plain(message)
        if phrases.THROWN_AWAY.search(plain) or phrases.SPOILT.search(plain):
            return 0.0
        return probabilities(sums(self.weights, pieces(masked(key, names)), len(KINDS)))[STAYS_AT]


def examples() -> Iterator[tuple[str, str]]:
    """The messages that are learned from, with what kind each is of."""
    for line in EXAMPLES.read_text("utf-8").splitlines()[1:]:
        kind, text = line.split("\t")
        yield text, kind


def masked(key: str, names: Names, but: str = "") -> str:
    """The beginning of a normalised message, `THING` for each name in it except `but`."""
    key, found, start = key[:LONGEST], [], 0
    while start < len(key):
        longest = min(len(key), start + LONGEST_NAME)
        ends = range(longest, start + 1, -1)
        end = next((e for e in ends if key[start:e] != but and names.exact(key[start:e])), 0)
        found.append(THING if end else key[start])
        start = end or start + 1
    return "".join(found)


def pieces(text: str) -> Iterator[str]:
    """What a masked message is judged by, each once."""
    edged = BEGIN + text + END
    longer = (edged[at : at + n] for n in (2, 3) for at in range(len(edged) - n + 1))
    return iter(dict.fromkeys(chain(text, longer)))
