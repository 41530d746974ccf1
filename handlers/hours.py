"""Staff change the hours of a day: a window is closed, or another station serves."""

from datetime import date, datetime, timedelta

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from pydantic import Field

from handlers import places
from handlers.buttons import LARGEST_ID, Pressed, changed, column
from handlers.filters import Has, Wish
from handlers.texts import Texts
from knowledge.calendar import Civil, DayPlan
from knowledge.local_time import MINUTES_A_DAY, local_day
from knowledge.schedule_texts import clock
from knowledge.spans import WHOLE_DAY, Hours
from models import Session, areas, hours, roles, stations
from models.areas import Area
from models.hours import Wanted, WindowOver
from models.roles import Role, Roles

DAYS = 7
"""For how many days ahead hours are changed in the chat; a file may say more."""

STATIONS = 10
"""How many stations are on offer."""

DayNumber = Field(ge=1, le=date.max.toordinal())
"""A day, counted as `date.toordinal` does."""


class HoursAt(CallbackData, prefix="hoursat"):
    """Where? What lies in this area is on offer, and the area itself."""

    area: int = Field(ge=1, le=LARGEST_ID)


class HoursOf(CallbackData, prefix="hoursof"):
    """Here. Which day?"""

    area: int = Field(ge=1, le=LARGEST_ID)


class HoursOn(CallbackData, prefix="hourson"):
    """On this day. Which hours?"""

    area: int = Field(ge=1, le=LARGEST_ID)
    day: int = DayNumber


class HoursIn(CallbackData, prefix="hoursin"):
    """These hours. What of them?"""

    area: int = Field(ge=1, le=LARGEST_ID)
    day: int = DayNumber
    opens: int = Field(ge=0, lt=MINUTES_A_DAY)
    closes: int = Field(gt=0, le=MINUTES_A_DAY)


class HoursTo(HoursIn, prefix="hoursto"):
    """Close them, or let this station serve."""

    station: int = Field(default=0, ge=0, le=LARGEST_ID)
    """0 where it is closed."""
    sure: bool = False


class HoursBack(CallbackData, prefix="hoursback"):
    """Take back what was changed on this day."""

    area: int = Field(ge=1, le=LARGEST_ID)
    day: int = DayNumber


Screen = tuple[str, InlineKeyboardMarkup | None]


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    staff = Has(Role.STAFF, Role.ADMIN)
    writes = {"writes": True}
    router.message.register(begin, Command("hours", ignore_case=True), private, staff)
    router.message.register(begin, Wish("wish-hours"), private, staff)
    press = router.callback_query.register
    press(choose_area, Pressed(HoursAt))
    press(choose_day, Pressed(HoursOf))
    press(choose_hours, Pressed(HoursOn))
    press(choose_what, Pressed(HoursIn))
    press(change, Pressed(HoursTo), F.data.endswith(":1"), flags=writes)
    press(preview, Pressed(HoursTo))
    press(take_back, Pressed(HoursBack), flags=writes)
    return router


async def begin(message: Message, session: Session, roles: Roles, t: Texts) -> SendMessage:
    found = await _given(session, roles)
    choices = [(area.name, HoursAt(area=area.id)) for area in found]
    return message.answer(t("hours-where"), reply_markup=column(choices))


async def choose_area(
    query: CallbackQuery, callback_data: HoursAt, session: Session, roles: Roles, now: datetime,
    civil: Civil, t: Texts,
) -> EditMessageText:  # fmt: skip
    area = await hours.in_charge(session, callback_data.area, roles)
    inside = await areas.children(session, area.id)
    if not inside:
        return changed(query, *_days(area, now, civil, t))
    choices: list[tuple[str, CallbackData]] = [
        (t("hours-all-of", place=area.name), HoursOf(area=area.id))
    ]
    choices += [(each.name, HoursAt(area=each.id)) for each in inside]
    return changed(query, t("hours-where"), column(choices))


async def choose_day(
    query: CallbackQuery, callback_data: HoursOf, session: Session, roles: Roles, now: datetime,
    civil: Civil, t: Texts,
) -> EditMessageText:  # fmt: skip
    area = await hours.in_charge(session, callback_data.area, roles)
    return changed(query, *_days(area, now, civil, t))


async def choose_hours(
    query: CallbackQuery, callback_data: HoursOn, session: Session, roles: Roles, now: datetime,
    civil: Civil, t: Texts,
) -> EditMessageText:  # fmt: skip
    area = await hours.in_charge(session, callback_data.area, roles)
    day = date.fromordinal(callback_data.day)
    plan = await hours.plan(session, area.id, day, civil)
    text, keyboard = await _windows(session, area, plan, now, civil, t)
    return changed(query, text, keyboard)


async def choose_what(
    query: CallbackQuery, callback_data: HoursIn, session: Session, roles: Roles, civil: Civil,
    t: Texts,
) -> EditMessageText:  # fmt: skip
    area = await hours.in_charge(session, callback_data.area, roles)
    to = HoursTo(**callback_data.model_dump())
    found = await stations.of_area(session, area.id)
    choices = [(t("hours-close"), to)]
    choices += [
        (t("hours-move", station=station.name), to.model_copy(update={"station": station.id}))
        for station in found[:STATIONS]
    ]
    return changed(query, await _title(session, callback_data, area, civil, t), column(choices))


