"""Every name of every item, found by its letters, its sound, its pinyin, or roughly."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from itertools import takewhile

from rapidfuzz import fuzz

from knowledge import sounds, wording
from knowledge.items import Item

NEAREST = 40
"""Names that are compared letter by letter with what was typed."""

MOST_LOOKED_AT = 4000
"""Entries of the lists of pieces that are counted for one look."""

RECENT = 64
"""Looks that are remembered: one message is looked at in several ways."""

MOST_AKIN = 100
"""Names with the same first or last character that are compared."""

FEWEST_SHARED = 2
"""Pieces that a name has in common with what was typed before it is compared at all."""

PAIR = 2
"""Characters of the shortest words, which sound like many others."""

EDGE = " "
"""Before the first and after the last letter; names have no spaces in this form."""


@dataclass(frozen=True, slots=True)
class Near:
    """A name that is like what was typed."""

    name: str
    item: Item
    likeness: float
    """0 to 1; the mean of how alike they look and how alike they sound."""


class Names:
    """The names of a catalogue in the forms in which they are looked up."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._ear = sounds.Ear()
        self._names: list[str] = []
        self._items: list[Item] = []
        self._heard: list[str] = []
        self._exact: dict[str, Item] = {}
        self._by_one: dict[str, Item] = {}
        self._by_sound: dict[str, list[int]] = defaultdict(list)
        self._by_pinyin: dict[str, list[int]] = defaultdict(list)
        self._by_piece: dict[str, list[int]] = defaultdict(list)
        self._by_edge: dict[str, list[int]] = defaultdict(list)
        for item in items:
            for name in item.names:
                self._add(wording.key(name), item)
        self._sorted = sorted(self._exact)
        self._recent = lru_cache(RECENT)(self._near)

    def exact(self, key: str) -> Item | None:
        """The item that has this very name; English ones also in the plural or singular."""
        return self._exact.get(key) or (self._by_one.get(_one(key)) if key.isascii() else None)

    def alike(self, key: str) -> Iterator[tuple[str, Item, bool]]:
        """Names that sound the same; the last tells whether exactly or to some people only."""
        # Whoever picks a wrong character picks one that is mostly read so.
        heard = self._ear.usual(key)
        for number in self._by_sound.get(self._ear.slur(heard), ()):
            name = self._names[number]
            # Pairs of syllables are too many words already to count rarer readings as well.
            rarer = self._ear.sounds(name) if len(name) > PAIR else ()
            yield name, self._items[number], heard == self._ear.usual(name) or heard in rarer

    def spelled(self, letters: str) -> tuple[Item, ...]:
        """Items with a name of this toneless pinyin."""
        found = self._by_pinyin.get(letters.replace("v", "u"), ())
        return tuple(dict.fromkeys(self._items[number] for number in found))

    def near(self, key: str) -> list[Near]:
        """Names like this one, the nearest first."""
        return self._recent(key)

    def _near(self, key: str) -> list[Near]:
        heard = self._hear(key)
        shared = Counter(self._sharing(heard))
        likely = nlargest(
            NEAREST,
            (
                (count / (len(heard) + len(self._heard[number])), number)
                for number, count in shared.items()
                if count >= FEWEST_SHARED
            ),
        )
        found = [self._compared(key, heard, number) for _, number in likely]
        return sorted(found, key=_nearness)

    def _sharing(self, heard: str) -> Iterator[int]:
        """Names by each piece they share with what was heard, the rare pieces first."""
        lists = sorted((self._by_piece.get(piece, ()) for piece in _pieces(heard)), key=len)
        left = MOST_LOOKED_AT
        for at, numbers in enumerate(lists):
            # A piece that is in every tenth name tells little and costs most.
            if len(numbers) > left and at >= FEWEST_SHARED:
                return
            left -= len(numbers)
            yield from numbers[:MOST_LOOKED_AT]

    def akin(self, key: str) -> list[Near]:
        """Names that end or begin with the same character, the nearest first."""
        heard = self._hear(key)
        same = dict.fromkeys(
            [
                *self._by_edge.get(key[-1:] + EDGE, ())[:MOST_AKIN],
                *self._by_edge.get(EDGE + key[:1], ())[:MOST_AKIN],
            ]
        )
        found = [self._compared(key, heard, number) for number in same]
        return sorted(found, key=_nearness)

    def beginning(self, key: str) -> Iterator[Item]:
        """Items with a name that begins so, then those with a name that has it inside."""
        first = bisect_left(self._sorted, key)
        begun = takewhile(lambda name: name.startswith(key), self._sorted[first:])
        yield from (self._exact[name] for name in sorted(begun, key=len))
        yield from (self._exact[name] for name in self._sorted if key in name)

    def in_place(self, items: Iterable[Item], others: Collection[str]) -> "Names":
        """These names as they are somewhere: some items differ, others are not known there.

        It costs what the items cost that differ; the rest is shared.
        """
        return _LocalNames(self, items, others)

    def _add(self, name: str, item: Item) -> None:
        if name in self._exact:
            return
        self._exact[name] = item
        if name.isascii():
            self._by_one.setdefault(_one(name), item)
        number = len(self._names)
        heard = self._hear(name)
        self._names.append(name)
        self._items.append(item)
        self._heard.append(heard)
        for piece in set(_pieces(heard)):
            self._by_piece[piece].append(number)
        if wording.has_ideographs(name):
            for sound in {self._ear.slur(sound) for sound in self._ear.sounds(name)}:
                self._by_sound[sound].append(number)
            for letters in set(sounds.pinyin(name)):
                self._by_pinyin[letters].append(number)
            for edge in (name[-1] + EDGE, EDGE + name[0]):
                self._by_edge[edge].append(number)

    def _hear(self, name: str) -> str:
        return self._ear.slur(self._ear.usual(name))

    def _compared(self, key: str, heard: str, number: int) -> Near:
        looks = fuzz.ratio(key, self._names[number])
        sounds_like = fuzz.ratio(heard, self._heard[number])
        likeness = (looks + sounds_like) / 200
        return Near(self._names[number], self._items[number], likeness)


