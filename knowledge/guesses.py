"""The weaker ways to tell what is meant: its sound, its last word, or a name like it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from knowledge import described, sounds, wording
from knowledge.items import Item, Question
from knowledge.names import Names, Near
from knowledge.peeling import Form, Peeler

PINYIN_QUESTION = re.compile(
    "^(?:qingwen|wojia)?(?:jiude?|poe?|feijiu|huai(?:le|diao)?de|yong(?:guo|wan)de|laoshi)?(?=.{4})"
    "|(?:shi|shuyu|suan)?(?:shenme|sha|na|nage|nazhong|nalei|nayilei)(?:laji|tong|lei)$"
    "|(?:zenme|ruhe|yinggai|gai)*(?:reng|diu|tou|fang|chuli|fenlei)"
    "(?:zai|dao)?(?:na|nali|nar|nage|shenme|nage?tong|nagelajitong)?$"
)
"""How "which rubbish is it" and "how to throw away an old" sound in pinyin."""

SENTENCE_GOES_ON = "了是在放被能可要会应该怎掉不垃为属归"
"""Characters after a name that begin a sentence about it, not a longer name."""

HARMLESS_AT_MOST = 0.6
"""Confidence of a guess that sends what sounds hazardous to a harmless bin."""

ALIKE = 0.66
"""Likeness of names below which they have hardly more in common than a character."""

HEADS = {1: 0.37, 2: 0.42}
"""Confidence in a name of so many characters at the end of a longer word; longer ones 0.5."""

OWNED, OWNED_BY_A_THING = 0.88, 0.75
"""Confidence in a name after "的", whatever stands before; and where that ends with a thing of
another bin, or with where it is: the sand in an aquarium is no building material."""

OF_A_THING = re.compile("(?:里面?|[上中内下]|[外下后前]面)?的[^的]{0,3}$")
LONGEST_OWNER = 5

SPARE = 3
"""Characters by which what is asked about may be longer than the shortest form of it."""

SHORT = 2
"""Names of so few characters are like too many others to be compared roughly."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be meant."""

    item: Item
    state: str | None
    confidence: float


