"""Lessons: staff see what the bot could not answer, and teach it: in two taps, for good."""

from datetime import datetime, timedelta
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from pydantic import Field

import models.lessons
from handlers import teaching
from handlers.buttons import LARGEST_ID, Choices, Pressed, changed, column, stacked
from handlers.cards import Cards
from handlers.filters import Has, Step
from handlers.notices import Fields, renders
from handlers.paging import turning
from handlers.teaching import Consider, Teach, Teacher, Undo, Unknowns
from handlers.texts import Texts
from knowledge import lessons
from knowledge.answers import items_of
from knowledge.calendar import Civil
from knowledge.catalogue import Catalogue
from knowledge.lessons import Says
from knowledge.schemes import load_scheme
from knowledge.search import Search
from knowledge.streams import Stream
from models import Session, steps
from models.lessons import Taught
from models.places import Places
from models.residents import Resident
from models.roles import Role, Roles

PAGE = 8
"""How many questions or lessons are on offer at once."""

NEAREST = 4
"""How many items are offered as what was meant."""

ACROSS = 2

STEP = "alias"
STEP_MINUTES = 15


class TypeName(CallbackData, prefix="alias"):
    """Ask for the name of the item that it is another name of."""

    question: int = Field(ge=1, le=LARGEST_ID)


class Lessons(CallbackData, prefix="lessons"):
    """Show what was taught."""

    page: int = Field(default=0, ge=0, le=9999)


class Look(CallbackData, prefix="lesson"):
    """Show this lesson."""

    lesson: int = Field(ge=1, le=LARGEST_ID)


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    staff, writes = Has(Role.STAFF, Role.ADMIN), {"writes": True}
    message, press = router.message.register, router.callback_query.register
    message(show_unknown, Command("unknown", ignore_case=True), private, staff)
    press(turn_unknown, Pressed(Unknowns), staff)
    press(consider, Pressed(Consider), staff)
    press(teach, Pressed(Teach), staff, flags=writes)
    press(ask_name, Pressed(TypeName), staff, flags=writes)
    message(hear_name, Step(STEP), F.text, staff, flags=writes)
    message(show_taught, Command("learned", ignore_case=True), private, staff)
    press(turn_taught, Pressed(Lessons), staff)
    press(look, Pressed(Look), staff)
    press(undo, Pressed(Undo), staff, flags=writes)
    return router


async def show_unknown(
    message: Message, session: Session, search: Search, roles: Roles, t: Texts
) -> SendMessage:
    text, keyboard = await _unknowns(session, search, roles, t)
    return message.answer(text, reply_markup=keyboard)


async def turn_unknown(
    query: CallbackQuery,
    callback_data: Unknowns,
    session: Session,
    search: Search,
    roles: Roles,
    t: Texts,
) -> EditMessageText:
    return changed(query, *await _unknowns(session, search, roles, t, callback_data.page))


async def consider(
    query: CallbackQuery,
    callback_data: Consider,
    session: Session,
    search: Search,
    roles: Roles,
    cards: Cards,
) -> EditMessageText:
    t = cards.t
    asked = await models.lessons.unknown(session, roles, callback_data.question)
    name = teaching.name_of(asked, search)
    sure = teaching.sure_of(name, search)
    lines = [
        t("unknown-asked", asked=name, times=asked.times, people=asked.people),
        *([t("unknown-wrong", times=asked.wrong)] if asked.wrong else []),
        *([t("unknown-now", answer=teaching.in_short(sure, cards))] if sure else []),
        "",
        t("unknown-what"),
    ]
    known = items_of(sure) if sure else ()
    near = [item for item in search.nearest(asked.text, NEAREST + 1) if item not in known]
    right: Choices = [
        (t("button-answer-right"), teaching.alias(item, asked.question_id))
        for item in known
        if sure and teaching.is_kept(sure, item)
    ]
    streams: Choices = [
        (
            t("button-stream", mark=bin_.mark, bin=bin_.name.in_(t.language)),
            Teach(question=asked.question_id, says=Says.ITEM, what=stream),
        )
        for stream, bin_ in cards.scheme.bins.items()
    ]
    below: Choices = [
        (t("button-other-name"), TypeName(question=asked.question_id)),
        (t("button-no-rubbish"), Teach(question=asked.question_id, says=Says.NO_RUBBISH)),
        (t("button-unknowns"), Unknowns()),
    ]
    aliases = teaching.aliases(near[:NEAREST], asked.question_id, cards)
    keyboard = stacked((right, 1), (aliases, 1), (streams, ACROSS), (below, 1))
    return changed(query, "\n".join(lines), keyboard)


async def teach(
    query: CallbackQuery,
    callback_data: Teach,
    session: Session,
    resident: Resident,
    roles: Roles,
    places: Places,
    catalogue: Catalogue,
    search: Search,
    cards: Cards,
    now: datetime,
) -> EditMessageText | AnswerCallbackQuery:
    by = Teacher(session, resident, roles, places, catalogue, search, cards, now)
    item = catalogue.by_key(callback_data.what)
    if not teaching.fits(callback_data, item):
        return query.answer(cards.t("lost-button"), show_alert=True)
    return changed(query, *await teaching.teach(by, callback_data, item))


