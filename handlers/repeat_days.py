"""Choosing by buttons when a repeat comes: the days first, then the time."""

from aiogram.types import InlineKeyboardMarkup

from handlers.buttons import Choices, column, grid, stacked
from handlers.repeat_words import At, Days, Pick, Picked, Plan
from handlers.texts import Texts
from knowledge.repetition_texts import ORDINALS
from knowledge.repetitions import (
    LAST,
    LONGEST_MONTH,
    MOST_DAYS,
    MOST_NTH,
    Monthly,
    NthWeekday,
    Rule,
    Weekly,
)
from models.repeat_times import NoSuchRepetition

WEEKDAYS = range(7)
NTH_LAST = MOST_NTH + 1
"""Stands for the last such weekday in a button."""

WEEKS = 4
"""Up to each so manieth week by a button; who writes it may have more."""

HOURS = range(8, 22)
"""At night, one has to write it."""


def choose_kind(repeat_id: int, t: Texts) -> InlineKeyboardMarkup | None:
    """By what are the days chosen?"""
    kinds = (Days.WEEK, Days.MONTH, Days.NTH)
    return column([(t("button-repeat-days", by=by), Pick(id=repeat_id, by=by)) for by in kinds])


def choose_time(repeat_id: int, t: Texts) -> InlineKeyboardMarkup | None:
    """At what time?"""
    times: Choices = [(f"{hour:02}:00", At(id=repeat_id, minute=hour * 60)) for hour in HOURS]
    return grid(times, 4, [(t("button-cast-back"), Plan(id=repeat_id))])


def screen(at: Pick, t: Texts) -> tuple[str, InlineKeyboardMarkup | None]:
    """What is chosen so far, and what else there is."""
    back = (
        t("button-cast-back"),
        at.model_copy(update={"by": Days.NOTHING, "days": 0, "every": 1}),
    )
    match at.by:
        case Days.WEEK:
            return t("repeat-pick-week"), _week(at, back, t)
        case Days.MONTH:
            return t("repeat-pick-month", most=MOST_DAYS), _month(at, back, t)
        case Days.NTH:
            return t("repeat-pick-nth"), _nth(at, back, t)
        case _:
            return t("repeat-ask-when"), choose_kind(at.id, t)


def rule(picked: Picked) -> Rule:
    """The days that were chosen; raises `NoSuchRepetition`."""
    weekdays = tuple(day for day in WEEKDAYS if picked.days >> day & 1)
    is_week = 0 < picked.days < 1 << len(WEEKDAYS)
    match picked.by:
        case Days.WEEK if is_week:
            return Weekly(weekdays, picked.every)
        case Days.MONTH if 0 < picked.days.bit_count() <= MOST_DAYS:
            numbers = [n for n in range(1, LONGEST_MONTH + 1) if picked.days >> n & 1]
            return Monthly((*numbers, *([LAST] if picked.days & 1 else [])))
        case Days.NTH if is_week and len(weekdays) == 1 and picked.every <= NTH_LAST:
            nth = LAST if picked.every == NTH_LAST else picked.every
            return NthWeekday(nth, weekdays[0])
    raise NoSuchRepetition


def _toggled(at: Pick, bit: int) -> Pick:
    return at.model_copy(update={"days": at.days ^ 1 << bit})


def _marked(at: Pick, bit: int, label: str, t: Texts) -> str:
    return t("repeat-picked", label=label) if at.days >> bit & 1 else label


def _next(at: Pick, t: Texts) -> Choices:
    """On to the time, once there is a day."""
    picked = Picked(id=at.id, by=at.by, days=at.days, every=at.every)
    return [(t("button-repeat-time"), picked)] if at.days else []


def _week(at: Pick, back: tuple[str, Pick], t: Texts) -> InlineKeyboardMarkup | None:
    names = t("weekdays").split()
    weekdays = [(_marked(at, day, names[day], t), _toggled(at, day)) for day in WEEKDAYS]
    every = at.every % WEEKS + 1
    weeks = (t("button-repeat-weeks", every=every), at.model_copy(update={"every": every}))
    return grid(weekdays, 4, [weeks, *_next(at, t), back])


def _month(at: Pick, back: tuple[str, Pick], t: Texts) -> InlineKeyboardMarkup | None:
    numbers = range(1, LONGEST_MONTH + 1)
    days = [(_marked(at, n, str(n), t), _toggled(at, n)) for n in numbers]
    last = (_marked(at, 0, t("repeat-day", day="last"), t), _toggled(at, 0))
    return grid(days, 7, [last, *_next(at, t), back])


def _nth(at: Pick, back: tuple[str, Pick], t: Texts) -> InlineKeyboardMarkup | None:
    """Both are on one screen: which one in the month, and which weekday."""
    places = [
        (
            t("repeat-picked", label=label) if at.every == nth else label,
            at.model_copy(update={"every": nth}),
        )
        for nth in range(1, NTH_LAST + 1)
        for label in [t("repeat-nth", nth=ORDINALS[LAST if nth == NTH_LAST else nth])]
    ]
    names = t("weekdays").split()
    weekdays = [
        (_marked(at, day, names[day], t), at.model_copy(update={"days": 1 << day}))
        for day in WEEKDAYS
    ]
    return stacked((places, 3), (weekdays, 4), ([*_next(at, t), back], 1))
