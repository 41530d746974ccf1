"""Taking apart what people type: several things in one message, and the words around each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge import phrases, wording

LONGEST_SHORT_WORD = 3
RECENT = 64
"""Pieces whose forms are kept."""

LONGEST_PIECE = 64
"""Characters of a piece that are looked at; a longer one is a story."""

HARD_BREAKS = re.compile(r"[,，、;；\n\r|?？!！。…]+|(?<=[^\W\d])\s?[/+&＋＆／]\s?(?=[^\W\d])")
SOFT_BREAKS = re.compile(
    r"\s+and\s+|(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])|还有|還有|以及|或者|和|跟|与|與|及"
)
BRACKETED = re.compile(r"[(（\[【「『《<“\"‘'”’]([^()（）]*?)[)）\]】」』》>”\"’'“‘]")

BEFORE_ONE = re.compile("(?:[的了破旧烂碎脏湿废坏]|[一两二三四五六七八九十几半多0-9].{1,2})$")
"""What may stand right before a name of one character, which is often half of another word."""

WHOSE = "的"

UNDONE = ("没", "未")
"""What follows is done or not: "没放完的烟花" are no "放完的烟花"."""

CAN = "can"
"""At the end it is a thing, and asks nothing."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is left of a piece when phrases at its ends are taken off."""

    key: str
    around: str
    """What was taken off."""
    known: bool = True
    """Whether that is nothing but known phrases."""


def pieces(text: str) -> tuple[str, ...]:
    """The parts of a message that punctuation divides."""
    return tuple(filter(None, (part.strip() for part in HARD_BREAKS.split(text))))


def joined(piece: str) -> tuple[str, ...]:
    """The things that words like "and" may join; the piece alone if there are none."""
    return tuple(part.strip() for part in SOFT_BREAKS.split(piece.strip()))


def bracketed(piece: str) -> tuple[str, str] | None:
    """The piece without what stands in brackets or quotation marks, and what stands there."""
    match = BRACKETED.search(piece)
    if match is None:
        return None
    return piece[: match.start()] + " " + piece[match.end() :], match[1]


