"""What the crew types on its round, a pickup a line: "3 完成；5 不收 玻璃没包好".

Between lines stands a semicolon, a full stop, a new line, or the next number. In a line stand the
numbers of the sheet and how it went, in either order, and after that whatever else there is to
say: why something was not taken, above all.

The crew asks questions as well: a text is a report only if some line of it says of a number how it
went.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge import batch_words, shorthand
from knowledge.shorthand import SPOKEN_OR_TYPED

LONGEST_LIST = 50
"""So many numbers of one line are read; nobody means more."""


class Result(StrEnum):
    """How it went with a pickup."""

    DONE = "done"
    NOTHING_OUT = "nothing_out"
    NOT_ACCEPTED = "not_accepted"
    REOPEN = "reopen"
    """It was written down by mistake, and is still to be done."""


class Why(StrEnum):
    """Why something could not be taken."""

    HAZARDOUS = "hazardous"
    RUBBLE = "rubble"
    """Renovation waste has its own way."""
    HOUSEHOLD = "household"
    """Bags of everyday rubbish."""
    MORE = "more"
    """More, or other things, than was booked."""
    BLOCKED = "blocked"
    """It could not be reached."""
    TOO_HEAVY = "too_heavy"
    NOT_TAKEN_APART = "not_taken_apart"
    OTHER = "other"
    """The crew's words say it."""


@dataclass(frozen=True, slots=True)
class Line:
    """How it went with one pickup."""

    number: int
    """What the sheet calls it."""
    result: Result
    why: Why | None = None
    """Where it was not taken, and somebody said why."""
    words: str = ""
    """What else was written, as it was written; empty if `why` says it all."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """Words among a report that say of no number how it went."""

    text: str


_RESULTS = {
    Result.DONE: "完成 完成了 已完成 收完 收完了 收了 已收 收好了 收走 收走了 已收走 拉走 拉走了 "
    "取走 取走了 清走 清走了 搞定 办完 好 好了 ok done ✅ ✓ ✔ √ 👍",
    Result.NOTHING_OUT: "没放 没放出来 没放东西 没有放 未放 没东西 没有东西 没看到 没见到 没摆 "
    "没拿出来 空 空的 无 nothing none empty 🔍",
    Result.NOT_ACCEPTED: "不收 不能收 没法收 收不了 拒收 没收 没收走 未收 refused no ⚠ ❌ ✗ ✘",
    Result.REOPEN: "撤回 撤销 撤消 记错 记错了 写错 写错了 还没收 undo reopen ↩",
}
_BY_WORD = {
    shorthand.plain(word).strip(): result
    for result, words in _RESULTS.items()
    for word in words.split()
}
_RUNS_ON = "|".join(
    re.escape(word)
    for word in sorted(_BY_WORD, key=len, reverse=True)
    if _BY_WORD[word] is Result.NOT_ACCEPTED and not word.isascii()
)
"""After these the reason may follow without a gap: "5 不收玻璃没包好"."""
_STANDS_ALONE = "|".join(re.escape(word) for word in sorted(_BY_WORD, key=len, reverse=True))

_BREAK = "[ ,.:;()]"
_NUMBER = rf"(?:第|#|no\.? ?)?(?:{SPOKEN_OR_TYPED})(?![0-9０-９十])(?: ?[号#])?"
_NUMBERS = rf"{_NUMBER}(?:(?:[ ,]+|和|(?<=号)){_NUMBER}){{0,{LONGEST_LIST - 1}}}"
_RESULT = rf"(?:(?:{_STANDS_ALONE})(?={_BREAK}|$)|(?:{_RUNS_ON}))"
_BEGIN = rf"(?:^|(?<={_BREAK}))(?<![0-9][.])"
NUMBERS_FIRST = re.compile(rf"{_BEGIN}(?P<numbers>{_NUMBERS})[ ,.:)]*(?P<result>{_RESULT})")
RESULT_FIRST = re.compile(
    rf"(?P<result>{_RUNS_ON})[ :]*(?P<numbers>{_NUMBERS})(?={_BREAK}|$)"
    rf"|(?P<only>{_STANDS_ALONE})[ :]*(?P<these>{_NUMBERS})[ ,.]*$"
)
"""Other words may follow only a reason's: "好 3 个旧手机" is no report."""
ONE_NUMBER = re.compile(rf"(?:第|#|no\.? ?)?({SPOKEN_OR_TYPED})")
PIECE = re.compile("[^;]+")
AROUND = " ,.:;()"

