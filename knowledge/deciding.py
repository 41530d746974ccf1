"""From candidates to an answer: how sure it is, and what of it is worth saying."""

from collections.abc import Sequence

from knowledge.answers import Answer, Asked, Found, Inferred, Nothing, Unsure, items_of
from knowledge.guesses import Candidate
from knowledge.streams import Stream

SURE = 0.8
"""From here on we answer outright."""

FLOOR = 0.35
"""Below it we say that we do not know."""

LEAD = 0.1
"""By which the first has to be ahead of the next to be sure."""

STRONG = 0.6
"""Two candidates of that confidence with different bins are both offered."""

DISPUTED = 0.78
"""Confidence in the bin of what other places put elsewhere, however well we know the thing."""

UNSURE_AT_MOST = 0.79
"""Confidence of the first of several that are about as likely."""

MOST_OFFERED = 3
"""Items in a "did you mean"."""

MOST_ANSWERS = 8


def decided(piece: str, candidates: Sequence[Candidate]) -> Answer:
    """Sure, unsure or nothing, by how far the first is ahead."""
    likely = [one for one in candidates if one.confidence >= FLOOR][:MOST_OFFERED]
    if not likely:
        return Nothing(piece, not_rubbish=False)
    first = likely[0]
    rivals = [one.confidence for one in likely[1:] if _bin(one) != _bin(first)]
    if first.confidence >= SURE and first.confidence - max(rivals, default=0) >= LEAD:
        return sure(piece, first)
    confidence = min(first.confidence, UNSURE_AT_MOST)
    return Unsure(piece, tuple(one.item for one in likely), first.state, confidence)


def in_two_bins(candidates: Sequence[Candidate]) -> bool:
    """Whether two strong candidates disagree, so that only the resident can tell."""
    strong = [one for one in candidates if one.confidence >= STRONG]
    return len({_bin(one) for one in strong}) > 1


def sure(piece: str, candidate: Candidate) -> Answer:
    """The answer about what is meant for certain; less sure where places differ."""
    if _bin(candidate) is None:
        return Asked(piece, candidate.item, candidate.confidence)
    confidence = candidate.confidence
    if candidate.item.elsewhere and candidate.state is None:
        confidence = min(confidence, DISPUTED)
    return Found(piece, candidate.item, candidate.state, confidence)


def _bin(candidate: Candidate) -> Stream | None:
    return candidate.item.stream_of(candidate.state)


def worth_saying(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Each item once, and greetings and the like left out where there is something else."""
    kept: dict[object, Answer] = {}
    for answer in answers:
        # Two things that are like one item are still two things.
        about = answer if isinstance(answer, Inferred) else items_of(answer)[:1] or answer
        if not (isinstance(answer, Nothing) and answer.not_rubbish):
            kept.setdefault(about, answer)
    return tuple(kept.values())[:MOST_ANSWERS] or tuple(answers[:1])
