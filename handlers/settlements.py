"""A household whose people are gone: staff close it, or pass its points on to another one."""

from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from pydantic import Field

from handlers import homes
from handlers.buttons import LARGEST_ID, Pressed, changed, column
from handlers.filters import Step
from handlers.homes import Open, Settle
from handlers.texts import Texts
from models import Session, audit, households, points, settlements, steps
from models.households import NoSuchHousehold
from models.residents import Resident
from models.roles import Roles
from models.settlements import Staff, Why

STEP = "pass-on"
STEP_MINUTES = 15


class Close(CallbackData, prefix="close"):
    """Close this household, for this reason."""

    household: int = Field(ge=1, le=LARGEST_ID)
    why: Why
    sure: bool = False


class Target(CallbackData, prefix="to"):
    """Pass the points on to this household."""

    household: int = Field(ge=1, le=LARGEST_ID)
    to: int = Field(ge=1, le=LARGEST_ID)


class PassOn(CallbackData, prefix="passon"):
    """Pass the points of one household on to another, for this reason."""

    household: int = Field(ge=1, le=LARGEST_ID)
    to: int = Field(ge=1, le=LARGEST_ID)
    why: Why
    sure: bool = False


def router() -> Router:
    router = Router(name=__name__)
    writes = {"writes": True}  # also those that only show something: each look is written down
    press = router.callback_query.register
    press(ask_why_closed, Pressed(Settle), F.data.endswith(":1"), flags=writes)
    press(ask_to_whom, Pressed(Settle), flags=writes)
    router.message.register(hear_to_whom, Step(STEP), F.text, flags=writes)
    press(close, Pressed(Close), F.data.endswith(":1"), flags=writes)
    press(ask_before_closing, Pressed(Close), flags=writes)
    press(pass_on, Pressed(PassOn), F.data.endswith(":1"), flags=writes)
    press(ask_why_passed_on, Pressed(Target), flags=writes)
    press(ask_before_passing_on, Pressed(PassOn), flags=writes)
    return router


async def ask_why_closed(
    query: CallbackQuery,
    callback_data: Settle,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> EditMessageText:
    household = await audit.look(
        session, callback_data.household, resident.telegram_id, roles, now
    )
    reasons = [
        (t("settlement-why", why=why), Close(household=household.id, why=why)) for why in Why
    ]
    text = t("settlement-close-why", address=await homes.address(session, household, t))
    return changed(query, text, column([*reasons, _back(household.id, t)]))


async def ask_before_closing(
    query: CallbackQuery,
    callback_data: Close,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> EditMessageText:
    household = await audit.look(
        session, callback_data.household, resident.telegram_id, roles, now
    )
    left = (await points.balance(session, household.id, now)).points
    where = await homes.address(session, household, t)
    text = t("settlement-close-sure", address=where, points=left)
    yes = callback_data.model_copy(update={"sure": True})
    sure = (t("button-sure", what="close"), yes)
    return changed(query, text, column([sure, _back(household.id, t)]))


async def close(
    query: CallbackQuery,
    callback_data: Close,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> EditMessageText:
    by = Staff(resident.telegram_id, roles)
    done = await settlements.close(session, callback_data.household, by, callback_data.why, now)
    household = await households.by_id(session, done.household_id)
    where = await homes.address(session, household, t)
    return changed(query, t("settlement-closed", address=where, points=done.points))


async def ask_to_whom(
    query: CallbackQuery,
    callback_data: Settle,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> EditMessageText:
    household = await audit.look(
        session, callback_data.household, resident.telegram_id, roles, now
    )
    until = now + timedelta(minutes=STEP_MINUTES)
    await steps.open_(session, resident.telegram_id, STEP, {"household": household.id}, until)
    where = await homes.address(session, household, t)
    return changed(query, t("settlement-to-whom", address=where))


async def hear_to_whom(
    message: Message,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> SendMessage:
    """The step stays open until a household was understood."""
    step = await steps.waiting(session, resident.telegram_id, STEP, now)
    found = await homes.meant(session, message.text or "", roles)
    if step is None or not found:
        raise NoSuchHousehold
    await steps.close(session, resident.telegram_id)
    from_id = int(step.fields["household"])
    if len(found) == 1:
        target = Target(household=from_id, to=found[0].id)
        text, keyboard = await _why(session, target, resident, roles, now, t)
        return message.answer(text, reply_markup=keyboard)
    choices = [
        (await homes.address(session, one, t), Target(household=from_id, to=one.id))
        for one in found
    ]
    return message.answer(t("registry-which"), reply_markup=column([*choices, _back(from_id, t)]))


async def ask_why_passed_on(
    query: CallbackQuery,
    callback_data: Target,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> EditMessageText:
    return changed(query, *(await _why(session, callback_data, resident, roles, now, t)))


async def ask_before_passing_on(
    query: CallbackQuery,
    callback_data: PassOn,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> EditMessageText:
    household = await audit.look(
        session, callback_data.household, resident.telegram_id, roles, now
    )
    to = await audit.look(session, callback_data.to, resident.telegram_id, roles, now)
    text = t(
        "settlement-pass-sure",
        address=await homes.address(session, household, t),
        to=await homes.address(session, to, t),
        points=(await points.balance(session, household.id, now)).points,
    )
    yes = callback_data.model_copy(update={"sure": True})
    sure = (t("button-sure", what="pass"), yes)
    return changed(query, text, column([sure, _back(household.id, t)]))


async def pass_on(
    query: CallbackQuery,
    callback_data: PassOn,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> EditMessageText:
    done = await settlements.pass_on(
        session, callback_data.household, callback_data.to,
        Staff(resident.telegram_id, roles), callback_data.why, now,
    )  # fmt: skip
    to = await homes.address(session, await households.by_id(session, callback_data.to), t)
    text = t("settlement-passed-on", points=done.points, to=to)
    return changed(query, text, column([_back(done.household_id, t)]))


async def _why(
    session: Session, target: Target, resident: Resident, held: Roles, now: datetime, t: Texts
) -> tuple[str, InlineKeyboardMarkup | None]:
    """For which reason the points are passed on: the first of two taps."""
    household = await audit.look(session, target.household, resident.telegram_id, held, now)
    to = await audit.look(session, target.to, resident.telegram_id, held, now)
    reasons = [
        (t("settlement-why", why=why), PassOn(household=household.id, to=to.id, why=why))
        for why in Why
    ]
    text = t(
        "settlement-pass-why",
        points=(await points.balance(session, household.id, now)).points,
        to=await homes.address(session, to, t),
    )
    return text, column([*reasons, _back(household.id, t)])


def _back(household_id: int, t: Texts) -> tuple[str, CallbackData]:
    return t("button-back"), Open(household=household_id)