class Guesses:
    """Guesses the item when no name of it stands in the message as such."""

    def __init__(
        self,
        names: Names,
        peeler: Peeler,
        everyday: frozenset[str],
        materials: Question | None,
    ) -> None:
        self._names = names
        self._peeler = peeler
        self._everyday = everyday
        self._materials = materials

    def candidates(self, piece: str) -> list[Candidate]:
        """Items that may be meant, the likeliest first, each once."""
        key = wording.key(piece)
        if self._is_everyday(piece):
            return []
        best: dict[str, Candidate] = {}
        for guess in self._all(piece, key):
            candidate = _careful(guess, key)
            known = best.get(candidate.item.name)
            if known is None or known.confidence < candidate.confidence:
                best[candidate.item.name] = candidate
        return sorted(best.values(), key=lambda one: -one.confidence)

    def candidate(self, item: Item, guessed: Form, confidence: float) -> Candidate:
        """The item in the state that the words around it say, less likely if they make doubt."""
        around = self._peeler.said(guessed.around) if guessed.known else guessed.around
        form = replace(guessed, around=around)
        state = described.state(item, form)
        if described.in_doubt(item, state, form, self._materials):
            confidence = min(confidence, HARMLESS_AT_MOST)
        return Candidate(item, state, confidence)

    def owned(self, before: str, item: Item) -> float:
        """Confidence in an item that is named after such words, which end with "的"."""
        owner = OF_A_THING.sub("", before)
        ends = (owner[-length:] for length in range(LONGEST_OWNER, SHORT - 1, -1))
        owning = next(filter(None, map(self._names.exact, ends)), None)
        if owning is None or owning.stream_of(None) == item.stream_of(None):
            return OWNED
        return OWNED_BY_A_THING

    def _is_everyday(self, piece: str) -> bool:
        """Whether the last word is one of those that are never rubbish."""
        ends = chain(self._peeler.forms(piece), self._peeler.heads(piece))
        return any(form.key in self._everyday for form in ends)

    def _all(self, piece: str, key: str) -> Iterator[Candidate]:
        forms = [form for form in self._peeler.forms(piece) if len(form.key) >= SHORT]
        # Those that still have phrases in them are like no name.
        forms = [form for form in forms if len(form.key) <= len(forms[-1].key) + SPARE]
        yield from self._sounding_alike(forms)
        yield from self._in_pinyin(key)
        yield from self._owned(piece)
        yield from self._heads(piece)
        yield from self._topics(forms)
        for form in forms[:1] + forms[1:][-1:]:
            yield from self._like(form)

    def _sounding_alike(self, forms: list[Form]) -> Iterator[Candidate]:
        """A name with characters of the same sound: "棕叶" is "粽叶"."""
        for form in forms:
            if not wording.has_ideographs(form.key):
                continue
            for name, item, exactly in self._names.alike(form.key):
                yield self.candidate(item, form, _heard(form.key, name, exactly))

    def _in_pinyin(self, key: str) -> Iterator[Candidate]:
        """A name in toneless pinyin, or half in pinyin: "guoqi yao", "guoqi药"."""
        if not re.search("[a-z]{2}", key):
            return
        letters = "".join(re.findall("[a-z]+", sounds.pinyin(key)[0]))
        for spelled in dict.fromkeys((letters, PINYIN_QUESTION.sub("", letters))):
            items = self._names.spelled(spelled)
            for item in items:
                yield Candidate(item, None, 0.92 if len(items) == 1 else 0.7)

    def _owned(self, piece: str) -> Iterator[Candidate]:
        """A name after "的", whatever it is that is said of it: "隔壁邻居的沙发"."""
        for form in self._peeler.owned(piece):
            item = self._names.exact(form.key)
            if item:
                # "的壳" may be of anything, "的沙发" is one.
                before = form.around.partition(" ")[0]
                trust = self.owned(before, item) if len(form.key) > 1 else HEADS[1]
                yield self.candidate(item, form, trust)

    def _heads(self, piece: str) -> Iterator[Candidate]:
        """A name at the end of a longer word: a kind of it, or something else after all."""
        for form in self._peeler.heads(piece):
            item = self._names.exact(form.key)
            if item:
                yield self.candidate(item, form, HEADS.get(len(form.key), 0.5))
                return

    def _topics(self, forms: list[Form]) -> Iterator[Candidate]:
        """A name with which a sentence begins: "香蕉皮放冰箱三天了"."""
        for form in forms:
            for end in range(len(form.key) - 1, SHORT - 1, -1):
                item = self._names.exact(form.key[:end])
                if item and form.key[end] in SENTENCE_GOES_ON:
                    around = Form(form.key[:end], form.key[end:], known=False)
                    yield self.candidate(item, around, 0.5)
                    return

    def _like(self, form: Form) -> Iterator[Candidate]:
        for near in self._names.near(form.key)[:8]:
            confidence = _trust(form.key, near)
            if confidence > 0:
                yield self.candidate(near.item, form, confidence)


def _careful(guess: Candidate, key: str) -> Candidate:
    """The guess, never sure where it would send what sounds hazardous to a harmless bin."""
    if described.harmless_guess(guess.item, guess.state, key):
        return replace(guess, confidence=min(guess.confidence, HARMLESS_AT_MOST))
    return guess


def _heard(key: str, name: str, exactly: bool) -> float:
    """How far a name that sounds like what was typed is to be trusted."""
    same = sum(a == b for a, b in zip(key, name, strict=False))
    if len(key) <= SHORT:
        # Half of all pairs of syllables are several words.
        return 0.65 if same and exactly else 0
    if not exactly:
        return 0.6 if same else 0.4
    if not same:
        return 0.6
    # A last character of the same sound often makes another thing: "粽子馅", "粽子线".
    return 0.95 if key[-1] == name[-1] else 0.75


def _trust(key: str, near: Near) -> float:
    """How far a name that is merely like what was typed is to be trusted."""
    if key.isascii() != near.name.isascii():
        return 0
    if key.isascii():
        return near.likeness - 0.15 if len(key) > 4 and near.likeness > 0.8 else 0
    if near.name.endswith(key):
        return 0.45
    if min(len(key), len(near.name)) <= SHORT or near.likeness < ALIKE:
        return 0
    # The last character says what kind of thing it is; another one makes another thing.
    same_kind = not set(sounds.syllables(key[-1])).isdisjoint(sounds.syllables(near.name[-1]))
    return near.likeness - 0.2 if same_kind else near.likeness - 0.4
