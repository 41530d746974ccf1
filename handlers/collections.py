"""When is it open here, what is taken away when, by whom, and where does it go?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from pydantic import Field

from handlers import places
from handlers.buttons import LARGEST_ID, Pressed, changed, grid
from handlers.cards import Cards
from handlers.filters import Key, Lives, Wish
from handlers.places import At, Choice, Near, Remind
from handlers.texts import Texts
from knowledge.calendar import Calendar, Civil, DayPlan
from knowledge.local_time import local_day
from knowledge.schemes import Scheme, load_scheme
from knowledge.streams import Stream
from models import Session, areas, collections, households
from models.areas import Policy
from models.collections import Collection, Collections
from models.memberships import Membership


class View(StrEnum):
    """What somebody wants to know of a place."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    WEEK = "week"
    WHO = "who"
    """Who takes each stream away, and where to."""


class When(CallbackData, prefix="when"):
    """Show this of an area."""

    view: View
    area: int = Field(ge=1, le=LARGEST_ID)


class WhenAt(At, prefix="whenat"):
    """This is the area that I mean."""

    view: View = View.TODAY


BUTTONS = {
    View.TODAY: "button-when-today",
    View.TOMORROW: "button-when-tomorrow",
    View.WEEK: "button-when-week",
    View.WHO: "button-when-who",
}

WISHES = {
    "wish-tomorrow": View.TOMORROW,
    "wish-week": View.WEEK,
    "wish-who": View.WHO,
}


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    message = router.message.register
    for asked in (Command("when", ignore_case=True), Key("menu-when"), Wish("wish-when")):
        message(show, asked, private, Lives())
        message(ask_where, asked, private)
    for key, view in WISHES.items():
        message(show, Wish(key, view=view), private, Lives())
        message(ask_where, Wish(key, view=view), private)
    router.callback_query.register(turn, Pressed(When))
    router.callback_query.register(choose, Pressed(WhenAt))
    return router


@dataclass(frozen=True, slots=True)
class Here:
    """What is known of a place when somebody asks."""

    area_id: int
    name: str
    policy: Policy
    collections: Collections
    scheme: Scheme
    stations: Mapping[str, str]
    """Names of stations that serve in place of others, by code."""


async def show(
    message: Message, home: Membership, session: Session, cards: Cards, now: datetime,
    civil: Civil, t: Texts, view: View = View.TODAY,
) -> SendMessage:  # fmt: skip
    household = await households.by_id(session, home.household_id)
    text, keyboard = await _screen(session, household.area_id, view, cards, now, civil, t)
    return message.answer(text, reply_markup=keyboard)


async def ask_where(
    message: Message, session: Session, cards: Cards, now: datetime, civil: Civil, t: Texts,
    view: View = View.TODAY,
) -> SendMessage:  # fmt: skip
    at = await places.meant(session, WhenAt(view=view), t)
    if isinstance(at, Choice):
        return message.answer(at.text, reply_markup=at.keyboard)
    text, keyboard = await _screen(session, at, view, cards, now, civil, t)
    return message.answer(text, reply_markup=keyboard)


async def choose(
    query: CallbackQuery, callback_data: WhenAt, session: Session, cards: Cards, now: datetime,
    civil: Civil, t: Texts,
) -> EditMessageText:  # fmt: skip
    at = await places.meant(session, callback_data, t)
    if isinstance(at, Choice):
        return changed(query, at.text, at.keyboard)
    return changed(query, *await _screen(session, at, callback_data.view, cards, now, civil, t))


async def turn(
    query: CallbackQuery, callback_data: When, session: Session, cards: Cards, now: datetime,
    civil: Civil, t: Texts,
) -> EditMessageText:  # fmt: skip
    wanted = (callback_data.area, callback_data.view)
    return changed(query, *await _screen(session, *wanted, cards, now, civil, t))


async def _screen(
    session: Session, area_id: int, view: View, cards: Cards, now: datetime, civil: Civil, t: Texts
) -> tuple[str, InlineKeyboardMarkup | None]:
    here = await _here(session, area_id, cards, civil)
    calendar = here.policy.calendar
    match view:
        case View.TODAY:
            state = places.status(calendar, now, civil, here.stations, t)
            days = (calendar.today(now, civil.zone), calendar.tomorrow(now, civil.zone))
            parts = [state, *(_day(here, plan, now, civil, t) for plan in days)]
        case View.TOMORROW:
            parts = [_day(here, calendar.tomorrow(now, civil.zone), now, civil, t)]
        case View.WEEK:
            parts = [_week(here, now, civil, t)]
        case View.WHO:
            parts = [_who(here, one, now, civil, t) for one in here.collections]
            parts = parts or [t("when-nothing-published")]
    parts = [t("when-place", place=here.name), *parts]
    if here.policy.phone:
        parts.append(t("when-phone", phone=here.policy.phone))
    return "\n\n".join(parts), _buttons(area_id, view, t)


