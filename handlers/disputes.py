"""A household says that it is still there, and staff decide: collect it again, or it was taken."""

from datetime import date, timedelta

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from pydantic import Field

from handlers import bulky, homes, notices
from handlers.attending import LAST_DAY, Attending, Desk, Shown
from handlers.buttons import LARGEST_ID, Choices, Pressed, changed, column
from handlers.filters import Has, Step
from handlers.texts import Texts
from models import pickup_rounds, pickups, steps
from models.pickup_rounds import Stop
from models.pickups import LONGEST_NOTES, Act, PickupOver
from models.roles import Role

NOTE = "dispute-note"
"""The step in which staff write why it was collected after all."""

STEP_MINUTES = 15
MOST = 20
"""So many are shown at once; the oldest come first."""
MOST_DAYS = 8


class Disputes(CallbackData, prefix="disputes"):
    """Show what is to be decided."""


class Judge(CallbackData, prefix="dispute"):
    """Show this one."""

    pickup: int = Field(ge=1, le=LARGEST_ID)


class Photo(CallbackData, prefix="dphoto"):
    """Show the crew's photo of it."""

    pickup: int = Field(ge=1, le=LARGEST_ID)


class Again(CallbackData, prefix="dagain"):
    """It is collected again; on this day, if it names one."""

    pickup: int = Field(ge=1, le=LARGEST_ID)
    day: int = Field(default=0, ge=0, le=LAST_DAY)
    """Its ordinal; 0: which day is still to be said."""


class Taken(CallbackData, prefix="dtaken"):
    """It was collected; without a word of why, if `sure`."""

    pickup: int = Field(ge=1, le=LARGEST_ID)
    sure: bool = False


def router() -> Router:
    router = Router(name=__name__)
    for observer in (router.message, router.callback_query):
        observer.middleware(Attending("desk", Desk))
    private = F.chat.type == ChatType.PRIVATE
    staff, writes = Has(Role.STAFF, Role.ADMIN), {"writes": True}
    message, press = router.message.register, router.callback_query.register
    message(show, Command("disputes", ignore_case=True), private, staff)
    message(hear_note, Step(NOTE), staff, flags=writes)
    press(show_here, Pressed(Disputes), staff)
    press(look, Pressed(Judge), staff)
    press(show_photo, Pressed(Photo), staff)
    press(ask_day, Pressed(Again), F.data.endswith(":0"), staff)
    press(collect_again, Pressed(Again), staff, flags=writes)
    press(uphold, Pressed(Taken), F.data.endswith(":1"), staff, flags=writes)
    press(ask_note, Pressed(Taken), staff, flags=writes)
    return router


async def show(message: Message, desk: Desk) -> SendMessage:
    text, keyboard = await _all(desk)
    return message.answer(text, reply_markup=keyboard)


async def show_here(query: CallbackQuery, desk: Desk) -> EditMessageText:
    return changed(query, *await _all(desk))


async def look(
    query: CallbackQuery,
    callback_data: Judge,
    desk: Desk,
) -> EditMessageText:
    return changed(query, *await _one(desk, callback_data.pickup))


async def show_photo(
    query: CallbackQuery,
    callback_data: Photo,
    desk: Desk,
) -> SendPhoto | SendMessage:
    stop = await _open(desk, callback_data.pickup)
    person, photo = query.from_user.id, stop.pickup.closing_photo
    if photo is None:
        return SendMessage(chat_id=person, text=desk.t("dispute-no-photo"))
    caption = desk.t("dispute-photo", address=stop.address)
    return SendPhoto(chat_id=person, photo=photo, caption=caption)


async def ask_day(
    query: CallbackQuery,
    callback_data: Again,
    desk: Desk,
) -> EditMessageText:
    stop = await _open(desk, callback_data.pickup)
    days = await pickup_rounds.days_again(
        desk.session, stop.pickup.id, desk.by, desk.civil, desk.now
    )
    choices: list[tuple[str, CallbackData]] = [
        (desk.t("button-dispute-day", day=day), Again(pickup=stop.pickup.id, day=day.toordinal()))
        for day in days[:MOST_DAYS]
    ]
    text = desk.t("dispute-which-day" if days else "dispute-no-day", address=stop.address)
    return changed(query, text, column([*choices, _back(stop, desk.t)]))


async def collect_again(
    query: CallbackQuery,
    callback_data: Again,
    desk: Desk,
) -> EditMessageText:
    day = date.fromordinal(callback_data.day)
    stop = await _open(desk, callback_data.pickup)
    await pickup_rounds.collect_again(
        desk.session, stop.pickup.id, desk.by, day, desk.civil, desk.now
    )
    return changed(query, desk.t("dispute-again", address=stop.address, day=day), _others(desk.t))