_REASONS = {
    Why.HAZARDOUS: "有害垃圾|有害|危险品|油漆|电池|农药|灯管|煤气罐|液化气|hazardous",
    Why.RUBBLE: "装修垃圾|建筑垃圾|装修|砖头?|水泥|渣土|石膏板?|瓷砖|碎石|rubble",
    Why.HOUSEHOLD: "生活垃圾|厨余|剩饭|垃圾袋|袋装垃圾|household waste",
    Why.MORE: "和?预约的?不.样|不.样|不符|没约|没预约|没有预约|太多|多了|超了|超出|more",
    Why.BLOCKED: "进不去|上不去|过不去|够不着|锁了|锁着|锁|挡住|挡|堵住|堵|blocked",
    Why.TOO_HEAVY: "搬不动|抬不动|重|heavy",
    Why.NOT_TAKEN_APART: "没拆开|没拆|未拆|没有拆|要拆|not taken apart",
}
_REASON = {why: re.compile(words) for why, words in _REASONS.items()}
FILLER = re.compile("里面|东西|垃圾|放着|门口|[里有太是了的门路被]|too|[ ,.:()]")
"""Says nothing more about a reason that is named."""


def parse(text: str) -> tuple[Line | BadLine, ...] | None:
    """What `text` reports, or `None` if it is no report, such as a question."""
    plain = shorthand.plain(text)
    if batch_words.QUESTION.search(plain):
        return None
    found = [each for piece in PIECE.finditer(plain) for each in _lines(text, plain, piece)]
    return tuple(found) if any(isinstance(each, Line) for each in found) else None


def reason(text: str) -> tuple[Why | None, str]:
    """Why something was not taken, and what else the words say; no reason if there are none."""
    words = _tidy(text)
    plain = shorthand.plain(words)
    for why, pattern in _REASON.items():
        if pattern.search(plain):
            is_all = not FILLER.sub("", pattern.sub("", plain))
            return why, "" if is_all else words
    return (Why.OTHER, words) if words else (None, "")


def _lines(text: str, plain: str, piece: re.Match[str]) -> Iterator[Line | BadLine]:
    """The lines of one piece of `plain`, in the words of `text`."""
    begin, end = piece.span()
    said = plain[:end]
    heads = list(NUMBERS_FIRST.finditer(said, begin))
    if not heads:
        # "完成 3" is read where no number comes before a result.
        first = RESULT_FIRST.match(said, _words_at(said, begin))
        heads = [first] if first else []
    starts = [each.start() for each in heads] + [end]
    if before := _tidy(text[begin : starts[0]]):
        yield BadLine(before)
    for head, until in zip(heads, starts[1:], strict=True):
        yield from _read(head, text[head.end() : until])


def _words_at(plain: str, begin: int) -> int:
    """Where the words of a piece begin."""
    while begin < len(plain) and plain[begin] in AROUND:
        begin += 1
    return begin


def _read(head: re.Match[str], rest: str) -> Iterator[Line]:
    """A line for each of the numbers that stand before one result."""
    found = head.groupdict()
    result = _BY_WORD[found["result"] or found["only"]]
    why, words = reason(rest) if result is Result.NOT_ACCEPTED else (None, _tidy(rest))
    for digits in dict.fromkeys(ONE_NUMBER.findall(found["numbers"] or found["these"])):
        yield Line(shorthand.number(digits), result, why, words)


def _tidy(words: str) -> str:
    """Words on one line, without what stands around them."""
    return " ".join(words.split()).strip("，。、；：！!～~" + AROUND)
