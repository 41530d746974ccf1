"""What a sentence is about: the thing that something is said of, or the part of it that is left.

"用了五年的炒锅要换新的了" is about a pan, "核桃敲开剩下的壳" about the shell of a walnut.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from knowledge import readings, wording
from knowledge.guesses import Candidate, Guesses
from knowledge.items import Item
from knowledge.names import Names
from knowledge.peeling import UNDONE, Form, Peeler

LONGEST_NAME = 8
"""Characters of names that are looked for inside a sentence."""

SHORTEST = 2
"""Of names that something may be said of; a single character is part of too many words."""

LONGEST_PART = 4

CONTAINERS = "瓶罐桶盒袋杯管筒子"
"""Last characters of what any brand may come in."""

LONGEST = 32
"""Characters of a sentence that are looked at; every one may begin a name."""

PARTS = "壳皮核籽刺毛渣泥芯根须瓤骨头叶子盒瓶罐桶袋杯盖膜纸棍签棒绳托套"
"""Last characters of what is left of a thing, or was around it."""

SAYS = re.compile(
    "[了着过没得啥被把剩]|[上下出起]来|不(?!锈|干胶|织布|粘)|^(?:太|都|也|就|还|全|已|只|要|能|可|会|该|应|是|在|有|怎|咋|好|很|真|放"
    "|扔|丢|坏|破|断|碎|烂|臭|长|发[霉臭硬黑黄酸芽]|油腻|漏|裂|掉)"
)
"""Signs that a sentence about the thing goes on, which no longer name has in it."""

NOT_SAID_OF_IT = re.compile("^[的里上外中内下和跟及与套盖盒袋瓶罐壳皮膜架]|^.?(?:过滤|着色)")
"""What follows is about something that is in, on, or of the thing."""

EMPTIED = re.compile("^里[面头边]?的?.{0,3}[倒用喝吃挤抽装][完光空]")
"""But what is no longer in it says that it is empty."""

BEFORE_A_PART = re.compile(
    "(?:[的剩层外里中下上个根块张片些条点面]|[一半几大][盆堆锅箱缸袋坨桌地])$"
)
"""Ends what stands between a whole and its part."""

LINKS = re.compile("[装包盛剩]")
"""Between whole and part these say no more than that they belong together."""

IS_SENTENCE = re.compile(
    rf"{SAYS.pattern.partition('|^')[0]}|[太都还全很的剩层外里中下上个]|.[{CONTAINERS}头]$"
)
"""Without any of these signs there is but a name, and nothing to look for."""

COMPLAINS = re.compile("[不没又总太]|还没|老是|天天|一直")
"""How it goes on about people, pets and places: "老公不洗碗"."""

ASKS = re.compile("[扔丢投倒哪什怎啥咋是属算归]")
"""What stands after it names no part of a thing, but a bin: "扔哪个桶"."""

TOLD_APART = re.compile("^[外空旧破老大小厚硬脏干]+(?=.)")
"""What is said of a part in one character: "外壳" is "壳"."""

JOINED, SPOKEN_OF, BRIEFLY_SPOKEN_OF = 0.86, 0.75, 0.62
"""Confidence in whole and part, in what something is said of, and if its name is short."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A name in a text, and where it stands."""

    start: int
    end: int
    name: str
    item: Item


