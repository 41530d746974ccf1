"""Talk to a person: what is written goes to the staff of the place, who answer in the chat."""

from collections.abc import Collection

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers import casework, places
from handlers.attending import Attending, Desk, Shown
from handlers.buttons import Pressed, changed, column
from handlers.casework import MyCases, Problem, Talk
from handlers.filters import Asked, Key, Wish
from handlers.places import Choice
from models import areas, cases, contacts, steps
from models.places import Here

MESSAGE = "case-message"
"""The step in which somebody writes to the staff."""


def router() -> Router:
    router = Router(name=__name__)
    for observer in (router.message, router.callback_query):
        observer.middleware(Attending("desk", Desk))
    private, writes = F.chat.type == ChatType.PRIVATE, {"writes": True}
    message, press = router.message.register, router.callback_query.register
    for asked in (Command("talk", ignore_case=True), Key("menu-talk"), Wish("wish-talk")):
        message(begin, asked, private, flags=writes)
    message(hear, Asked(MESSAGE), F.text | F.photo | F.voice, flags=writes)
    message(ask_again, Asked(MESSAGE))
    press(begin_here, Pressed(Talk), flags=writes)
    return router


async def begin(message: Message, desk: Desk, here: Here) -> SendMessage:
    text, keyboard = await _ask(desk, Talk(), here)
    return message.answer(text, reply_markup=keyboard)


async def begin_here(
    query: CallbackQuery, callback_data: Talk, desk: Desk, here: Here
) -> EditMessageText | SendMessage:
    """Where the place is being chosen, in the same message; else in a new one."""
    text, keyboard = await _ask(desk, callback_data, here)
    if callback_data.area or callback_data.page:
        return changed(query, text, keyboard)
    return SendMessage(chat_id=query.from_user.id, text=text, reply_markup=keyboard)


async def hear(
    message: Message, step: steps.Step, desk: Desk, admins: Collection[int]
) -> SendMessage:
    said = casework.said_in(message)
    session, t = desk.session, desk.t
    area_id = int(step.fields["area"])
    case = await cases.write(session, desk.by, area_id, said, admins, desk.civil, desk.now)
    await steps.close(session, desk.by.resident_id)
    area = await areas.of(session, case.area_id)
    text = t("talk-sent", number=str(case.id), place=area.name, by=casework.expected(desk))
    text += casework.shortened(message, said, t)
    return message.answer(text, reply_markup=column(casework.choices(case, desk)))


async def ask_again(message: Message, desk: Desk) -> SendMessage:
    """It is nothing that can be handed on: a sticker, a place, a file."""
    return message.answer(desk.t("case-say-again"))


async def _ask(desk: Desk, asked: Talk, here: Here) -> Shown:
    """Which place, where that is not known; then for the words, which go to its staff."""
    session, t = desk.session, desk.t
    area_id: int | Choice = here.area_id
    if asked.area or asked.page or await casework.home(desk) is None:
        asked = asked if asked.area or asked.page else Talk(area=here.area_id)
        area_id = await places.meant(session, asked, t)
    if isinstance(area_id, Choice):
        return area_id.text, area_id.keyboard
    await casework.wait_for(desk, MESSAGE, {"area": area_id})
    area = await areas.known(session, area_id)
    contact = await contacts.of_area(session, area_id, desk.civil)
    phone = (contact.phone if contact else None) or "none"
    text = t("talk-ask", place=area.name, phone=phone, by=casework.expected(desk))
    return text, _instead(desk)


def _instead(desk: Desk) -> InlineKeyboardMarkup | None:
    """What may be meant in its place."""
    return column([(desk.t("button-problem"), Problem()), (desk.t("button-my-cases"), MyCases())])