async def preview(
    query: CallbackQuery, callback_data: HoursTo, session: Session, roles: Roles, now: datetime,
    civil: Civil, t: Texts,
) -> EditMessageText:  # fmt: skip
    area = await hours.in_charge(session, callback_data.area, roles)
    wanted = _wanted(callback_data)
    await hours.as_change(session, wanted, civil, now)
    reach = await hours.reach(session, area, wanted.day)
    text = "\n".join(
        (
            await _title(session, callback_data, area, civil, t),
            await _what(session, callback_data, t),
            "",
            t(
                "hours-reach", households=reach.households, connected=reach.on_telegram,
                reminded=reach.reminded, told=reach.told,
            ),
        )
    )  # fmt: skip
    sure = callback_data.model_copy(update={"sure": True})
    back = HoursOn(area=area.id, day=callback_data.day)
    return changed(query, text, column([(t("hours-sure"), sure), (t("hours-not"), back)]))


async def change(
    query: CallbackQuery, callback_data: HoursTo, session: Session, roles: Roles, now: datetime,
    civil: Civil, t: Texts,
) -> EditMessageText:  # fmt: skip
    area = await hours.in_charge(session, callback_data.area, roles)
    title = await _title(session, callback_data, area, civil, t)
    wanted = _wanted(callback_data)
    await hours.change(session, wanted, query.from_user.id, roles, civil, now)
    said = await _what(session, callback_data, t)
    return changed(query, "\n".join((title, said, "", t("hours-changed"))))


async def take_back(
    query: CallbackQuery, callback_data: HoursBack, session: Session, roles: Roles,
    now: datetime, civil: Civil, t: Texts,
) -> EditMessageText:  # fmt: skip
    day, person = date.fromordinal(callback_data.day), query.from_user.id
    await hours.take_back(session, callback_data.area, day, person, roles, civil, now)
    area = await hours.in_charge(session, callback_data.area, roles)
    plan = await hours.plan(session, area.id, day, civil)
    text, keyboard = await _windows(session, area, plan, now, civil, t)
    return changed(query, text, keyboard)


async def _given(session: Session, held: Roles) -> list[Area]:
    """The areas in which somebody is staff; an admin's are at the top."""
    if roles.may(held, (Role.ADMIN,)):
        return list(await areas.children(session, None))
    return [await areas.of(session, id_) for id_ in roles.places(held, Role.STAFF)]


def _days(area: Area, now: datetime, civil: Civil, t: Texts) -> Screen:
    today = local_day(now, civil.zone)
    days = [today + timedelta(days=off) for off in range(DAYS)]
    choices = [
        (
            t("hours-day", which=places.which_day(day, today), day=day),
            HoursOn(area=area.id, day=day.toordinal()),
        )
        for day in days
    ]
    return t("hours-which-day", place=area.name), column(choices)


async def _windows(
    session: Session, area: Area, plan: DayPlan, now: datetime, civil: Civil, t: Texts
) -> Screen:
    policy = await areas.policy(session, area.id, civil.holidays)
    names = await places.moved_to(session, policy.calendar)
    text = t("hours-now", place=area.name, day=plan.day, hours=places.hours(plan, civil, names, t))
    on = {"area": area.id, "day": plan.day.toordinal()}
    left = [window.planned.hours for window in plan.windows if window.ends_at > now]
    choices: list[tuple[str, CallbackData]] = [
        (f"{clock(each.opens)}–{clock(each.closes)}", _in(on, each)) for each in left
    ]
    if len(left) > 1:
        choices.append((t("hours-whole-day"), _in(on, WHOLE_DAY)))
    if await hours.is_changed(area, plan.day):
        choices.append((t("hours-take-back"), HoursBack(**on)))
    return text, column(choices)


def _in(on: dict[str, int], part: Hours) -> HoursIn:
    return HoursIn(**on, opens=part.opens, closes=part.closes)


def _wanted(asked: HoursTo) -> Wanted:
    if asked.opens >= asked.closes:
        raise WindowOver
    part = Hours(asked.opens, asked.closes)
    return Wanted(asked.area, date.fromordinal(asked.day), part, asked.station or None)


async def _title(session: Session, asked: HoursIn, area: Area, civil: Civil, t: Texts) -> str:
    """Where and when."""
    day = date.fromordinal(asked.day)
    plan = await hours.plan(session, area.id, day, civil)
    is_whole = (asked.opens, asked.closes) == (WHOLE_DAY.opens, WHOLE_DAY.closes)
    if not plan.windows:
        raise WindowOver
    part = t("hours-whole-day") if is_whole else f"{clock(asked.opens)}–{clock(asked.closes)}"
    return t("hours-title", place=area.name, day=day, hours=part)


async def _what(session: Session, asked: HoursTo, t: Texts) -> str:
    """What is done with these hours."""
    if not asked.station:
        return t("hours-close")
    station = await stations.known(session, asked.station)
    return t("hours-move", station=station.name)
