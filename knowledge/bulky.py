"""Bulky things: a short list to choose from, and what people name in their own words.

The list is `data/bulky.csv`: a key that never changes, since bookings keep it; a name in each
language; and the items of the catalogue that are meant by it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Self

from knowledge import peeling, shorthand, tables
from knowledge.answers import Answer, Asked, Found, Inferred, Nothing
from knowledge.search import Search
from knowledge.shorthand import SPOKEN_OR_TYPED
from knowledge.streams import Stream, Words
from knowledge.tables import Problems

FILE = Path(__file__).parent / "data" / "bulky.csv"
HEADER = ("key", "name", "en", "catalogue")

_MEASURE = "张|把|个|件|台|只|套|组|架|扇|块|条|辆|口"
_COUNT = re.compile(
    rf"(?P<number>{SPOKEN_OR_TYPED}) ?(?:{_MEASURE})|[x*×] ?(?P<times>[0-9]{{1,3}})(?![0-9])"
    r"|(?<![^ ])(?P<alone>[0-9]{1,3})(?![^ ])"
)
"""How many: with a measure word, with a sign, or as a number of its own. "三人沙发" is one."""

_BEFORE_COUNTS = re.compile("(?:请|麻烦|帮|给|我|家|们|还|再|另外|要|想|有|收|约|加|和|个)*")
"""What names nothing before a count: "再加一把椅子"."""

_AND = re.compile("和|跟|与|以及|还有")
_EACH = "各"
"""Before a count that holds for all that was named: "桌子和椅子各两把"."""


@dataclass(frozen=True, slots=True)
class BulkyItem:
    """A kind of bulky things."""

    key: str
    name: Words
    catalogue: tuple[str, ...]
    """Names of the items that are meant."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Something that is to be fetched, as a person named it."""

    key: str | None
    """Which of the list it is; None for something else."""
    words: str
    """As it was written, without the count."""
    count: int
    stream: Stream | None
    """Where the catalogue says for certain that it goes; None if it does not."""


@dataclass(frozen=True, slots=True)
class Bulky:
    """The list."""

    items: tuple[BulkyItem, ...]
    by_key: Mapping[str, BulkyItem]
    _keys: Mapping[str, str]
    """By the name of an item of the catalogue."""

    @classmethod
    def load(cls, file: Path = FILE) -> Self:
        """Read the list, or raise `BadCatalogue`."""
        problems = Problems()
        items, keys = [], dict[str, str]()
        for row in tables.read_table(file, file.name, HEADER, problems):
            names = row.entries("catalogue")
            items.append(BulkyItem(row["key"], Words(row["name"], row["en"]), names))
            for name in names:
                if keys.setdefault(name, row["key"]) != row["key"]:
                    problems.add_at(row, "name_twice", name=name)
        problems.stop_if_any()
        by_key = {item.key: item for item in items}
        return cls(tuple(items), MappingProxyType(by_key), MappingProxyType(keys))

    def key_of(self, name: str) -> str | None:
        """Which of the list an item of the catalogue is."""
        return self._keys.get(name)

    def wishes(self, text: str, search: Search) -> tuple[Wish, ...]:
        """What a person names: "两把椅子，旧鱼缸" is two chairs and a fish tank.

        What is known to be no thing at all, such as "哈哈哈", is left out.
        """
        pieces = peeling.pieces(text)
        return tuple(wish for piece in pieces for wish in self._wishes(piece, search))

    def _wishes(self, piece: str, search: Search) -> Iterator[Wish]:
        for named in _counted(piece):
            words = self._apart(named.words, search)
            for place, each in enumerate(words):
                is_counted = named.is_each or place == (0 if named.is_after else len(words) - 1)
                for answer in search.answers(each):
                    if isinstance(answer, Nothing) and answer.not_rubbish:
                        continue
                    key, stream = self._meant(answer)
                    yield Wish(key, answer.asked, named.count if is_counted else 1, stream)

    def _apart(self, words: str, search: Search) -> list[str]:
        """Things that "和" joins, if it is one of our list that it joins: no thing is cut up."""
        parts = [part.strip() for part in _AND.split(words)]
        if len(parts) == 1 or not all(parts):
            return [words]
        known = [any(self._meant(answer)[0] for answer in search.answers(part)) for part in parts]
        are_words = all(len(part) > 1 for part in parts)
        return parts if all(known) or (any(known) and are_words) else [words]

    def _meant(self, answer: Answer) -> tuple[str | None, Stream | None]:
        match answer:
            case Found(item=item, state=state):
                return self.key_of(item.name), item.stream_of(state)
            case Asked(item=item):
                return self.key_of(item.name), None
            case Inferred(like=item):
                return self.key_of(item.name), None
            case _:
                return None, None


@dataclass(frozen=True, slots=True)
class _Named:
    """What stands between two counts."""

    words: str
    count: int
    is_after: bool
    """Whether it comes after its count, so that this is the first thing's."""
    is_each: bool


def _counted(piece: str) -> list[_Named]:
    """Names and how many of each: "一张床两把椅子", "椅子2把 床". One, if nothing is said."""
    # Sign by sign the same, so what was written stays as it was.
    counts = list(_COUNT.finditer(shorthand.plain(piece)))
    starts = [0, *(each.end() for each in counts)]
    ends = [*(each.start() for each in counts), len(piece)]
    names = [_bare(piece[start:end]) for start, end in zip(starts, ends, strict=True)]
    is_after = bool(counts and _BEFORE_COUNTS.fullmatch(names[0]))
    if is_after:
        del names[0]  # the counts stand before the names
    numbers = [*map(_number, counts), 1]
    return [
        _Named(name.removesuffix(_EACH), number, is_after, name.endswith(_EACH))
        for name, number in zip(names, numbers, strict=False)
        if name
    ]


def _bare(words: str) -> str:
    """Without an "and" at its end, after which a count came."""
    while found := re.search(rf"(?:{_AND.pattern}|\s)$", words):
        words = words[: found.start()]
    return words.strip()


def _number(count: re.Match[str]) -> int:
    return max(1, shorthand.number(count["number"] or count["times"] or count["alone"]))