async def ask_name(
    query: CallbackQuery,
    callback_data: TypeName,
    session: Session,
    resident: Resident,
    search: Search,
    roles: Roles,
    t: Texts,
    now: datetime,
) -> EditMessageText:
    asked = await models.lessons.unknown(session, roles, callback_data.question)
    until = now + timedelta(minutes=STEP_MINUTES)
    fields = {"question": asked.question_id}
    await steps.open_(session, resident.telegram_id, STEP, fields, until)
    return changed(query, t("alias-of-what", asked=teaching.name_of(asked, search)))


async def hear_name(
    message: Message,
    session: Session,
    resident: Resident,
    roles: Roles,
    places: Places,
    catalogue: Catalogue,
    search: Search,
    cards: Cards,
    step: steps.Step,
    now: datetime,
) -> SendMessage:
    """The name of an item we know ends it; else what may be meant is offered, and asked again."""
    said, question = message.text or "", int(step.fields["question"])
    by = Teacher(session, resident, roles, places, catalogue, search, cards, now)
    found = search.answers(said)
    items = items_of(found[0])
    if len(found) == 1 and items and lessons.is_sure(found[0]):
        await steps.close(session, resident.telegram_id)
        wanted = Teach(question=question, says=Says.ALIAS, what=items[0].key)
        text, keyboard = await teaching.teach(by, wanted, items[0])
        return message.answer(text, reply_markup=keyboard)
    near = teaching.aliases(search.nearest(said, NEAREST), question, cards)
    words = cards.t("alias-which" if near else "alias-again")
    return message.answer(words, reply_markup=column(near))


async def show_taught(
    message: Message, session: Session, roles: Roles, cards: Cards
) -> SendMessage:
    text, keyboard = await _taught(session, roles, cards)
    return message.answer(text, reply_markup=keyboard)


async def turn_taught(
    query: CallbackQuery, callback_data: Lessons, session: Session, roles: Roles, cards: Cards
) -> EditMessageText:
    return changed(query, *await _taught(session, roles, cards, callback_data.page))


async def look(
    query: CallbackQuery,
    callback_data: Look,
    session: Session,
    roles: Roles,
    cards: Cards,
    civil: Civil,
) -> EditMessageText:
    t = cards.t
    found = await models.lessons.one(session, roles, callback_data.lesson)
    lesson = found.lesson
    text = t(
        "lesson-view",
        said=teaching.said_by(lesson.said, cards),
        area=found.area or t("lesson-everywhere"),
        by=found.by or t("role-name", role=Role.ADMIN),
        at=lesson.taught_at.astimezone(civil.zone),
        state="over" if lesson.undone_at else "holds",
    )
    buttons: list[tuple[str, CallbackData]] = []
    if not lesson.undone_at:
        buttons.append((t("button-undo-lesson"), Undo(lesson=lesson.id)))
    return changed(query, text, column([*buttons, (t("button-lessons"), Lessons())]))


async def undo(
    query: CallbackQuery,
    callback_data: Undo,
    session: Session,
    resident: Resident,
    roles: Roles,
    cards: Cards,
    now: datetime,
) -> EditMessageText:
    lesson = await models.lessons.undo(
        session, callback_data.lesson, resident.telegram_id, roles, now
    )
    text = cards.t("lesson-undone", said=teaching.said_by(lesson.said, cards))
    return changed(query, text, column([(cards.t("button-unknowns"), Unknowns())]))


@renders("lesson")
def told(fields: Fields, t: Texts, to: int) -> SendMessage:
    """What the answer is, in the words of the place where the person lives."""
    values: dict[str, Any] = {"what": fields["says"], "mark": "", "bin": "", "colour": ""}
    if fields["says"] != Says.NO_RUBBISH:
        values["what"] = "bin" if fields["stream"] else "ask"
    if fields["stream"]:
        bin_ = load_scheme(fields["scheme"]).bins[Stream(fields["stream"])]
        values |= {"mark": bin_.mark, "bin": bin_.name.in_(t.language)}
        values["colour"] = bin_.colour.in_(t.language)
    item = fields[t.language]
    text = t("notice-lesson", asked=fields["asked"], item=item, **values)
    return SendMessage(chat_id=to, text=text)


async def _unknowns(
    session: Session, search: Search, roles: Roles, t: Texts, page: int = 0
) -> tuple[str, InlineKeyboardMarkup | None]:
    found = await models.lessons.unknowns(session, roles, PAGE + 1, skip=page * PAGE)
    if not found:
        return t("unknown-none"), None
    buttons: list[tuple[str, CallbackData]] = [
        (
            t(
                "unknown-line",
                asked=teaching.name_of(one, search),
                times=one.times,
                people=one.people,
            ),
            Consider(question=one.question_id),
        )
        for one in found[:PAGE]
    ]
    buttons += turning(Unknowns(), page, t, more=len(found) > PAGE)
    return t("unknown-list"), column(buttons)


async def _taught(
    session: Session, roles: Roles, cards: Cards, page: int = 0
) -> tuple[str, InlineKeyboardMarkup | None]:
    found = await models.lessons.taught(session, roles, PAGE + 1, skip=page * PAGE)
    if not found:
        return cards.t("lesson-none"), None
    buttons: list[tuple[str, CallbackData]] = [_line(one, cards) for one in found[:PAGE]]
    buttons += turning(Lessons(), page, cards.t, more=len(found) > PAGE)
    return cards.t("lesson-list"), column(buttons)


def _line(taught: Taught, cards: Cards) -> tuple[str, CallbackData]:
    return teaching.said_by(taught.lesson.said, cards), Look(lesson=taught.lesson.id)
