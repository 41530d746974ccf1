"""The crew's round: today's sheet, and how it went, in one message or with one tap."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import BaseFilter, Command
from aiogram.methods import EditMessageText, SendMessage, SendPhoto
from aiogram.types import CallbackQuery, Message

from handlers.attending import Attending
from handlers.buttons import Pressed, changed
from handlers.filters import Has, Idle, OnShift, Step, Wish
from handlers.texts import Texts
from handlers.touring import WHY, Because, Look, Picture, Sheet, Tour, Went
from knowledge import rounds
from knowledge.rounds import BadLine, Line, Result
from models import pickups, steps
from models.pickup_rounds import ON_ROUND, WhyNot
from models.roles import Role


class Reports(BaseFilter):
    """The words, or those under a photo, say how it went with pickups; they come as `lines`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        lines = rounds.parse(message.text or message.caption or "")
        return {"lines": lines} if lines else False


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    crew = Has(*ON_ROUND)
    writes = {"writes": True}  # also what only shows something: the sheet gives numbers
    for observer in (router.message, router.callback_query):
        observer.middleware(Attending("tour", Tour))
    message, press = router.message.register, router.callback_query.register
    message(show_sheet, Command("run", ignore_case=True), private, crew, flags=writes)
    message(show_sheet, Wish("wish-run"), private, crew, flags=writes)
    # Before open steps: the next pickup may be done before anybody said why the last was not.
    message(report, F.text | F.photo, private, crew, Reports(), flags=writes)
    message(hear_why, Step(WHY), crew, flags=writes)
    message(explain_photos, F.photo, private, Has(Role.CREW), ~OnShift(), Idle())
    press(turn, Pressed(Sheet), crew, flags=writes)
    press(look, Pressed(Look), crew, flags=writes)
    press(write_down, Pressed(Went), crew, flags=writes)
    press(decline, Pressed(Because), crew, flags=writes)
    press(show_picture, Pressed(Picture), crew)
    return router


async def show_sheet(message: Message, tour: Tour) -> SendMessage:
    text, keyboard = await tour.sheet(tour.today)
    return message.answer(text, reply_markup=keyboard)


async def turn(query: CallbackQuery, callback_data: Sheet, tour: Tour) -> EditMessageText:
    day = date.fromordinal(callback_data.day)
    return changed(query, *await tour.sheet(day, callback_data.page))


async def look(query: CallbackQuery, callback_data: Look, tour: Tour) -> EditMessageText:
    return changed(query, *await tour.stop(callback_data.pickup))


async def write_down(query: CallbackQuery, callback_data: Went, tour: Tour) -> EditMessageText:
    pickup_id, result = callback_data.pickup, callback_data.result
    if result is Result.NOT_ACCEPTED:
        return changed(query, *await tour.why(pickup_id))
    await tour.went(pickup_id, result)
    return changed(query, *await tour.stop(pickup_id))


async def decline(query: CallbackQuery, callback_data: Because, tour: Tour) -> EditMessageText:
    pickup_id, why = callback_data.pickup, callback_data.why
    step = await steps.take(tour.session, tour.by.resident_id, WHY, tour.now)
    photo = step.fields["photo"] if step and step.fields["pickup"] == pickup_id else None
    await tour.went(pickup_id, Result.NOT_ACCEPTED, why, photo=photo)
    return changed(query, *await tour.stop(pickup_id))


async def hear_why(message: Message, tour: Tour) -> SendMessage:
    """Why it was not taken, in the crew's own words."""
    step = await steps.take(tour.session, tour.by.resident_id, WHY, tour.now)
    why, words = rounds.reason(message.text or "")
    if step is None or why is None:
        raise WhyNot
    pickup_id, photo = int(step.fields["pickup"]), step.fields["photo"]
    await tour.went(pickup_id, Result.NOT_ACCEPTED, why, words, photo)
    text, keyboard = await tour.stop(pickup_id)
    return message.answer(text, reply_markup=keyboard)


async def show_picture(
    query: CallbackQuery, callback_data: Picture, tour: Tour
) -> SendPhoto | SendMessage:
    pickup = await pickups.by_id(tour.session, callback_data.pickup, tour.by)
    person, number = query.from_user.id, callback_data.number
    if number >= len(pickup.photos):
        return SendMessage(chat_id=person, text=tour.t("run-no-photo"))
    caption = tour.t("run-photo", number=pickup.number or 0)
    return SendPhoto(chat_id=person, photo=pickup.photos[number], caption=caption)


async def explain_photos(message: Message, t: Texts) -> SendMessage:
    return message.answer(t("run-photo-how"))


async def report(message: Message, lines: Sequence[Line | BadLine], tour: Tour) -> SendMessage:
    photo = message.photo[-1].file_id if message.photo else None
    text, keyboard = await tour.report(lines, tour.day_of(message.date), photo)
    return message.answer(text, reply_markup=keyboard)