@dataclass(frozen=True, slots=True)
class Sentences:
    """Finds in a sentence the thing that it is about."""

    names: Names
    peeler: Peeler
    guesses: Guesses

    def about(self, piece: str) -> Candidate | None:
        """The thing that a sentence is about, with what the rest says of it."""
        key = wording.key(piece)[:LONGEST]
        if not (wording.has_ideographs(key) and IS_SENTENCE.search(key)):
            return None
        named = self._named(key)
        return next(chain(self._parts(key, named), self._topics(key, named)), None)

    def part_of_unknown(self, piece: str) -> str | None:
        """Whole and part in one word, where only the kind of part is known: "花螺壳"."""
        key = wording.key(piece)[:LONGEST]
        if not IS_SENTENCE.search(key):
            return None
        wholes = [one for one in self._named(key) if len(one.name) >= SHORTEST]
        for start, end in self._ends(key):
            before = [one for one in wholes if one.end <= start]
            if not before or not BEFORE_A_PART.search(key[:start]):
                continue
            for part in _part_names(key[start:end]):
                item = self.names.exact(part)
                if item and item.group is None:
                    return max(before, key=lambda one: one.end).name + part
        return None

    def is_of_no_rubbish(self, piece: str, everyday: Collection[str]) -> bool:
        """Whether it says what somebody or something that is no rubbish does not do."""
        key = wording.key(piece)[:LONGEST]
        if "的" in key or not COMPLAINS.search(key):
            return False
        return any(
            key[start:end] in everyday and COMPLAINS.match(key, end)
            for start in self.peeler.fronts(key)
            for end in range(start + 1, start + LONGEST_PART)
        )

    def _named(self, key: str) -> list[_Named]:
        """All names in a text, the longest first, then the latest."""
        return [
            _Named(start, start + length, key[start : start + length], item)
            for length in range(min(LONGEST_NAME, len(key)), 0, -1)
            for start in range(len(key) - length, -1, -1)
            if key[start - 1 : start] not in UNDONE
            if (item := self.names.exact(key[start : start + length]))
        ]

    def _parts(self, key: str, named: list[_Named]) -> Iterator[Candidate]:
        """Names made of a whole that is mentioned, and its part: "玉米外面的皮"."""
        for start, end in self._ends(key):
            loose = BEFORE_A_PART.search(key[:start]) is not None
            for whole in named:
                adjoins = whole.end == start
                if adjoins and self.names.exact(key[whole.start : end]):
                    continue
                compound = adjoins and len(whole.name) >= SHORTEST
                if not compound and (whole.end > start or not loose):
                    continue
                parts = _part_names(key[start:end])
                own = self._first(readings.stems([whole.name]), parts)
                akin = loose or key[end - 1] in CONTAINERS
                item = own or (self._first(_other_names(whole), parts) if akin else None)
                if item and item.group:
                    between = LINKS.sub(" ", f"{key[: whole.start]} {key[whole.end : end]}")
                    around = f"{between} {key[end:]}"
                    form = Form(item.name, around, known=False)
                    yield self.guesses.candidate(item, form, JOINED if own else SPOKEN_OF)

    def _first(self, wholes: Iterable[str], parts: Iterable[str]) -> Item | None:
        made = (one + part for one in wholes for part in parts)
        return next(filter(None, map(self.names.exact, made)), None)

    def _ends(self, key: str) -> Iterator[tuple[int, int]]:
        """Where a part may stand: before what asks, or before what is said of it."""
        asked = self.peeler.ends(key)
        last = [end for end in asked if not ASKS.search(key[asked[-1] : end])]
        said = [end for end in range(SHORTEST, len(key)) if key[end - 1] in PARTS]
        for end in dict.fromkeys((*last, *(one for one in said if self._goes_on(key, one)))):
            for start in range(max(end - LONGEST_PART, 1), end):
                yield start, end

    def _topics(self, key: str, named: list[_Named]) -> Iterator[Candidate]:
        """What something is said of: "用了五年的炒锅要换新的了"."""
        fronts, ends = self.peeler.fronts(key), self.peeler.ends(key)
        for one in named:
            brief = len(one.name) < SHORTEST
            described = _is_described(key[: one.start], self.peeler)
            if brief or not (one.start in fronts or described):
                continue
            owned = described and one.end in ends
            turned = self._turned(one.name, key[one.end :])
            if not (owned or turned or self._goes_on(key, one.end)):
                continue
            item = turned or one.item
            form = Form(item.name, f"{key[: one.start]} {key[one.end :]}", known=False)
            spoken_of = SPOKEN_OF if len(one.name) > SHORTEST else BRIEFLY_SPOKEN_OF
            trust = self.guesses.owned(key[: one.start], item) if owned else spoken_of
            yield self.guesses.candidate(item, form, trust)

    def _goes_on(self, key: str, end: int) -> bool:
        """Whether what follows says something of what stands before it."""
        rest = key[end:]
        if EMPTIED.search(rest):
            return True
        if not rest or NOT_SAID_OF_IT.search(rest) or not SAYS.search(rest):
            return False
        # With another thing at the end it is rather about that.
        at = key.rfind("的", end) + 1
        return at == 0 or at in self.peeler.ends(key) or SAYS.search(key[at:]) is not None

    def _turned(self, name: str, said: str) -> Item | None:
        """An item that has in its name what is said of it: "电池鼓包了" is "鼓包电池"."""
        ways = (said[:2] + name, said[:3] + name, said[:1] + name)
        return next(filter(None, map(self.names.exact, ways)), None)


def _is_described(before: str, peeler: Peeler) -> bool:
    """Whether what stands before a name is a clause about it: "上一个租客留下的破"."""
    at = before.rfind("的")
    return at > 0 and len(before[at + 1 :]) in peeler.fronts(before[at + 1 :])


def _other_names(whole: _Named) -> Iterator[str]:
    """What else the thing is called: a brand of drink is the drink."""
    if len(whole.name) >= SHORTEST:
        yield from filter(wording.has_ideographs, whole.item.names)


def _part_names(part: str) -> tuple[str, ...]:
    """How a part may be called in a compound: "外壳子" is "壳"."""
    return readings.stems((part, TOLD_APART.sub("", readings.DOUBLED.sub(r"\1", part))))