def _buttons(area_id: int, shown: View, t: Texts) -> InlineKeyboardMarkup | None:
    views = [
        (t(key), When(view=view, area=area_id))
        for view, key in BUTTONS.items()
        if view is not shown
    ]
    below = [(t("button-near"), Near(area=area_id)), (t("button-remind"), Remind(area=area_id))]
    return grid(views, 1, below)


async def _here(session: Session, area_id: int, cards: Cards, civil: Civil) -> Here:
    area = await areas.known(session, area_id)
    chain = await areas.above(session, area_id)
    policy = areas.decided(chain, civil.holidays)
    taken = await collections.of_chain(session, chain, civil.holidays)
    calendars = [policy.calendar, *(one.calendar for one in taken if one.calendar)]
    names = await places.moved_to(session, *calendars)
    scheme = load_scheme(policy.scheme) if policy.scheme else cards.scheme
    return Here(area_id, area.name, policy, taken, scheme, names)


def _day(here: Here, plan: DayPlan, now: datetime, civil: Civil, t: Texts) -> str:
    """A day: its windows, and what is taken away."""
    today = local_day(now, civil.zone)
    which = places.which_day(plan.day, today)
    lines = [
        t("when-day", which=which, day=plan.day, kind=plan.kind),
        t("when-windows", hours=places.hours(plan, civil, here.stations, t)),
    ]
    lines += _taken(here, here.collections, plan.day, civil, t)
    return "\n".join(lines)


def _week(here: Here, now: datetime, civil: Civil, t: Texts) -> str:
    """A line a day, with the streams that are not taken away every day alike."""
    special = [
        one
        for one in here.collections
        if one.calendar and not _are_alike(one.calendar.week(now, civil.zone))
    ]
    lines = []
    for plan in here.policy.calendar.week(now, civil.zone):
        hours = places.hours(plan, civil, here.stations, t)
        lines.append(t("when-line", day=plan.day, kind=plan.kind, hours=hours))
        lines += _taken(here, special, plan.day, civil, t)
    return "\n".join(lines)


def _taken(
    here: Here, streams: Sequence[Collection], day: date, civil: Civil, t: Texts
) -> Iterator[str]:
    """What of these is taken away on a day, a line each."""
    for one in streams:
        plan = one.calendar.plan(day, civil.zone) if one.calendar else None
        if plan and (plan.windows or not plan.is_certain):
            hours = places.hours(plan, civil, here.stations, t)
            yield t("when-taken", stream=_called(here, one.stream, t), hours=hours)


def _who(here: Here, one: Collection, now: datetime, civil: Civil, t: Texts) -> str:
    """Who takes a stream away, when, and where to."""
    lines = [_called(here, one.stream, t)]
    if one.calendar:
        lines.append(_this_week(here, one.calendar, now, civil, t))
    if one.responsible or one.phone:
        lines.append(t("when-who", who=one.responsible or "no", phone=one.phone or "no"))
    if one.destination:
        lines.append(t("when-goes-to", destination=one.destination))
    return "\n".join(lines)


def _this_week(here: Here, calendar: Calendar, now: datetime, civil: Civil, t: Texts) -> str:
    week = calendar.week(now, civil.zone)
    if _are_alike(week):
        return t("when-daily", hours=places.hours(week[0], civil, here.stations, t))
    days = [
        t("when-on", day=plan.day, hours=places.hours(plan, civil, here.stations, t))
        for plan in week
        if plan.windows or not plan.is_certain
    ]
    return t("when-this-week", days=t("comma").join(days)) if days else t("when-not-this-week")


def _are_alike(week: Sequence[DayPlan]) -> bool:
    hours = {tuple(window.planned for window in plan.windows) for plan in week}
    return len(hours) == 1 and () not in hours and all(plan.is_certain for plan in week)


def _called(here: Here, stream: Stream, t: Texts) -> str:
    """A stream as its bin is called there: "🔴 有害垃圾"."""
    bin_ = here.scheme.bins[stream]
    return f"{bin_.mark} {bin_.name.in_(t.language)}"
