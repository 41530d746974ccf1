"""Points in time as people write them: "明天 9:00", "18:30", "周五下午3点半", "tomorrow 9 am"."""

import re
import unicodedata
from datetime import date, datetime, timedelta, tzinfo

from knowledge import local_time

FARTHEST = timedelta(days=92)
"""Farther ahead nobody plans a message; it is a mistyped year."""

DAYS = {
    "今天": 0, "今日": 0, "今晚": 0, "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "后天": 2,
    "大后天": 3, "today": 0, "tonight": 0, "tomorrow": 1,
}  # fmt: skip

WEEKDAYS = {
    **{name: number for number, name in enumerate("一二三四五六日")},
    "天": 6,
    **{
        name: number
        for number, names in enumerate(
            ("mon monday", "tue tuesday", "wed wednesday", "thu thursday", "fri friday",
             "sat saturday", "sun sunday")
        )
        for name in names.split()
    },
}  # fmt: skip

_DAY = rf"""
    (?P<near> {"|".join(sorted(DAYS, key=len, reverse=True))} )
  | (?: (?P<next> 下 )? (?:周|星期|礼拜) (?P<weekday> [一二三四五六日天] ) )
  | (?P<english> (?:mon|tues?|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)? ) \b
  | (?: (?P<year> \d{{4}} ) [-/年.] )? (?P<month> \d{{1,2}} ) [-/月.] (?P<number> \d{{1,2}} )
    (?: [日号] )?
"""
CLOCK = r"""
    (?P<part> 凌晨|早上|上午|中午|下午|傍晚|晚上|早|晚 )? \s*
    (?P<hour> \d{1,2} ) \s*
    (?: : (?P<minute> \d{2} )
      | [点时] (?: (?P<half> 半 ) | (?P<quarter> 一刻 ) | (?P<past> \d{1,2} ) 分? )?
      | (?= \s* [ap]m ) )
    \s* (?P<english_part> [ap]m )?
"""
"""A time of the day; its groups are what `minute_of_day` reads."""

_MOMENT = re.compile(rf"(?: {_DAY} )? \s* [,的]? \s* {CLOCK}", re.VERBOSE | re.ASCII)

AFTERNOON = {"下午", "傍晚", "晚上", "晚", "pm"}


class NotAMoment(ValueError):
    """The words name no day and time."""


class Past(ValueError):
    """That time is over."""


class TooFar(ValueError):
    """That is too far ahead."""


def read(words: str, now: datetime, zone: tzinfo) -> datetime:
    """The moment that is meant; a time without a day is the next one that the clock shows.

    Raises `NotAMoment`, `Past`, `TooFar`.
    """
    plain = unicodedata.normalize("NFKC", words).strip().lower()
    found = _MOMENT.fullmatch(plain)
    if found is None:
        raise NotAMoment(words)
    minute, today = _minute(found), local_time.local_day(now, zone)
    at = local_time.moment(_day(found, today), minute, zone)
    if at <= now and not _names_date(found):
        step = 7 if found["weekday"] or found["english"] else 1
        at = local_time.moment(_day(found, today) + timedelta(days=step), minute, zone)
    if at <= now:
        raise Past(words)
    if at > now + FARTHEST:
        raise TooFar(words)
    return at


def _names_date(found: re.Match[str]) -> bool:
    return bool(found["near"] or found["number"] or found["next"])


def _day(found: re.Match[str], today: date) -> date:
    if found["near"]:
        return today + timedelta(days=DAYS[found["near"]])
    if name := found["weekday"] or found["english"]:
        weekday = WEEKDAYS[name if found["weekday"] else name[:3]]
        ahead = weekday - today.weekday()
        # "下周三" is the Wednesday of the week after this one, whatever day it is today.
        return today + timedelta(days=ahead + 7 if found["next"] else ahead % 7)
    if found["number"]:
        return _date(found, today)
    return today


def _date(found: re.Match[str], today: date) -> date:
    month, number = int(found["month"]), int(found["number"])
    try:
        if found["year"]:
            return date(int(found["year"]), month, number)
        this_year = date(today.year, month, number)
        return this_year if this_year >= today else date(today.year + 1, month, number)
    except ValueError:
        raise NotAMoment(found[0]) from None


def _minute(found: re.Match[str]) -> int:
    is_evening = found["near"] in ("今晚", "明晚", "tonight")
    return minute_of_day(found, "晚上" if is_evening else None)


def minute_of_day(found: re.Match[str], part: str | None = None) -> int:
    """Which minute of the day a `CLOCK` names; raises `NotAMoment`.

    `part`: of the day, where the words do not say.
    """
    hour = int(found["hour"])
    minute = 30 if found["half"] else 15 if found["quarter"] else 0
    minute += int(found["minute"] or found["past"] or 0)
    part = found["part"] or found["english_part"] or part
    if part in AFTERNOON and hour < 12:
        hour += 12
    elif part in ("am", "凌晨") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        raise NotAMoment(found[0])
    return hour * 60 + minute
