"""The words of a volunteer's line: how it was sorted, what it weighed, and when it was."""

import re
from dataclasses import dataclass
from datetime import time
from fractions import Fraction

from knowledge import households, shorthand, stream_names
from knowledge.qualities import Quality
from knowledge.shorthand import SPOKEN_OR_TYPED
from knowledge.streams import Stream

LOOSE = {
    Quality.PARTLY: "部分 部分对 部分正确 大部分对 不全对 不完全对 不太对 半对 半错 半对半错",
    Quality.WRONG: "混投 混放 混装 混头 浑投 魂投 混透 错误 错了 错 投错 分错 放错 不对 "
    "不正确 不合格 没分 没分类 未分 未分类 没有分类 乱投 乱扔 ❌ ✗ ✘ ✖ 👎 🚫",
    Quality.RIGHT: "✅ ✓ ✔ √ 👍 🆗 💯 ⭕ ☑",
}
"""These may run on into other words: "混投厨余有塑料袋"."""

STRICT = {
    Quality.RIGHT: "对 对的 对了 对对 全对 都对 分对 正确 正确的 好 好的 好了 很好 "
    "ok okay okk right good yes y v 没问题 没错 没有错 不错 无误 合格 准确 可以 行 兑 队",
    Quality.PARTLY: "一般 差不多 还行 基本对 基本正确 partly half",
    Quality.WRONG: "混 混了 混的 差 不好 不行 × x wrong no n bad mixed",
}
"""These stand alone: "对面的沙发" is no quality."""

_QUALITIES = sorted(
    (
        (shorthand.plain(word), quality, is_loose)
        for words, is_loose in ((LOOSE, True), (STRICT, False))
        for quality, line in words.items()
        for word in line.split()
    ),
    key=lambda entry: -len(entry[0]),
)

TIME = re.compile(
    rf"(?P<part>凌晨|清晨|早上|早晨|今早|上午|中午|下午|傍晚|晚上|今晚|早|晚)?"
    rf"(?:(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?![:0-9])分?"
    rf"|(?P<spoken>{SPOKEN_OR_TYPED})点(?:(?P<half>半)|(?P<quarters>[123１２３])刻"
    rf"|(?P<past>{SPOKEN_OR_TYPED})(?![0-9０-９.斤公千克kg])分?|钟|整)?)"
)
MORNING = ("凌晨", "清晨", "早上", "早晨", "今早", "上午", "早")
NOON = "中午"
NOON_HOUR = 12
EARLY_HOUR = 3

_STREAMS = {shorthand.plain(name): stream for name, stream in stream_names.by_name().items()}
_STREAM = "|".join(map(re.escape, sorted(_STREAMS, key=len, reverse=True)))
STREAM = re.compile(_STREAM)
WEIGHT = re.compile(
    rf"(?:(?P<stream>{_STREAM}) ?)?[:约重共有]{{0,2}} ?"
    rf"(?P<amount>[0-9]{{1,6}}(?:\.[0-9]{{1,3}})?|{SPOKEN_OR_TYPED}|半) ?"
    rf"(?P<unit>kg|㎏|公斤|千克|斤|克|g)(?P<half>半)?(?(stream)|(?P<after>{_STREAM})?)"
)
GRAMS = {"kg": 1000, "㎏": 1000, "公斤": 1000, "千克": 1000, "斤": 500, "克": 1, "g": 1}
MOST_GRAMS = 500_000

QUESTION = re.compile(
    r"\?|吗|怎么|怎样|咋|如何|什么垃圾|什么桶|哪个|哪里|哪儿|几点|能不能|是不是|多少"
)
BREAK = " ,:;."


@dataclass(frozen=True, slots=True)
class Weight:
    """What was put on the scales."""

    stream: Stream | None
    """Not said when only one thing was weighed."""
    grams: int


def quality_at(plain: str, at: int, *, alone: bool = False) -> tuple[Quality, int] | None:
    """The quality that is said at this place, and where its word ends."""
    for word, quality, is_loose in _QUALITIES:
        end = at + len(word)
        if plain.startswith(word, at) and ((is_loose and not alone) or ends_at(plain, end)):
            return quality, end
    return None


def time_at(plain: str, at: int) -> tuple[tuple[time, ...], int] | None:
    """The time that is written at this place, and where it ends.

    There are two when it may be in the morning or in the evening, and none at 25:00.
    """
    found = TIME.match(plain, at)
    if not found:
        return None
    hour = int(found["hour"]) if found["hour"] else shorthand.number(found["spoken"])
    minute = int(found["minute"] or 0) + (30 if found["half"] else 0)
    minute += 15 * int(found["quarters"] or 0) + shorthand.number(found["past"] or "0")
    # "07:20" and "19:20" are exact; "7:20" and "7点20" are what people say in the evening too.
    is_exact = len(found["hour"] or "") > 1
    hours = _hours(hour, found["part"], is_exact=is_exact)
    times = tuple(time(each, minute) for each in hours if each < 24 and minute < 60)
    return times, found.end()


def weight_at(plain: str, at: int) -> tuple[Weight, int] | None:
    """The weight that is written at this place, and where it ends."""
    found = WEIGHT.match(plain, at)
    if not found:
        return None
    amount = found["amount"]
    units = Fraction(amount) if amount.isascii() else _spoken(amount)
    units += Fraction(1, 2) if found["half"] else 0
    stream = _STREAMS.get(found["stream"] or found["after"] or "")
    return Weight(stream, int(units * GRAMS[found["unit"]])), found.end()


def stream_at(plain: str, at: int) -> tuple[Stream, int] | None:
    """The stream that is named at this place, and where its name ends."""
    found = STREAM.match(plain, at)
    return (_STREAMS[found[0]], found.end()) if found else None


def ends_at(plain: str, end: int) -> bool:
    """Whether a word may end here, because of a gap or because something known follows."""
    if end >= len(plain) or plain[end] in BREAK:
        return True
    if TIME.match(plain, end) or WEIGHT.match(plain, end):
        return True
    follows = households.named(plain, end)
    return follows is not None and follows.is_sure


def _hours(hour: int, part: str | None, *, is_exact: bool) -> tuple[int, ...]:
    if part in MORNING or hour > NOON_HOUR or (is_exact and not part):
        return (hour,)
    if part == NOON:
        return (hour if hour > EARLY_HOUR else hour + NOON_HOUR,)
    if part:
        return (hour % NOON_HOUR + NOON_HOUR,) if hour < NOON_HOUR else (0,)
    return (hour, hour + NOON_HOUR) if 0 < hour < NOON_HOUR else (hour,)


def _spoken(amount: str) -> Fraction:
    return Fraction(1, 2) if amount == "半" else Fraction(shorthand.number(amount))
