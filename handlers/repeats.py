"""Repeats that were handed in: the list, a second person's yes, pause, take over, stop."""

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage, SendPhoto
from aiogram.types import CallbackQuery, Message

from handlers import broadcast_drafts as drafts
from handlers import repeat_words as words
from handlers.buttons import Choices, Pressed, changed, column
from handlers.filters import Has
from handlers.notices import Fields, renders
from handlers.paging import turning
from handlers.repeat_words import Agree, RepeatIn, Repeats, SampleOf, See, Turn
from handlers.texts import Texts
from knowledge import repetition_texts
from knowledge.calendar import Civil
from models import Session, actors, broadcasts, notices, repeat_moves, repeats
from models.repeats import By, Move
from models.roles import Role, Roles

PAGE = 6
"""How many are listed at once."""


def router() -> Router:
    router = Router(name=__name__)
    private, staff = F.chat.type == ChatType.PRIVATE, Has(Role.STAFF, Role.ADMIN)
    writes = {"writes": True}
    router.message.register(begin, Command("schedule", ignore_case=True), private, staff)
    press = router.callback_query.register
    press(list_, Pressed(Repeats), staff)
    press(look, Pressed(See))
    press(test, Pressed(SampleOf))
    press(ask_before_stopping, Pressed(Turn), F.data.endswith(f":{Move.STOP}:0"))
    press(turn, Pressed(Turn), flags=writes)
    press(answer, Pressed(Agree), flags=writes)
    return router


async def begin(
    message: Message, session: Session, roles: Roles, civil: Civil, t: Texts
) -> SendMessage:
    text, choices = await _list(session, roles, 0, civil, t)
    return message.answer(text, reply_markup=column(choices))


async def list_(
    query: CallbackQuery, callback_data: Repeats, session: Session, roles: Roles, civil: Civil,
    t: Texts,
) -> EditMessageText:  # fmt: skip
    text, choices = await _list(session, roles, callback_data.page, civil, t)
    return changed(query, text, column(choices))


async def look(
    query: CallbackQuery, callback_data: See, session: Session, roles: Roles, civil: Civil,
    now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    repeat = await repeats.of(session, roles, callback_data.id)
    return await words.shown(query, session, repeat, civil, now, t)


async def test(
    query: CallbackQuery, callback_data: SampleOf, session: Session, roles: Roles
) -> SendMessage | SendPhoto:
    """To oneself, exactly as everybody gets it."""
    repeat = await repeats.of(session, roles, callback_data.id)
    if repeat.content is None:
        raise broadcasts.BroadcastEmpty
    return drafts.message(repeat.content, query.from_user.id)


async def ask_before_stopping(
    query: CallbackQuery, callback_data: Turn, session: Session, roles: Roles, t: Texts
) -> EditMessageText:
    repeat = await repeats.of(session, roles, callback_data.id)
    yes = callback_data.model_copy(update={"sure": True})
    choices = [(t("button-repeat-stop-sure"), yes), (t("button-cast-back"), See(id=repeat.id))]
    return changed(query, t("repeat-stop-sure", id=words.name_of(repeat)), column(choices))


async def turn(
    query: CallbackQuery, callback_data: Turn, session: Session, roles: Roles, civil: Civil,
    now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    person = query.from_user
    by = By(await actors.of(session, person.id), person.full_name)
    wanted = Move(callback_data.move)
    repeat = await repeat_moves.change(session, roles, callback_data.id, wanted, by, civil, now)
    return await words.shown(query, session, repeat, civil, now, t)


async def answer(
    query: CallbackQuery, callback_data: Agree, session: Session, roles: Roles, civil: Civil,
    now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    person, agrees = query.from_user, callback_data.yes
    by = await actors.of(session, person.id)
    name = words.name_of(await repeats.of(session, roles, callback_data.id))
    repeat = await repeat_moves.answer(
        session, roles, callback_data.id, by, civil, now, agrees=agrees
    )
    said = {"id": name, "name": person.full_name, "yes": "yes" if agrees else "no"}
    author = await repeats.author(session, repeat)
    if author is not None:
        about = f"repeat {callback_data.id} answered {now.isoformat()}"
        await notices.post(session, author, "repeat-answered", about, said, now)
    return changed(query, t("repeat-second-said", **said))


@renders("repeat-asked")
def asked(fields: Fields, t: Texts, to: int) -> SendMessage:
    text = t(
        "notice-repeat-asked",
        **_names(fields, t),
        people=fields["people"],
        audience=t("audience", to=fields["to"]),
    )
    choices = [
        (t("button-cast-sample"), SampleOf(id=fields["id"])),
        (t("button-second-yes"), Agree(id=fields["id"], yes=True)),
        (t("button-second-no"), Agree(id=fields["id"], yes=False)),
    ]
    return SendMessage(chat_id=to, text=text, reply_markup=column(choices))


@renders("repeat-left")
def left(fields: Fields, t: Texts, to: int) -> SendMessage:
    choices = [
        (t("button-repeat-look"), See(id=fields["id"])),
        (t("button-repeat-move", move=Move.RESUME, left="yes"),
         Turn(id=fields["id"], move=Move.RESUME)),
        (t("button-repeat-move", move=Move.STOP, left="yes"),
         Turn(id=fields["id"], move=Move.STOP)),
    ]  # fmt: skip
    text = t("notice-repeat-left", **_names(fields, t))
    return SendMessage(chat_id=to, text=text, reply_markup=column(choices))


@renders("repeat-trouble")
def trouble(fields: Fields, t: Texts, to: int) -> SendMessage:
    text = t(
        "notice-repeat-trouble", **_names(fields, t), why=fields["why"], number=fields["number"],
        first=fields["first"],
    )  # fmt: skip
    below = column([(t("button-repeat-look"), See(id=fields["id"]))])
    return SendMessage(chat_id=to, text=text, reply_markup=below)


def _names(fields: Fields, t: Texts) -> dict[str, str]:
    """What each notice calls a repeat."""
    when = repetition_texts.kept(fields["when"]) if fields["when"] else None
    return {
        "id": str(fields["changes"] or fields["id"]),
        "changes": "yes" if fields["changes"] else "no",
        "name": fields["name"],
        "area": fields["area"] or t("cast-everywhere"),
        "when": words.when(when, t) if when else "",
    }


async def _list(
    session: Session, roles: Roles, page: int, civil: Civil, t: Texts
) -> tuple[str, Choices]:
    found = await repeats.listed(session, roles)
    shown = found[page * PAGE : (page + 1) * PAGE]
    lines = [words.line(one, civil, t) for one in shown]
    text = "\n\n".join([t("repeat-list" if lines else "repeat-list-empty"), *lines])
    choices: list[tuple[str, CallbackData]] = [
        (t("button-repeat-see", id=words.name_of(one.repeat)), See(id=one.repeat.id))
        for one in shown
    ]
    choices += turning(Repeats(), page, t, more=len(found) > (page + 1) * PAGE)
    return text, [*choices, (t("button-repeat-new"), RepeatIn())]