class Peeler:
    """Takes known phrases off both ends of a text."""

    def __init__(self, state_words: Iterable[str]) -> None:
        words = tuple(state_words)
        self._asking = _Vocabulary(phrases.asking_before())
        self._answered = _Vocabulary(phrases.asking_after())
        self._fronts = _Vocabulary(phrases.before(words))
        self._backs = _Vocabulary(phrases.after(words))
        self._describing = {word: word for word in (*phrases.describing(), *words)}
        known = {*self._describing, *phrases.asking()}
        self._phrases = re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))
        # One piece is looked at in several ways, one after the other.
        self._recent_forms = lru_cache(RECENT)(self._forms)
        self.ends = lru_cache(RECENT)(self._ends_of)
        self._english = frozenset([*phrases.ENGLISH.split(), *words])

    def forms(self, piece: str) -> tuple[Form, ...]:
        """All that may be the thing asked about, the longest first."""
        return self._recent_forms(piece)

    def said(self, around: str) -> str:
        """`around` without the phrases that only ask: "麻烦" has nothing to do with "麻"."""
        return self._phrases.sub(lambda found: self._describing.get(found[0], " "), around)

    def core(self, piece: str) -> str:
        """The piece without what only asks at its ends; what is said of the thing stays."""
        key = wording.key(piece)[:LONGEST_PIECE]
        start, end = max(self._asking.reached(key)), min(self._answered.reached_back(key))
        return key[start:end] if start < end else key

    def name(self, piece: str) -> str:
        """The same, as it is written: English words stay apart."""
        plain = wording.plain(piece)
        if not plain.isascii():
            return self.core(piece)
        words, (first, last) = self._words(plain)
        return " ".join(words[first:last])

    def is_only_phrases(self, key: str) -> bool:
        """Whether nothing is asked about, as in "请问是什么垃圾"."""
        key = key[:LONGEST_PIECE]
        return not self._fronts.reached(key).isdisjoint(self._backs.reached_back(key))

    def is_english(self, word: str) -> bool:
        """Whether it is an English word that stands around things, and is none."""
        return word in self._english

    def fronts(self, key: str) -> set[int]:
        """Every place up to which a text is nothing but known phrases."""
        return self._fronts.reached(key)

    def owned(self, piece: str) -> Iterator[Form]:
        """What stands after the last "的", with whatever is before it."""
        key = wording.key(piece)[:LONGEST_PIECE]
        for end in self.ends(key):
            at = key.rfind(WHOSE, 0, end - 1)
            if at > 0:
                around = f"{key[: at + 1]} {self.said(key[end:])}"
                yield Form(key[at + 1 : end], around, known=False)

    def heads(self, piece: str) -> Iterator[Form]:
        """Every end of the text, the longest first, with unknown words before it."""
        key = wording.key(piece)[:LONGEST_PIECE]
        if key.isascii():
            return
        for end in self.ends(key):
            after = self.said(key[end:])
            # A single character is the head of short words only, not of idioms and sentences.
            last = end if end <= LONGEST_SHORT_WORD else end - 1
            for start in range(1, last):
                if key[start - 1] in UNDONE:
                    continue
                yield Form(key[start:end], f"{key[:start]} {after}", known=False)

    def _forms(self, piece: str) -> tuple[Form, ...]:
        plain = wording.plain(piece)
        found = self._of_words(plain) if plain.isascii() else self._of_characters(plain)
        return tuple(sorted(found, key=lambda form: -len(form.key)))

    def _ends_of(self, key: str) -> tuple[int, ...]:
        """Every place from which a text is nothing but known phrases, the last first."""
        return tuple(sorted(self._backs.reached_back(key), reverse=True))

    def _of_characters(self, plain: str) -> Iterator[Form]:
        key = wording.key(plain)[:LONGEST_PIECE]
        ends = self.ends(key)
        for start in sorted(self._fronts.reached(key)):
            if key[start - 1 : start] in UNDONE:
                continue
            for end in ends:
                if start < end and (end - start > 1 or _stands_alone(key[:start], key[end:])):
                    yield Form(key[start:end], f"{key[:start]} {key[end:]}".strip())

    def _of_words(self, plain: str) -> Iterator[Form]:
        words, (first, last) = self._words(plain)
        for start in range(first + 1):
            for end in range(last, len(words) + 1):
                around = " ".join((*words[:start], *words[end:]))
                yield Form("".join(words[start:end]), around)

    def _words(self, plain: str) -> tuple[list[str], tuple[int, int]]:
        """The words of an English text, and between which of them lies what is asked about."""
        words = re.findall(r"[a-z0-9]+", plain[:LONGEST_PIECE])
        known = list(map(self.is_english, words))
        if words[-1:] == [CAN]:
            known[-1] = False
        first = known.index(False) if False in known else 0
        last = len(words) - known[::-1].index(False) if False in known else len(words)
        return words, (first, last)


class _Vocabulary:
    """Tells how much of the beginning or end of a text is made of known phrases."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._longest = max(map(len, self._known), default=0)

    def reached(self, text: str) -> set[int]:
        """Every place up to which the text is nothing but known phrases."""
        reached = {0}
        for start in range(len(text)):
            if start in reached:
                for stop in range(start + 1, min(start + self._longest, len(text)) + 1):
                    if text[start:stop] in self._known:
                        reached.add(stop)
        return reached

    def reached_back(self, text: str) -> set[int]:
        """Every place from which the text is nothing but known phrases."""
        reached = {len(text)}
        for stop in range(len(text), 0, -1):
            if stop in reached:
                for start in range(max(stop - self._longest, 0), stop):
                    if text[start:stop] in self._known:
                        reached.add(start)
        return reached


def _stands_alone(before: str, after: str) -> bool:
    return (not before or BEFORE_ONE.search(before) is not None) and len(after) != 1