class _LocalNames(Names):
    """Names of a few items of a place, before all those of a larger catalogue."""

    def __init__(self, usual: Names, items: Iterable[Item], others: Collection[str]) -> None:
        super().__init__(items)
        self._usual_names = usual
        self._others = others
        """Items of the larger catalogue that are others here, or none."""

    def exact(self, key: str) -> Item | None:
        if own := super().exact(key):
            return own
        usual = self._usual_names.exact(key)
        return usual if usual and self._holds(usual) else None

    def alike(self, key: str) -> Iterator[tuple[str, Item, bool]]:
        yield from super().alike(key)
        yield from (one for one in self._usual_names.alike(key) if self._holds(one[1]))

    def spelled(self, letters: str) -> tuple[Item, ...]:
        usual = filter(self._holds, self._usual_names.spelled(letters))
        return (*super().spelled(letters), *usual)

    def near(self, key: str) -> list[Near]:
        return self._nearest(super().near(key), self._usual_names.near(key))

    def akin(self, key: str) -> list[Near]:
        return self._nearest(super().akin(key), self._usual_names.akin(key))

    def beginning(self, key: str) -> Iterator[Item]:
        yield from super().beginning(key)
        yield from filter(self._holds, self._usual_names.beginning(key))

    def _nearest(self, own: Iterable[Near], usual: Iterable[Near]) -> list[Near]:
        found = [*own, *(near for near in usual if self._holds(near.item))]
        return sorted(found, key=_nearness)

    def _holds(self, usual: Item) -> bool:
        """Whether an item is here what it is elsewhere."""
        return usual.name not in self._others


def _nearness(near: Near) -> tuple[float, int, str]:
    return -near.likeness, len(near.name), near.name


def _one(name: str) -> str:
    """An English name in the singular, roughly, but always in the same way."""
    if name.endswith("ies"):
        return name[:-3] + "y"
    if name.endswith(("sses", "shes", "ches", "xes", "zes", "toes", "goes")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def _pieces(heard: str) -> Iterator[str]:
    """Pairs of syllables, or three letters in a row, with the edges."""
    # Letters are few, so that pairs of them would be in half of all English names.
    length = 3 if heard.isascii() else 2
    edged = EDGE + heard + EDGE
    return (edged[at : at + length] for at in range(len(edged) - length + 1))
