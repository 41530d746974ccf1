"""A household whose people are gone: staff close it, or pass its points on to another one."""

from datetime import timedelta

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from pydantic import Field

from handlers import homes
from handlers.buttons import LARGEST_ID, Pressed, changed, column
from handlers.filters import Step
from handlers.homes import Settle
from handlers.registrar import Registering, Registrar
from models import households, settlements, steps
from models.households import NoSuchHousehold
from models.settlements import Why

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
    router.message.middleware(Registering())
    router.callback_query.middleware(Registering())
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
    query: CallbackQuery, callback_data: Settle, registrar: Registrar
) -> EditMessageText:
    household, t = await registrar.look(callback_data.household), registrar.t
    reasons = [
        (t("settlement-why", why=why), Close(household=household.id, why=why)) for why in Why
    ]
    text = t("settlement-close-why", address=await registrar.address(household))
    return changed(query, text, column([*reasons, registrar.back(household.id)]))


async def ask_before_closing(
    query: CallbackQuery, callback_data: Close, registrar: Registrar
) -> EditMessageText:
    household = await registrar.look(callback_data.household)
    text = registrar.t(
        "settlement-close-sure",
        address=await registrar.address(household),
        points=await registrar.points(household),
    )
    yes = callback_data.model_copy(update={"sure": True})
    return changed(query, text, registrar.sure("close", yes, household.id))


async def close(
    query: CallbackQuery, callback_data: Close, registrar: Registrar
) -> EditMessageText:
    session = registrar.session
    done = await settlements.close(
        session, callback_data.household, registrar.by, callback_data.why, registrar.now
    )
    where = await registrar.address(await households.by_id(session, done.household_id))
    return changed(query, registrar.t("settlement-closed", address=where, points=done.points))


async def ask_to_whom(
    query: CallbackQuery, callback_data: Settle, registrar: Registrar
) -> EditMessageText:
    household = await registrar.look(callback_data.household)
    until = registrar.now + timedelta(minutes=STEP_MINUTES)
    fields = {"household": household.id}
    await steps.open_(registrar.session, registrar.by.resident_id, STEP, fields, until)
    where = await registrar.address(household)
    return changed(query, registrar.t("settlement-to-whom", address=where))


async def hear_to_whom(message: Message, registrar: Registrar) -> SendMessage:
    """The step stays open until a household was understood."""
    session, by, t = registrar.session, registrar.by, registrar.t
    step = await steps.waiting(session, by.resident_id, STEP, registrar.now)
    found = await homes.meant(session, message.text or "", by.roles)
    if step is None or not found:
        raise NoSuchHousehold
    await steps.close(session, by.resident_id)
    from_id = int(step.fields["household"])
    if len(found) == 1:
        text, keyboard = await _why(Target(household=from_id, to=found[0].id), registrar)
        return message.answer(text, reply_markup=keyboard)
    choices = [
        (await registrar.address(one), Target(household=from_id, to=one.id)) for one in found
    ]
    keyboard = column([*choices, registrar.back(from_id)])
    return message.answer(t("registry-which"), reply_markup=keyboard)


async def ask_why_passed_on(
    query: CallbackQuery, callback_data: Target, registrar: Registrar
) -> EditMessageText:
    return changed(query, *await _why(callback_data, registrar))


async def ask_before_passing_on(
    query: CallbackQuery, callback_data: PassOn, registrar: Registrar
) -> EditMessageText:
    household = await registrar.look(callback_data.household)
    to = await registrar.look(callback_data.to)
    text = registrar.t(
        "settlement-pass-sure",
        address=await registrar.address(household),
        to=await registrar.address(to),
        points=await registrar.points(household),
    )
    yes = callback_data.model_copy(update={"sure": True})
    return changed(query, text, registrar.sure("pass", yes, household.id))


async def pass_on(
    query: CallbackQuery, callback_data: PassOn, registrar: Registrar
) -> EditMessageText:
    session = registrar.session
    done = await settlements.pass_on(
        session, callback_data.household, callback_data.to, registrar.by, callback_data.why,
        registrar.now,
    )  # fmt: skip
    to = await registrar.address(await households.by_id(session, callback_data.to))
    text = registrar.t("settlement-passed-on", points=done.points, to=to)
    return changed(query, text, column([registrar.back(done.household_id)]))


async def _why(target: Target, registrar: Registrar) -> tuple[str, InlineKeyboardMarkup | None]:
    """For which reason the points are passed on: the first of two taps."""
    t = registrar.t
    household, to = await registrar.look(target.household), await registrar.look(target.to)
    reasons = [
        (t("settlement-why", why=why), PassOn(household=household.id, to=to.id, why=why))
        for why in Why
    ]
    text = t(
        "settlement-pass-why",
        points=await registrar.points(household),
        to=await registrar.address(to),
    )
    return text, column([*reasons, registrar.back(household.id)])
