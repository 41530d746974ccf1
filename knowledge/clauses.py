"""What a message of several clauses is about, where no clause alone says it.

In "换了个灯管，旧的丢哪" one clause names the thing, and the other says that it is thrown away.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from knowledge import peeling, phrases, wording
from knowledge.answers import Answer, BinNamed, verdict
from knowledge.deciding import FLOOR
from knowledge.guesses import Candidate, Guesses
from knowledge.names import Names
from knowledge.peeling import Form, Peeler
from knowledge.sentences import LONGEST, LONGEST_NAME, SAYS

MENTIONED = 0.62
"""Confidence in a thing that one clause mentions and another throws away."""

COUNTED_ONE = re.compile(
    f"(?:[{phrases.NUMBERS}大小整满](?:{'|'.join(phrases.MEASURES.split())}|簸箕)|[把将剩]|[里外]的)$"
)
"""Stands before a name of one character that is no part of another word."""

ELSEWHERE = re.compile("^(?:[里上中边旁]|的时候|时|[外下后前]面)")
"""What follows is about something in or near the thing, or about a time."""

ABOUT_BINS = re.compile("[哪啥么]个?$")
"""What follows is the bin that is asked for."""

TELLS_A_STORY = re.compile(
    "[了着过没被把不在很太老乱]|[吃喝用]完|^(?:家里|今天|昨天|前天|最近|刚|出差|打扫|孩子|我)"
)
"""In a clause that is no item of a list."""

NO_THING = frozenset(("垃圾", "垃圾桶", "垃圾袋", "东西", "桶", "水"))


def telling(answers: Sequence[Answer]) -> list[Answer]:
    """The answers without those to clauses that only tell how it came to that."""
    return [
        one
        for one in answers
        if verdict(one)[2] >= FLOOR or isinstance(one, BinNamed) or not _tells_a_story(one)
    ]


def _tells_a_story(answer: Answer) -> bool:
    return TELLS_A_STORY.search(wording.plain(answer.asked)) is not None


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
    everyday: Collection[str]

    def about(self, text: str) -> Candidate | None:
        """The thing, with what all clauses say of it."""
        if not phrases.THROWN_AWAY.search(text):
            return None
        clauses = [wording.key(piece)[:LONGEST] for piece in peeling.pieces(text)]
        mentioned = [
            one for clause in clauses for one in self._in(clause) if one.name not in self.everyday
        ]
        if not mentioned:
            return None
        name = max(mentioned, key=lambda one: one.weight).name
        item = self.names.exact(name)
        around = wording.plain(text).replace(name, " ")
        if item is None:
            return None
        return self.guesses.candidate(item, Form(name, around, known=False), MENTIONED)

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
