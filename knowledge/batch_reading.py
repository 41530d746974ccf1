"""Reading one line of a volunteer's batch, word by word."""

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge import batch_words, households
from knowledge.batch_lines import BadLine, Draft, Line, Why
from knowledge.batch_words import MOST_GRAMS
from knowledge.households import Mistyped, Named
from knowledge.qualities import Quality
from knowledge.shorthand import SPOKEN_OR_TYPED

GAP = re.compile(r"""[ ,:.()\[\]【】"'“”-]*""")
RUN = re.compile(r"[^ ,]+")
ONLY_A_ROOM = re.compile(r"[a-z]?[0-9０-９]+[a-z]?")
MARK = re.compile(rf" *(?:\(?{SPOKEN_OR_TYPED}[).,:]|[①-⑳•·*]) *")
"""Before the lines of a list: "1. 3-1-502 对"."""
FILLER = re.compile(
    "(?:今天|今晚|今早|刚才|刚刚|投放|分类|全部|业主|居民|分得|做得|垃圾|家里|这家|这户"
    "|家|户|是|的|已|都|全)+"
)
"""Between a household and its quality."""


class Reading:
    """One line while it is read; `plain` (of `shorthand`) ends where its piece ends."""

    def __init__(self, plain: str, begin: int) -> None:
        self.at = begin
        self.is_over = False
        """Whether the piece ends here, and not only the line."""
        self._plain = plain
        self._draft = Draft(begin)
        self._quality_came_first = False
        mark = MARK.match(plain, begin)
        if mark and self._is_sure_at(mark.end()):
            self.at = mark.end()

    def reads_on(self) -> bool:
        """Take the next word; `False` where the line ends."""
        gap = GAP.match(self._plain, self.at)
        after_comma = gap is not None and "," in gap[0]
        self.at = gap.end() if gap else self.at
        if self.at >= len(self._plain):
            self.is_over = True
        elif named := self._household_at(self.at):
            if self._draft.named and self._may_be_next(after_comma=after_comma):
                return False
            self._take_household(named)
        elif not (
            self._takes_time()
            or self._takes_weight()
            or self._takes_quality()
            or self._takes_stream()
            or self._takes_filler()
        ):
            self._take_words()
        return not self.is_over

    @property
    def is_sure(self) -> bool:
        """Whether it can hardly be anything else than a line of a batch."""
        return self._draft.is_sure

    def line(self, text: str) -> Line | BadLine:
        """What was read, in the words of `text`."""
        return self._draft.line(text, self.at)

    def end(self) -> None:
        """Judge the line as a whole."""
        question = batch_words.QUESTION.search(self._plain, self._draft.begin, self.at)
        if question and self._draft.why is not Why.TWO_HOUSEHOLDS:
            self._draft.why, self._draft.trouble = Why.QUESTION, question.start()
            self._draft.is_puzzling = True
        self._draft.judge()

    def _household_at(self, at: int) -> Named | None:
        return self._another_at(at) if self._draft.named else households.named(self._plain, at)

    def _another_at(self, at: int) -> Named | None:
        """A household that hardly belongs to what was said before it."""
        named = households.named(self._plain, at)
        if not named:
            return None
        if named.is_sure and not isinstance(named.household, Mistyped):
            return named
        # "混投 7-110电池" names no second household; "混投 塑料袋，7-110" does.
        follows = batch_words.quality_at(self._plain, named.end)
        return named if follows or batch_words.ends_at(self._plain, named.end) else None

    def _is_sure_at(self, at: int) -> bool:
        named = households.named(self._plain, at)
        return named is not None and named.is_sure

    def _may_be_next(self, *, after_comma: bool) -> bool:
        """Whether a household begins the next line, and nothing of this one can be its."""
        if not self._draft.quality or self._quality_came_first:
            return False
        return after_comma or not (self._draft.words or self._draft.why)

    def _take_household(self, named: Named) -> None:
        if self._draft.named:
            self._give_up(self.at)
            return
        self._draft.named = named
        self._quality_came_first = self._draft.quality is not None
        if isinstance(named.household, Mistyped):
            self._draft.note(Why.MISTYPED_NUMBER, self.at)
        self.at = named.end

    def _takes_time(self) -> bool:
        found = batch_words.time_at(self._plain, self.at)
        if not found or not self._may_end(found[1]):
            return False
        times, end = found
        if not times:
            self._draft.note(Why.NO_SUCH_TIME, self.at)
        elif self._draft.times and self._draft.times != times:
            self._draft.note(Why.TWO_TIMES, self.at)
        self._draft.times = times
        self.at = end
        return True

    def _takes_weight(self) -> bool:
        found = batch_words.weight_at(self._plain, self.at)
        if not found or not self._may_end(found[1]):
            return False
        weight, end = found
        if not 0 < weight.grams <= MOST_GRAMS:
            self._draft.note(Why.NO_SUCH_WEIGHT, self.at)
        self._draft.weights.append(weight)
        self.at = end
        return True

    def _takes_quality(self) -> bool:
        said = self._draft.quality
        found = batch_words.quality_at(self._plain, self.at, alone=said is not None)
        if not found:
            return False
        quality, end = found
        if said and said is not quality:
            self._draft.note(Why.TWO_QUALITIES, self.at)
        self._draft.quality = said or quality
        self.at = end
        return True

    def _takes_stream(self) -> bool:
        found = batch_words.stream_at(self._plain, self.at)
        if self._may_have_words() or not found or not self._may_end(found[1]):
            return False
        self._draft.streams.append(found[0])
        self.at = found[1]
        return True

    def _takes_filler(self) -> bool:
        found = FILLER.match(self._plain, self.at)
        if self._draft.quality or not self._draft.named or not found:
            return False
        self.at = found.end()
        return True

    def _take_words(self) -> None:
        run = RUN.match(self._plain, self.at)
        end = run.end() if run else self.at + 1
        alone = households.named(self._plain[self.at : end], 0)
        if alone and alone.is_sure:  # only what stands before it hides it: "错-123-456-6"
            self._take_household(replace(alone, end=self.at + alone.end))
            return
        inside = next(self._households_in(self.at + 1, end), None)
        if inside is not None and self._draft.named:
            self._give_up(inside)
            return
        is_room = ONLY_A_ROOM.fullmatch(self._plain, self.at, end)
        if self._may_have_words() and not is_room and inside is None:
            self._draft.words.append((self.at, end))
        else:
            self._draft.is_puzzling = True
            self._draft.note(Why.UNKNOWN_WORDS, self.at)
        # "阿姨3-1-502对" is about a household all the same.
        self.at = end if inside is None else inside

    def _households_in(self, begin: int, end: int) -> Iterator[int]:
        for at in range(begin, end):
            if self._is_sure_at(at) or (self._is_told_apart and self._another_at(at)):
                yield at

    @property
    def _is_told_apart(self) -> bool:
        """Whether enough was said for one household, so that a number may be another's."""
        return self._draft.named is not None or self._draft.quality is not None

    def _give_up(self, trouble: int) -> None:
        """Leave the rest of the piece alone: it cannot be told what belongs to whom."""
        self._draft.why, self._draft.trouble = Why.TWO_HOUSEHOLDS, trouble
        self.at = len(self._plain)

    def _may_have_words(self) -> bool:
        return self._draft.quality in (Quality.PARTLY, Quality.WRONG)

    def _may_end(self, end: int) -> bool:
        if batch_words.ends_at(self._plain, end):
            return True
        return not self._may_have_words() and bool(batch_words.quality_at(self._plain, end))
