"""My cases: how what I have reported stands, saying more, and that it is settled or still so."""

from collections.abc import Collection
from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import BaseFilter, Command
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, Message, User

import models.cases
from handlers import casework, notices
from handlers.attending import Attending, Desk, Shown
from handlers.buttons import Choices, Pressed, changed, column
from handlers.casework import (
    About,
    MyCase,
    MyCases,
    Problem,
    Settled,
    Still,
    Talk,
    WriteOn,
)
from handlers.filters import Asked, Wish
from handlers.texts import Texts
from models import Session, case_lists, case_steps, steps
from models.case_steps import CaseOver, Said
from models.case_tables import Case
from models.pickups import Person

MORE = "case-more"
"""The step in which somebody says more about a case."""

MOST = 10
"""So many are shown at once."""


class InAlbum(BaseFilter):
    """A photo that was sent together with one that is in a case; that comes as `case_id`."""

    async def __call__(
        self, message: Message, session: Session, event_from_user: User
    ) -> bool | dict[str, int]:
        if not (message.photo and message.media_group_id):
            return False
        by, album = Person(event_from_user.id, ()), message.media_group_id[:40]
        case_id = await case_steps.of_album(session, by, album)
        return {"case_id": case_id} if case_id else False


def router() -> Router:
    router = Router(name=__name__)
    for observer in (router.message, router.callback_query):
        observer.middleware(Attending("desk", Desk))
    private, writes = F.chat.type == ChatType.PRIVATE, {"writes": True}
    message, press = router.message.register, router.callback_query.register
    message(keep_photo, F.photo, private, InAlbum(), flags=writes)
    message(reply, About(MyCase, WriteOn, Still), F.text | F.photo | F.voice, flags=writes)
    message(hear_more, Asked(MORE), F.text | F.photo | F.voice, flags=writes)
    message(ask_again, Asked(MORE))
    message(show_all, Command("problems", ignore_case=True), private)
    message(show_all, Wish("wish-cases"), private)
    press(show_all_here, Pressed(MyCases))
    press(show, Pressed(MyCase))
    press(ask_for_more, Pressed(WriteOn), flags=writes)
    press(settle, Pressed(Settled), flags=writes)
    press(say_still_so, Pressed(Still), flags=writes)
    return router


async def keep_photo(message: Message, case_id: int, desk: Desk, admins: Collection[int]) -> None:
    """The first of them was answered."""
    await _add(desk, case_id, casework.said_in(message), admins)


async def reply(
    message: Message, case_id: int, desk: Desk, admins: Collection[int]
) -> SendMessage:
    return await _more(message, desk, case_id, admins)


async def hear_more(
    message: Message, step: steps.Step, desk: Desk, admins: Collection[int]
) -> SendMessage:
    answer = await _more(message, desk, int(step.fields["case"]), admins)
    await steps.close(desk.session, desk.by.resident_id)
    return answer


async def ask_again(message: Message, desk: Desk) -> SendMessage:
    """It is nothing that can be handed on: a sticker, a place, a file."""
    return message.answer(desk.t("case-say-again"))


async def show_all(message: Message, desk: Desk) -> SendMessage:
    text, keyboard = await _all(desk)
    return message.answer(text, reply_markup=keyboard)


async def show_all_here(query: CallbackQuery, desk: Desk) -> SendMessage:
    text, keyboard = await _all(desk)
    return SendMessage(chat_id=query.from_user.id, text=text, reply_markup=keyboard)


async def show(query: CallbackQuery, callback_data: MyCase, desk: Desk) -> EditMessageText:
    case = await case_steps.own(desk.session, callback_data.case, desk.by)
    text, choices = await casework.view(desk, case)
    return changed(query, text, column([*choices, (desk.t("button-my-cases"), MyCases())]))


async def ask_for_more(query: CallbackQuery, callback_data: WriteOn, desk: Desk) -> SendMessage:
    """In a new message: what the button stands under is still to be read."""
    case = await case_steps.own(desk.session, callback_data.case, desk.by)
    if case.closed_at is not None:
        raise CaseOver(state=case.state)
    await casework.wait_for(desk, MORE, {"case": case.id})
    text = desk.t("case-more-ask", number=str(case.id))
    return SendMessage(chat_id=query.from_user.id, text=text)


async def settle(
    query: CallbackQuery, callback_data: Settled, desk: Desk, admins: Collection[int]
) -> SendMessage:
    case = await models.cases.confirm(
        desk.session, callback_data.case, desk.by, admins, desk.civil, desk.now
    )
    text = desk.t("case-settled", number=str(case.id))
    keyboard = column(casework.choices(case, desk))
    return SendMessage(chat_id=query.from_user.id, text=text, reply_markup=keyboard)


async def say_still_so(
    query: CallbackQuery, callback_data: Still, desk: Desk, admins: Collection[int]
) -> SendMessage:
    case = await models.cases.reopen(
        desk.session, callback_data.case, desk.by, admins, desk.civil, desk.now
    )
    text = desk.t("case-reopened", number=str(case.id), by=casework.expected(desk))
    keyboard = column(casework.choices(case, desk))
    return SendMessage(chat_id=query.from_user.id, text=text, reply_markup=keyboard)


@notices.renders("case")
def told(fields: notices.Fields, t: Texts, to: int) -> TelegramMethod[Message]:
    """Where it stands now, what staff say, and what was asked."""
    about = casework.subject(fields["kind"], fields["station"], fields["area"], t)
    lines = [
        t(
            notices.text_key("case"),
            number=str(fields["case"]),
            about=about,
            act=fields["act"],
        )
    ]
    if fields["words"]:
        lines.append(fields["words"])
    if fields["quote"]:
        lines.append(t("case-quote", words=fields["quote"]))
    until, now = fields["until"], fields["now"]
    again = bool(until) and now < datetime.fromisoformat(until)
    choices = casework.can(fields["case"], fields["kind"], fields["state"], t, again=again)
    show_it = (t("button-case-show"), MyCase(case=fields["case"]))
    return SendMessage(
        chat_id=to,
        text="\n\n".join(lines),
        reply_markup=column([*choices, show_it]),
        disable_notification=notices.is_silent(fields),
    )


@notices.renders("case-file")
def shown(fields: notices.Fields, t: Texts, to: int) -> TelegramMethod[Message]:
    caption = t("case-file", number=str(fields["case"]))
    return casework.file(fields["filed"], fields["file"], to, caption)


async def _all(desk: Desk) -> Shown:
    found = await case_lists.mine(desk.session, desk.by, MOST)
    choices: Choices = [
        (
            desk.t(
                "button-case",
                number=str(line.case.id),
                about=casework.about(line, desk.t),
                state=casework.state(line.case.state, desk.t),
            ),
            MyCase(case=line.case.id),
        )
        for line in found
    ]
    new: Choices = [(desk.t("button-problem"), Problem()), (desk.t("button-talk"), Talk())]
    return desk.t("my-cases", number=len(found)), column([*choices, *new])


async def _more(
    message: Message, desk: Desk, case_id: int, admins: Collection[int]
) -> SendMessage:
    said = casework.said_in(message)
    case = await _add(desk, case_id, said, admins)
    text = desk.t("case-more-kept", number=str(case.id)) + casework.shortened(
        message, said, desk.t
    )
    return message.answer(text, reply_markup=column(casework.choices(case, desk)))


async def _add(desk: Desk, case_id: int, said: Said, admins: Collection[int]) -> Case:
    return await models.cases.add(
        desk.session, case_id, desk.by, said, admins, desk.civil, desk.now
    )
