"""The thing that an English phrase of several words is about.

English says what kind of thing it is last, and what else there is to say after that:
"baby diapers", "a pizza box with ketchup all over it".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge import phrases, wording
from knowledge.guesses import Candidate, Guesses
from knowledge.items import Item
from knowledge.names import Names
from knowledge.peeling import LONGEST_PIECE, Form, Peeler
from knowledge.streams import Stream

CLAUSES = frozenset(phrases.ENGLISH_CLAUSES.split())
COUNTED = frozenset(phrases.ENGLISH_COUNTED.split())
OF = "of"

SAID_OF_IT, KIND_OF_IT, SOMEWHERE = 0.85, 0.75, 0.45
"""Confidence in a name with only words around that say something of it, in one with others
before it, and in one that stands anywhere."""

FEWEST_LETTERS = 3
FEW = 2
MOST_UNKNOWN = 3
"""Words before a name that say of which kind it is; more of them make a story."""


@dataclass(frozen=True, slots=True)
class English:
    """Finds the head of an English phrase."""

    names: Names
    peeler: Peeler
    guesses: Guesses

    def about(self, piece: str) -> Candidate | None:
        """The thing, with what the rest says of it."""
        plain = wording.plain(piece)[:LONGEST_PIECE]
        if not plain.isascii() or " " not in plain.strip():
            return None
        words, clause = self._phrase(plain)
        return next(self._heads(words, clause), None) or next(self._anywhere(words, clause), None)

    def _phrase(self, plain: str) -> tuple[list[str], list[str]]:
        """The words up to the thing, and those that come after it."""
        words = re.findall("[a-z0-9]+", plain.replace("'s", ""))
        known = [self.peeler.is_english(word) for word in words]
        if False not in known:
            return words, []
        first = known.index(False)
        end = next((at for at in range(first + 1, len(words)) if words[at] in CLAUSES), len(words))
        asked, thing, clause = words[:first], words[first:end], words[end:]
        if OF in thing[1:-1]:
            at = thing.index(OF)
            counted = thing[at - 1] in COUNTED
            thing = thing[at + 1 :] if counted else thing[at + 1 :] + thing[:at]
        while len(thing) > 1 and self.peeler.is_english(thing[-1]) and not self._item(thing[-1:]):
            clause.insert(0, thing.pop())
        return asked + thing, clause

    def _heads(self, words: list[str], clause: list[str]) -> Iterator[Candidate]:
        """Names with which the phrase ends, the longest first."""
        for start in range(len(words)):
            unknown = [word for word in words[:start] if not self.peeler.is_english(word)]
            if len(unknown) <= MOST_UNKNOWN and (item := self._item(words[start:])):
                trust = KIND_OF_IT if unknown else SAID_OF_IT
                kind = self._of_kind(item, [*unknown, *clause], words[start:])
                yield self._candidate(kind, (*words[:start], *clause), trust)

    def _of_kind(self, item: Item, said: list[str], name: list[str]) -> Item:
        """The item that other words make of a thing: a crab's shell, a can of poison."""
        for word in reversed(said):
            made = self._item([word, *name])
            held = self._item([word])
            if made:
                return made
            if held and held.stream_of(None) is Stream.HAZARDOUS:
                return held
        return item

    def _anywhere(self, words: list[str], clause: list[str]) -> Iterator[Candidate]:
        """Names inside the phrase; of one word only if there are hardly others."""
        unknown = sum(not self.peeler.is_english(word) for word in words)
        shortest = 1 if unknown <= FEW else 2
        for length in range(len(words) - 1, shortest - 1, -1):
            for start in range(len(words) - length):
                inside = words[start : start + length]
                if all(map(self.peeler.is_english, inside)):
                    continue
                if item := self._item(inside):
                    around = (*words[:start], *words[start + length :], *clause)
                    yield self._candidate(item, around, SOMEWHERE)

    def _item(self, words: list[str]) -> Item | None:
        name = "".join(words)
        return self.names.exact(name) if len(name) >= FEWEST_LETTERS else None

    def _candidate(self, item: Item, around: tuple[str, ...], trust: float) -> Candidate:
        form = Form(item.name, " ".join(around), known=False)
        return self.guesses.candidate(item, form, trust)
