"""Repetitions as people write them: "每周六 9:00", "每月第一个周五 19:30", "every Saturday 9 am".

What is kept is written the same way (`write`), so there is one way to read all of them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache

from knowledge import moments
from knowledge.local_time import MINUTES_A_DAY
from knowledge.moments import NotAMoment
from knowledge.repetitions import (
    LAST,
    LONGEST_MONTH,
    MOST_DAYS,
    MOST_NTH,
    MOST_WEEKS,
    Monthly,
    NthWeekday,
    Repetition,
    Rule,
    Weekly,
)

LONGEST = 120
"""Characters of what is written and of what is read: nobody needs more."""

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS_OF_MONTH = {LAST, *range(1, LONGEST_MONTH + 1)}

ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}


FOR_EVER = {"不限", "一直", "一直发", "没有", "无", "none", "no", "never", "forever", "for ever"}


class NotARepetition(ValueError):
    """The words do not say when something comes again and again."""


class EndsTooSoon(ValueError):
    """It ends before it begins."""


_DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"两": 2}

_NUMBER = r"(?:\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_SIGN = r"[一二三四五六日天]"
_WEEK_ZH = r"(?:周|星期|礼拜)"
_DAYS_ZH = rf"{_WEEK_ZH}(?P<days>{_SIGN}(?:[,至到-]?{_WEEK_ZH}?{_SIGN})*)"
_DAY_EN = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?"
_DAYS_EN = rf"(?P<days>{_DAY_EN}(?: ?[,-] ?{_DAY_EN})*)"
_NUMBER_EN = r"(?:\d{1,2}(?:st|nd|rd|th)?|last(?: day)?)"
_NUMBERS_EN = rf"(?:the )?(?P<numbers>{_NUMBER_EN}(?: ?, ?(?:the )?{_NUMBER_EN})*)"
_NTH_EN = r"(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th)"
_OF_MONTH = r" (?:of|in) (?:every|the) month"
_COUNT_EN = r"(?P<every>\d{1,2}|other|two|three|four|five|six)"
_NUMBER_WORDS = {"other": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}

_DATE = r"(?:(\d{4})[-/年.])?(\d{1,2})[-/月.](\d{1,2})[日号]?"
_FROM = re.compile(rf"(?:从|自|\bfrom|\bstarting(?: on)?)\s*{_DATE}\s*(?:开始|起)?", re.ASCII)
_UNTIL = re.compile(rf"(?:直到|截至|到|至|\buntil|\btill)\s*{_DATE}\s*(?:为止|结束|止)?", re.ASCII)
_TIME = re.compile(rf"(?<![\d:]){moments.CLOCK}(?![\d:])", re.VERBOSE | re.ASCII)


def read(words: str, today: date) -> Repetition:
    """What is meant; a date without a year is the next such day.

    Raises `NotARepetition`, `EndsTooSoon`.
    """
    plain = unicodedata.normalize("NFKC", words[: 2 * LONGEST]).strip().lower()
    plain = re.sub(r"[、;]|和|及|与|&|\band\b", ",", plain)
    if len(plain) > LONGEST:
        raise NotARepetition(words)
    plain, first = _taken(_FROM, plain, today)
    plain, last = _taken(_UNTIL, plain, first or today)
    times = list(_TIME.finditer(plain))
    if len(times) > 1:
        raise NotARepetition(words)
    minute = _minute(times[0]) if times else None
    rule = _rule(_TIME.sub(" ", plain))
    if first and last and last < first:
        raise EndsTooSoon(words)
    return Repetition(rule, minute, first, last)


@lru_cache(maxsize=1000)
def kept(text: str) -> Repetition:
    """What `write` has written."""
    return read(text, date.min)


def write(repetition: Repetition) -> str:
    """The same in words that `read` understands on any day."""
    parts = [_written(repetition.rule)]
    if repetition.minute is not None:
        assert 0 <= repetition.minute < MINUTES_A_DAY
        parts.append("{:02}:{:02}".format(*divmod(repetition.minute, 60)))
    parts += [f"from {repetition.first}"] if repetition.first else []
    parts += [f"until {repetition.last}"] if repetition.last else []
    return " ".join(parts)


def read_time(words: str) -> int:
    """The minute of the day that these words name; raises `NotARepetition`."""
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", words).strip().lower())
    if not found:
        raise NotARepetition(words)
    return _minute(found)


def read_end(words: str, today: date) -> date | None:
    """The last day that these words name, None for ever; raises `NotARepetition`."""
    plain = unicodedata.normalize("NFKC", words).strip().lower()
    if plain in FOR_EVER:
        return None
    rest, last = _taken(_UNTIL, f"到{plain.removeprefix('到')}", today)
    if last is None or rest.strip():
        raise NotARepetition(words)
    return last


def _written(rule: Rule) -> str:
    match rule:
        case Weekly(weekdays, every):
            days = ", ".join(WEEK[day] for day in weekdays)
            return f"every {days}" if every == 1 else f"every {every} weeks on {days}"
        case Monthly(days):
            return f"every month on {', '.join('last' if n == LAST else str(n) for n in days)}"
        case NthWeekday(nth, weekday):
            return f"{ORDINALS[nth]} {WEEK[weekday]} of every month"


def _minute(found: re.Match[str]) -> int:
    try:
        return moments.minute_of_day(found)
    except NotAMoment as error:
        raise NotARepetition(found[0]) from error


def _taken(pattern: re.Pattern[str], words: str, today: date) -> tuple[str, date | None]:
    """The words without a date that follows such a word, and the date."""
    found = pattern.search(words)
    if found is None:
        return words, None
    year, month, number = found.groups()
    try:
        day = date(int(year or today.year), int(month), int(number))
        if not year and day < today:
            day = day.replace(year=day.year + 1)
    except ValueError:
        raise NotARepetition(words) from None
    return f"{words[: found.start()]} {words[found.end() :]}", day


def _rule(words: str) -> Rule:
    """What the words say that name neither a time nor a date."""
    joined = re.sub(r"[\s的在]", "", words).strip(",")
    english = re.sub(r"\beach\b", "every", words)
    english = " ".join(re.sub(r"\b(?:at|on)\b", " ", english).split()).strip(" ,")
    for patterns, said in ((_CHINESE, joined), (_ENGLISH, english)):
        for pattern, made in patterns:
            if found := pattern.fullmatch(said):
                return _checked(made(found))
    raise NotARepetition(words)


def _checked(rule: Rule) -> Rule:
    match rule:
        case Weekly(_, every) if not 1 <= every <= MOST_WEEKS:
            raise NotARepetition
        case Monthly(days) if len(days) > MOST_DAYS or not set(days) <= _DAYS_OF_MONTH:
            raise NotARepetition
        case NthWeekday(nth, _) if nth != LAST and not 1 <= nth <= MOST_NTH:
            raise NotARepetition
    return rule


def _number(sign: str) -> int:
    """A number up to 99, in digits or in words."""
    if sign.isdecimal():
        return int(sign)
    tens, ten, ones = sign.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _weekdays(names: str, day: Callable[[str], int], one: str) -> tuple[int, ...]:
    """Weekdays and spans of them; a span may go over Sunday."""
    found: set[int] = set()
    for first, last in re.findall(rf"({one})(?: ?(?:-|至|到) ?(?:{_WEEK_ZH})?({one}))?", names):
        start = day(first)
        days = (day(last) - start) % 7 if last else 0
        found |= {(start + off) % 7 for off in range(days + 1)}
    return tuple(sorted(found))


def _chinese_days(names: str) -> tuple[int, ...]:
    return _weekdays(names, moments.WEEKDAYS.__getitem__, _SIGN)


def _english_days(names: str) -> tuple[int, ...]:
    return _weekdays(names, lambda name: WEEK.index(name[:3]), _DAY_EN)


def _chinese_weekly(found: re.Match[str]) -> Rule:
    every = 2 if found["other"] else _number(found["every"]) if found["every"] else 1
    every = _number(found["between"]) + 1 if found["between"] else every
    return Weekly(_chinese_days(found["days"]), every)


def _chinese_monthly(found: re.Match[str]) -> Rule:
    numbers = re.findall(rf"{_NUMBER}|最后一天|月底|月末|底", found["numbers"])
    return Monthly(_in_order(_number(n) if re.fullmatch(_NUMBER, n) else LAST for n in numbers))


def _chinese_nth(found: re.Match[str]) -> Rule:
    nth = 1 if found["head"] else LAST if found["tail"] else _number(found["nth"])
    return NthWeekday(nth, moments.WEEKDAYS[found["day"]])


def _english_weekly(found: re.Match[str]) -> Rule:
    count = found.groupdict().get("every") or "1"
    return Weekly(_english_days(found["days"]), _NUMBER_WORDS.get(count) or int(count))


def _english_monthly(found: re.Match[str]) -> Rule:
    numbers = re.findall(r"\d+|last", found["numbers"])
    return Monthly(_in_order(LAST if n == "last" else int(n) for n in numbers))


def _english_nth(found: re.Match[str]) -> Rule:
    name = found["nth"]
    nth = next((n for n, word in ORDINALS.items() if word == name), None) or int(name[0])
    return NthWeekday(nth, WEEK.index(found["day"][:3]))


def _in_order(numbers: Iterable[int]) -> tuple[int, ...]:
    """Each day once, the last of the month last."""
    return tuple(sorted(set(numbers), key=lambda number: (number == LAST, number)))


def _every_day(_: re.Match[str]) -> Rule:
    return Weekly(tuple(range(7)))


def _from_monday_to_friday(_: re.Match[str]) -> Rule:
    return Weekly(tuple(range(5)))


_Made = Callable[[re.Match[str]], Rule]


def _compiled(patterns: Sequence[tuple[str, _Made]]) -> list[tuple[re.Pattern[str], _Made]]:
    return [(re.compile(pattern, re.ASCII), made) for pattern, made in patterns]


_EVERY_ZH = "|".join(
    (
        rf"(?P<other>隔(?:一?{_WEEK_ZH}|一?个(?:星期|礼拜)))",
        rf"每隔(?P<between>{_NUMBER})个?{_WEEK_ZH}",
        rf"每(?P<every>{_NUMBER})个?{_WEEK_ZH}",
        rf"每个?{_WEEK_ZH}(?={_WEEK_ZH})",
        r"每个?|每?逢",
    )
)
_NUMBERED_ZH = rf"(?:{_NUMBER}[号日]?|最后一天|月底|月末|底)"
_NTH_ZH = rf"(?:(?P<head>首个)|(?P<tail>最后一?个?)|第(?P<nth>{_NUMBER})个?)"

_CHINESE = _compiled(
    [
        (r"(?:每天|每日|天天)", _every_day),
        (rf"(?:{_EVERY_ZH})?{_DAYS_ZH}", _chinese_weekly),
        (rf"每个?月(?P<numbers>{_NUMBERED_ZH}(?:,{_NUMBERED_ZH})*)", _chinese_monthly),
        (rf"每个?月{_NTH_ZH}{_WEEK_ZH}(?P<day>{_SIGN})", _chinese_nth),
    ]
)

_ENGLISH = _compiled(
    [
        (r"daily|every day", _every_day),
        (r"weekdays|every weekday", _from_monday_to_friday),
        (rf"(?:every |weekly )?(?:week )?{_DAYS_EN}", _english_weekly),
        (rf"every {_COUNT_EN}(?: weeks?)? {_DAYS_EN}", _english_weekly),
        (rf"(?:every month|monthly) {_NUMBERS_EN}", _english_monthly),
        (rf"{_NUMBERS_EN}{_OF_MONTH}", _english_monthly),
        (rf"(?:every )?(?:the )?{_NTH_EN} (?P<day>{_DAY_EN}){_OF_MONTH}", _english_nth),
        (rf"(?:every month|monthly) (?:the )?{_NTH_EN} (?P<day>{_DAY_EN})", _english_nth),
        (rf"every (?P<nth>first|last) (?P<day>{_DAY_EN})", _english_nth),
    ]
)
"""A "second Friday" alone is none of these: it may mean each other one."""
