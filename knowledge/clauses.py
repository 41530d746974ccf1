"""What a message of several clauses is about, where no clause alone says it.

In "换了个灯管，旧的丢哪" one clause names the thing, and the other says that it is thrown away.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from knowledge import peeling, phrases, wording
from knowledge.guesses import Candidate, Guesses
from knowledge.names import Names
from knowledge.peeling import Form, Peeler
from knowledge.sentences import LONGEST, LONGEST_NAME, SAYS

MENTIONED = 0.62
"""Confidence in a thing that one clause mentions and another throws away."""

COUNTED_ONE = re.compile(
    f"(?:[{phrases.NUMBERS}大小整满](?:{'|'.join(phrases.MEASURES.split())}|簸箕)|[把将剩])$"
)
"""Stands before a name of one character that is no part of another word."""

ELSEWHERE = re.compile("^(?:[里上中边旁]|的时候|时|[外下后前]面)")
"""What follows is about something in or near the thing, or about a time."""

ABOUT_BINS = re.compile("[哪啥么]个?$")
"""What follows is the bin that is asked for."""

NO_THING = frozenset("垃圾 垃圾桶 垃圾袋 东西 桶 水".split())

BROKEN = "碎片"


@dataclass(frozen=True, slots=True)
class _Mentioned:
    """A name in a clause."""

    name: str
    after: str
    """What follows it in the clause."""

    @property
    def weight(self) -> tuple[bool, int]:
        """A thing of which something is said comes before others, then the longest."""
        return not self.after or SAYS.search(self.after) is not None, len(self.name)


@dataclass(frozen=True, slots=True)
class Clauses:
    """Finds in a message of several clauses the thing that is thrown away."""

    names: Names
    peeler: Peeler
    guesses: Guesses

    def about(self, text: str, everyday: Collection[str]) -> Candidate | None:
        """The thing, with what all clauses say of it."""
        if not phrases.THROWN_AWAY.search(text):
            return None
        clauses = [wording.key(piece)[:LONGEST] for piece in peeling.pieces(text)]
        mentioned = [
            one for clause in clauses for one in self._in(clause) if one.name not in everyday
        ]
        if not mentioned:
            return None
        name = max(mentioned, key=lambda one: one.weight).name
        item = self.names.exact(name)
        around = wording.plain(text).replace(name, " ")
        return item and self.guesses.candidate(item, Form(name, around, known=False), MENTIONED)

    def _in(self, clause: str) -> Iterator[_Mentioned]:
        """Names in a clause, but for those inside others."""
        covered = 0
        asked = self.peeler.ends(clause)
        for start in range(len(clause)):
            for end in range(min(len(clause), start + LONGEST_NAME), max(start, covered), -1):
                if self._is_meant(clause, start, end) and start not in asked:
                    covered = end
                    yield _Mentioned(clause[start:end], clause[end:])
                    break

    def _is_meant(self, clause: str, start: int, end: int) -> bool:
        name, before = clause[start:end], clause[:start]
        if name in NO_THING or not self.names.exact(name):
            return False
        if ELSEWHERE.search(clause[end:]) or ABOUT_BINS.search(before):
            return False
        return len(name) > 1 or COUNTED_ONE.search(before) is not None
