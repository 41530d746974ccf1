"""The lines of a volunteer's batch, understood or not."""

from dataclasses import dataclass, field, replace
from datetime import time
from enum import StrEnum

from knowledge.batch_words import Weight
from knowledge.households import Household, Mistyped, Named
from knowledge.qualities import Quality
from knowledge.streams import Stream

AROUND_WORDS = "()[]【】（）［］\"'“”.。！!"
AFTER_LINE = " \u3000,，、"


class Why(StrEnum):
    """Why a line is not understood."""

    NO_HOUSEHOLD = "no_household"
    MISTYPED_NUMBER = "mistyped_number"
    TWO_HOUSEHOLDS = "two_households"
    """And it cannot be told whose the words between them are."""
    TWO_QUALITIES = "two_qualities"
    TWO_TIMES = "two_times"
    NO_SUCH_TIME = "no_such_time"
    NO_SUCH_WEIGHT = "no_such_weight"
    UNCLEAR_WEIGHT = "unclear_weight"
    """One of several weights does not say of what."""
    UNKNOWN_WORDS = "unknown_words"
    QUESTION = "question"
    """It asks something, besides naming a household and a quality."""


@dataclass(frozen=True, slots=True)
class Line:
    """One household's drop-off."""

    text: str
    position: int
    household: Household
    quality: Quality | None = None
    """`None` when it was not said."""
    words: tuple[str, ...] = ()
    """What was wrong, as typed."""
    streams: tuple[Stream, ...] = ()
    """What was brought and not weighed."""
    weights: tuple[Weight, ...] = ()
    times: tuple[time, ...] = ()
    """When it was; two readings of "7点20", and none when it was not said."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is not understood; nothing may be recorded of it."""

    text: str
    why: Why
    position: int
    """Where the trouble is in the whole text."""


@dataclass(slots=True)
class Draft:
    """What a line has said so far."""

    begin: int
    named: Named | None = None
    quality: Quality | None = None
    words: list[tuple[int, int]] = field(default_factory=list)
    """Where they begin and end."""
    streams: list[Stream] = field(default_factory=list)
    weights: list[Weight] = field(default_factory=list)
    times: tuple[time, ...] = ()
    why: Why | None = None
    trouble: int = 0
    is_puzzling: bool = False
    """Whether there are words in it that say nothing to us."""

    def note(self, why: Why, trouble: int) -> None:
        """Keep the first thing that is wrong, and where."""
        if not self.why:
            self.why, self.trouble = why, trouble

    def judge(self) -> None:
        """Note what can only be said of the whole line."""
        if not self.named and self.why is not Why.QUESTION:
            self.why, self.trouble = Why.NO_HOUSEHOLD, self.begin
        unnamed = [weight for weight in self.weights if not weight.stream]
        if unnamed and (len(self.weights) > 1 or len(self.streams) > 1):
            self.note(Why.UNCLEAR_WEIGHT, self.begin)

    @property
    def is_sure(self) -> bool:
        """Whether it can hardly be anything else than a line of a batch."""
        if not self.named:
            return False
        if self.is_puzzling:
            return self.named.is_sure and self.quality is not None
        return self.named.is_sure or self.quality is not None

    def line(self, text: str, end: int) -> Line | BadLine:
        """What was said up to `end`, in the words of `text`."""
        written = text[self.begin : end]
        begin = self.begin + len(written) - len(written.lstrip())
        written = written.strip().rstrip(AFTER_LINE)
        household = self.named.household if self.named else None
        if self.why or not household or isinstance(household, Mistyped):
            return BadLine(written, self.why or Why.NO_HOUSEHOLD, max(begin, self.trouble))
        words = (text[first:last].strip(AROUND_WORDS) for first, last in self.words)
        return Line(
            written,
            begin,
            household,
            self.quality,
            tuple(filter(None, words)),
            *self._sorted_weights(),
            self.times,
        )

    def _sorted_weights(self) -> tuple[tuple[Stream, ...], tuple[Weight, ...]]:
        """Streams that were only named, and weights; one of each is the weight of that stream."""
        match self.streams, self.weights:
            case [stream], [Weight(stream=None) as weight]:
                return (), (replace(weight, stream=stream),)
        return tuple(dict.fromkeys(self.streams)), tuple(self.weights)
