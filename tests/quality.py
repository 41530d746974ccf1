"""`make quality`: how many graded questions are answered right, and where it goes wrong.

A file has a line a question: query, expected stream (or "ask", "unknown"), item, kind, and, where
it is known how often it was asked, a weight. The first line names the columns. Without a file the
committed set is read; it was written from plain knowledge of things, before the answers were seen.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from knowledge.answers import verdict
from knowledge.catalogue import Catalogue
from knowledge.schemes import load_scheme
from knowledge.search import SURE, Search

COMMITTED = Path(__file__).parent / "knowledge" / "graded.tsv"
FEWEST = 40
"""Rows of a kind that say something by themselves; smaller kinds are read together."""

SMALL_KINDS = "small kinds"
NAME, SEARCH, UNKNOWN, ASK, HAZARDOUS = "name", "search", "unknown", "ask", "hazardous"
NOT_ANSWERED = (ASK, UNKNOWN)
BANDS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, SURE, 0.9, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Judged:
    """A graded question and what we answer."""

    query: str
    expected: str
    kind: str
    weight: float
    """How often it was asked; 1 where nobody counted."""
    stream: str
    confidence: float

    @property
    def right(self) -> bool:
        return self.stream == self.expected

    @property
    def answered(self) -> bool:
        """Whether a bin is named."""
        return self.stream not in NOT_ANSWERED

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, by weight."""

    part: float
    whole: float

    def __float__(self) -> float:
        return self.part / self.whole if self.whole else 1.0

    def __str__(self) -> str:
        return f"{self.part:g} of {self.whole:g} = {float(self):.1%}" if self.whole else "none"


@dataclass(frozen=True, slots=True)
class Quality:
    """What a graded set says of the answers."""

    judged: Sequence[Judged]

    def right(self, which: Callable[[Judged], bool] = lambda _: True) -> Share:
        """Right answers among those of which `which` is true."""
        return share((one for one in self.judged if which(one)), lambda one: one.right)

    @property
    def names(self) -> Share:
        return self.right(lambda one: one.kind == NAME)

    @property
    def names_answered(self) -> Share:
        return share((one for one in self.judged if one.kind == NAME), lambda one: one.answered)

    @property
    def free(self) -> Share:
        return self.right(lambda one: one.kind not in (NAME, SEARCH))

    @property
    def not_rubbish(self) -> Share:
        return self.right(lambda one: one.expected == UNKNOWN)

    @property
    def sure(self) -> Share:
        return self.right(lambda one: one.sure)

    @property
    def missed(self) -> Share:
        """Hazardous things that are sent to another bin."""
        hazardous = (one for one in self.judged if one.expected == HAZARDOUS)
        return share(hazardous, lambda one: one.answered and not one.right)

    @property
    def false_alarms(self) -> Share:
        """Answers that send something else to the hazardous bin."""
        answers = (one for one in self.judged if one.answered)
        return share(answers, lambda one: one.stream == HAZARDOUS and not one.right)


def share(those: Iterable[Judged], counted: Callable[[Judged], bool]) -> Share:
    """The weight of those that count in the weight of all."""
    part = whole = 0.0
    for one in those:
        whole += one.weight
        part += one.weight if counted(one) else 0
    return Share(part, whole)


def measure(path: Path = COMMITTED) -> Quality:
    """Ask every question of the file."""
    search = Search(Catalogue.load(), load_scheme("four_way"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return Quality(tuple(_judged(row, search) for row in rows))


def _judged(row: dict[str, str], search: Search) -> Judged:
    stream, _, confidence = verdict(search.answers(row["query"])[0])
    weight = float(row.get("weight") or 1)
    return Judged(row["query"], row["expected"], row["kind"], weight, stream, confidence)


def report(quality: Quality) -> str:
    """All of it as text."""
    kinds = _kinds(quality)
    lines = [
        f"right: {quality.right()}",
        f"names right: {quality.names}; answered: {quality.names_answered}",
        f"free questions right: {quality.free}",
        f"real searches right: {quality.right(lambda one: one.kind == SEARCH)}",
        f"not rubbish, recognised: {quality.not_rubbish}",
        f"answered with a bin: {share(quality.judged, lambda one: one.answered)}",
        f"sure answers right: {quality.sure}",
        f"hazardous sent elsewhere: {quality.missed}",
        f"other things sent to the hazardous: {quality.false_alarms}",
        *_by("expected stream", quality, lambda one: one.expected),
        *_by("kind", quality, lambda one: kinds[one.kind]),
        "",
        "by confidence:",
    ]
    return "\n".join((*lines, *map(partial(_band, quality), pairwise(BANDS))))


def _band(quality: Quality, band: tuple[float, float]) -> str:
    least, below = band
    found = quality.right(lambda one: least <= one.confidence < below)
    return f"  {least:.2f} up to {min(below, 1):.2f}: {found}"


def _kinds(quality: Quality) -> dict[str, str]:
    """What the rows of each kind are read as."""
    rows = Counter(one.kind for one in quality.judged)
    return {kind: kind if count >= FEWEST else SMALL_KINDS for kind, count in rows.items()}


def _by(title: str, quality: Quality, part_of: Callable[[Judged], str]) -> list[str]:
    parts: dict[str, list[Judged]] = defaultdict(list)
    for one in quality.judged:
        parts[part_of(one)].append(one)
    shares = (f"  {part}: {Quality(those).right()}" for part, those in sorted(parts.items()))
    return ["", f"by {title}:", *shares]


def main() -> None:
    files = [Path(argument) for argument in sys.argv[1:]] or [COMMITTED]
    for file in files:
        print(report(measure(file)))


if __name__ == "__main__":
    main()