async def ask_note(
    query: CallbackQuery,
    callback_data: Taken,
    desk: Desk,
) -> EditMessageText:
    """The next words are the note; the household reads it."""
    stop = await _open(desk, callback_data.pickup)
    until = desk.now + timedelta(minutes=STEP_MINUTES)
    await steps.open_(desk.session, desk.by.resident_id, NOTE, {"pickup": stop.pickup.id}, until)
    sure = (desk.t("button-dispute-no-note"), Taken(pickup=stop.pickup.id, sure=True))
    return changed(
        query,
        desk.t("dispute-note-ask", address=stop.address),
        column([sure, _back(stop, desk.t)]),
    )


async def uphold(
    query: CallbackQuery,
    callback_data: Taken,
    desk: Desk,
) -> EditMessageText:
    text = await _uphold(desk, callback_data.pickup, "")
    return changed(query, text, _others(desk.t))


async def hear_note(
    message: Message,
    step: steps.Step,
    desk: Desk,
) -> SendMessage:
    note = homes.tame(message.text or "", LONGEST_NOTES)
    if not note:
        return message.answer(desk.t("dispute-note-again"))
    text = await _uphold(desk, int(step.fields["pickup"]), note)
    return message.answer(text, reply_markup=_others(desk.t))


@notices.renders("pickup-disputed")
def told(fields: notices.Fields, t: Texts, to: int) -> TelegramMethod[Message]:
    values = {**fields, "note": homes.tame(fields["note"], LONGEST_NOTES) or "none"}
    text = t(notices.text_key("pickup-disputed"), **{key: values[key] for key in _TOLD})
    choices = [(t("button-dispute"), Judge(pickup=fields["pickup"]))]
    return SendMessage(chat_id=to, text=text, reply_markup=column(choices))


_TOLD = ("area", "address", "day", "note")


async def _all(desk: Desk) -> Shown:
    found = await pickup_rounds.disputed(desk.session, desk.by)
    choices: Choices = [
        (
            desk.t("button-dispute-of", area=stop.area, address=stop.address, day=stop.pickup.day),
            Judge(pickup=stop.pickup.id),
        )
        for stop in found[:MOST]
    ]
    return desk.t("disputes", number=len(found)), column(choices)


async def _one(desk: Desk, pickup_id: int) -> Shown:
    """What both sides say, and what can be decided."""
    stop = await _open(desk, pickup_id)
    pickup = stop.pickup
    said = [
        each
        for each in await pickups.changes_of(desk.session, pickup_id)
        if each.act == Act.DISPUTE
    ]
    assert pickup.closed_at  # or nobody could say that it is still there
    text = desk.t(
        "dispute",
        area=stop.area, address=stop.address, day=pickup.day,
        things=bulky.counted(stop.things, desk.t), items=pickup.load,
        went=said[-1].was or "", at=desk.local(pickup.closed_at),
        crew=homes.tame(pickup.why_words or "", LONGEST_NOTES) or "none",
        note=homes.tame(said[-1].note or "", LONGEST_NOTES) or "none",
        said=desk.local(said[-1].at),
    )  # fmt: skip
    choices: list[tuple[str, CallbackData]] = [
        (desk.t("button-collect-again"), Again(pickup=pickup.id)),
        (desk.t("button-was-taken"), Taken(pickup=pickup.id)),
    ]
    if pickup.closing_photo:
        choices.append((desk.t("button-crew-photo"), Photo(pickup=pickup.id)))
    return text, column([*choices, (desk.t("button-disputes"), Disputes())])


async def _open(desk: Desk, pickup_id: int) -> Stop:
    """One that is still to be decided, in the staff's own area."""
    for stop in await pickup_rounds.disputed(desk.session, desk.by):
        if stop.pickup.id == pickup_id:
            return stop
    pickup = await pickups.by_id(desk.session, pickup_id, desk.by)
    raise PickupOver(state=pickup.state)


async def _uphold(desk: Desk, pickup_id: int, note: str) -> str:
    stop = await _open(desk, pickup_id)
    await pickup_rounds.uphold(desk.session, pickup_id, desk.by, note, desk.civil, desk.now)
    await steps.close(desk.session, desk.by.resident_id)
    return desk.t("dispute-taken", address=stop.address)


def _back(stop: Stop, t: Texts) -> tuple[str, CallbackData]:
    return t("button-back"), Judge(pickup=stop.pickup.id)


def _others(t: Texts) -> InlineKeyboardMarkup | None:
    return column([(t("button-disputes"), Disputes())])
