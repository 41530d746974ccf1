"""The bin of a thing nobody has put into the catalogue, inferred from its name.

The end of a name says what kind of thing it is, the front what it is made of and what has become
of it: both stand in the names we know, and `knowledge.learned` has learned them from there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from knowledge import described, wording
from knowledge.answers import Inferred, Nothing
from knowledge.guesses import Candidate
from knowledge.items import Item
from knowledge.learned import NO_RUBBISH, Chances, Learned
from knowledge.names import Names, Near
from knowledge.peeling import Peeler
from knowledge.streams import Stream

EVIDENCE = 2.0
"""Least weight of what speaks for the likeliest bin; less is no more than a coincidence."""

LEAST = 0.42
"""Least of what speaks for a bin, letters and nearest item together."""

LONG, FAMILIAR = 4, 0.25
"""From so many characters on, that share of their pairs has to have been seen in names."""

WEIGHT = 0.8
"""Of what the letters say, beside the confidence of the nearest items."""

SURELY_NONE = 0.6
"""Chance from which something is no rubbish at all."""

HARMFUL = 0.2
"""Chance from which something whose name has a harmful word in it is taken for hazardous."""

CLEAR = 0.7
"""What has to speak for another bin if a thing may be hazardous."""

MEDICINE = "药片"
"""The item that stands for all medicines."""

AT_MOST = 0.79
"""Confidence in what is inferred; a name that we know is another matter."""


@dataclass(frozen=True, slots=True)
class Inference:
    """Infers the bin of what no name was found for."""

    names: Names
    peeler: Peeler
    learned: Learned

    def of(self, piece: str, candidates: Sequence[Candidate]) -> Inferred | Nothing | None:
        """What the piece probably is; `None` if its name says too little."""
        core = self.peeler.core(piece)
        if not wording.has_ideographs(core):
            return None
        chances = self.learned.chances(core)
        nearest = max((one.confidence for one in candidates), default=0.0)
        if chances.of[NO_RUBBISH] >= max(SURELY_NONE, nearest):
            return Nothing(piece, not_rubbish=True)
        medicine = self.names.exact(MEDICINE)
        if medicine and described.DRUG.search(core):
            return self._inferred(piece, medicine, candidates, 2 * AT_MOST)
        if _says_too_little(core, chances):
            return None
        stream, score = _likeliest(core, chances, candidates)
        if score < LEAST or _may_do_harm(stream, score, chances):
            return None
        like = self._like(core, stream, candidates)
        return self._inferred(piece, like, candidates, score) if like else None

    def _inferred(
        self, piece: str, like: Item, candidates: Sequence[Candidate], score: float
    ) -> Inferred:
        others = [one.item for one in candidates if one.item is not like][:2]
        return Inferred(piece, like, tuple(others), round(min(score / 2, AT_MOST), 2))

    def _like(self, core: str, stream: Stream, candidates: Sequence[Candidate]) -> Item | None:
        """The item of that stream whose name is most like it, the end of the name first."""
        near = [one for one in self.names.near(core) if one.item.stream_of(None) is stream]
        guessed = (one.item for one in candidates if one.item.stream_of(None) is stream)
        found = next(chain(_same_end(core, near), guessed), None)
        if found:
            return found
        akin = [one for one in self.names.akin(core) if one.item.stream_of(None) is stream]
        return next(chain(_same_end(core, akin), (one.item for one in (*near, *akin))), None)


def _same_end(core: str, near: Sequence[Near]) -> Iterator[Item]:
    return (one.item for one in near if one.name[-1] == core[-1])


def _says_too_little(core: str, chances: Chances) -> bool:
    return (
        chances.evidence < EVIDENCE
        or not chances.ending_known
        or (len(core) >= LONG and chances.familiar < FAMILIAR)
    )


def _likeliest(
    core: str, chances: Chances, candidates: Sequence[Candidate]
) -> tuple[Stream, float]:
    """The stream for which most speaks, and how much, harmful and dirty words considered."""
    scores = _scores(chances.of, candidates)
    stream = max(scores, key=lambda one: scores[one])
    if described.HAZARDOUS.search(core) and chances.of[Stream.HAZARDOUS] >= HARMFUL:
        return Stream.HAZARDOUS, max(scores[Stream.HAZARDOUS], LEAST)
    if stream is Stream.RECYCLABLE and described.SOILED.search(core):
        return Stream.RESIDUAL, max(scores[Stream.RESIDUAL], LEAST)
    return stream, scores[stream]


def _may_do_harm(stream: Stream, score: float, chances: Chances) -> bool:
    """Whether it is wiser to say nothing, as it may be hazardous and little speaks against it."""
    return (
        stream is not Stream.HAZARDOUS
        and score < CLEAR
        and chances.of[Stream.HAZARDOUS] >= HARMFUL
    )


def _scores(chances: Mapping[str, float], near: Sequence[Candidate]) -> dict[Stream, float]:
    """How much speaks for each stream: the letters, and the likeliest item that goes there."""
    scores = {stream: WEIGHT * chances[stream] for stream in Stream}
    best: dict[Stream, float] = {}
    for one in near:
        stream = one.item.stream_of(one.state)
        if stream:
            best[stream] = max(best.get(stream, 0.0), one.confidence)
    return {stream: score + best.get(stream, 0.0) for stream, score in scores.items()}
