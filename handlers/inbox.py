"""The inbox: staff see what is open, take it in hand, answer, and say how it ended."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage, SendPhoto, SendVoice, TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from pydantic import AfterValidator, Field

from handlers import casework, notices
from handlers.attending import Attending, Desk, Shown
from handlers.buttons import LARGEST_ID, Choices, Pressed, changed, column
from handlers.casework import About
from handlers.filters import Asked, Has, Wish
from handlers.paging import turning
from handlers.texts import Texts
from knowledge.cases import ENDING, OVER, Act, Kind, State
from models import actors, case_handling, case_lists, case_steps, steps
from models.case_lists import Line
from models.case_steps import NOTHING, CaseOver
from models.case_tables import Case, Entry
from models.roles import Role

ANSWER = "inbox-answer"
"""The step in which staff write an answer."""

WHY = "inbox-why"
"""The step in which staff say how it ended."""

PAGE = 8
MOST_FILES = 6
"""So many are on offer at once."""


class Inbox(CallbackData, prefix="inbox"):
    """Show what is open: all, the oldest first, or problems station by station."""

    stations: bool = False
    page: int = Field(default=0, ge=0, le=9999)


class OpenCase(CallbackData, prefix="case"):
    """Show this one."""

    case: int = Field(ge=1, le=LARGEST_ID)


class Take(CallbackData, prefix="casetake"):
    """I see to it."""

    case: int = Field(ge=1, le=LARGEST_ID)
    over: int = Field(ge=0, le=LARGEST_ID)
    """The actor from whom I take it; 0 if nobody has it."""


class Seen(CallbackData, prefix="caseseen"):
    """We have seen it."""

    case: int = Field(ge=1, le=LARGEST_ID)


class Answer(CallbackData, prefix="caseanswer"):
    """I want to answer."""

    case: int = Field(ge=1, le=LARGEST_ID)


def _is_end(act: Act) -> Act:
    if act not in ENDING:
        raise ValueError(act)
    return act


class End(CallbackData, prefix="caseend"):
    """It is solved, or no problem; without a word of why, if `sure`."""

    case: int = Field(ge=1, le=LARGEST_ID)
    act: Annotated[Act, AfterValidator(_is_end)]
    sure: bool = False


class CaseFile(CallbackData, prefix="casefile"):
    """Show the photo, or play the voice, that came with this entry."""

    case: int = Field(ge=1, le=LARGEST_ID)
    number: int = Field(ge=0, le=LARGEST_ID)


def router() -> Router:
    router = Router(name=__name__)
    for observer in (router.message, router.callback_query):
        observer.middleware(Attending("desk", Desk))
    private, writes = F.chat.type == ChatType.PRIVATE, {"writes": True}
    staff, spoken = Has(Role.STAFF, Role.ADMIN), F.text | F.photo | F.voice
    message, press = router.message.register, router.callback_query.register
    message(show, Command("inbox", ignore_case=True), private, staff)
    message(show, Wish("wish-inbox"), private, staff)
    message(reply, About(OpenCase, Answer), spoken, staff, flags=writes)
    message(hear_answer, Asked(ANSWER), spoken, staff, flags=writes)
    message(hear_why, Asked(WHY), spoken, staff, flags=writes)
    message(ask_again, Asked(ANSWER, WHY), staff)
    press(show_here, Pressed(Inbox), staff)
    press(look, Pressed(OpenCase), staff)
    press(show_file, Pressed(CaseFile), staff)
    press(take, Pressed(Take), staff, flags=writes)
    press(mark_seen, Pressed(Seen), staff, flags=writes)
    press(ask_answer, Pressed(Answer), staff, flags=writes)
    press(end, Pressed(End), F.data.endswith(":1"), staff, flags=writes)
    press(ask_why, Pressed(End), staff, flags=writes)
    return router


async def show(message: Message, desk: Desk) -> SendMessage:
    text, keyboard = await _all(desk, Inbox())
    return message.answer(text, reply_markup=keyboard)


async def show_here(query: CallbackQuery, callback_data: Inbox, desk: Desk) -> EditMessageText:
    return changed(query, *await _all(desk, callback_data))


async def look(query: CallbackQuery, callback_data: OpenCase, desk: Desk) -> EditMessageText:
    case = await case_steps.for_staff(desk.session, callback_data.case, desk.by)
    return changed(query, *await _view(desk, case))


async def show_file(
    query: CallbackQuery, callback_data: CaseFile, desk: Desk
) -> SendPhoto | SendVoice | SendMessage:
    case = await case_steps.for_staff(desk.session, callback_data.case, desk.by)
    entry = await case_lists.entry(desk.session, case, callback_data.number)
    if entry is None or entry.filed is None or entry.file_id is None:
        return SendMessage(chat_id=query.from_user.id, text=desk.t("inbox-no-file"))
    caption = desk.t("case-file", number=str(case.id))
    return casework.file(entry.filed, entry.file_id, query.from_user.id, caption)


async def take(query: CallbackQuery, callback_data: Take, desk: Desk) -> EditMessageText:
    case = await case_handling.take(
        desk.session, callback_data.case, desk.by, callback_data.over, desk.civil, desk.now
    )
    return changed(query, *await _view(desk, case))


async def mark_seen(query: CallbackQuery, callback_data: Seen, desk: Desk) -> EditMessageText:
    case = await case_handling.see(desk.session, callback_data.case, desk.by, desk.civil, desk.now)
    return changed(query, *await _view(desk, case))


async def ask_answer(query: CallbackQuery, callback_data: Answer, desk: Desk) -> SendMessage:
    """In a new message: what is to be answered is still to be read."""
    case = await _open(desk, callback_data.case)
    await casework.wait_for(desk, ANSWER, {"case": case.id})
    text = desk.t("inbox-answer-ask", number=str(case.id))
    return SendMessage(chat_id=query.from_user.id, text=text)


async def ask_why(query: CallbackQuery, callback_data: End, desk: Desk) -> EditMessageText:
    """The next words are the reason; all who have reported it read them."""
    case = await _open(desk, callback_data.case)
    await casework.wait_for(desk, WHY, {"case": case.id, "act": callback_data.act})
    sure = callback_data.model_copy(update={"sure": True})
    choices: list[tuple[str, CallbackData]] = []
    if callback_data.act is Act.SOLVE:
        choices.append((desk.t("button-inbox-no-words"), sure))
    choices.append((desk.t("button-back"), OpenCase(case=case.id)))
    text = desk.t("inbox-why-ask", number=str(case.id), act=callback_data.act)
    return changed(query, text, column(choices))


async def end(query: CallbackQuery, callback_data: End, desk: Desk) -> EditMessageText:
    case = await case_handling.handle(
        desk.session, callback_data.case, desk.by, callback_data.act, NOTHING, desk.civil, desk.now
    )
    await steps.close(desk.session, desk.by.resident_id)
    return changed(query, _ended(case, desk.t), _others(desk.t))


async def reply(message: Message, case_id: int, desk: Desk) -> SendMessage:
    return await _answer(message, desk, case_id)


async def hear_answer(message: Message, step: steps.Step, desk: Desk) -> SendMessage:
    answer = await _answer(message, desk, int(step.fields["case"]))
    await steps.close(desk.session, desk.by.resident_id)
    return answer


async def hear_why(message: Message, step: steps.Step, desk: Desk) -> SendMessage:
    said, act = casework.said_by_staff(message), Act(step.fields["act"])
    case_id = int(step.fields["case"])
    case = await case_handling.handle(
        desk.session, case_id, desk.by, act, said, desk.civil, desk.now
    )
    await steps.close(desk.session, desk.by.resident_id)
    return message.answer(_ended(case, desk.t), reply_markup=_others(desk.t))


async def ask_again(message: Message, desk: Desk) -> SendMessage:
    """It is nothing that can be handed on: a sticker, a place, a file."""
    return message.answer(desk.t("case-say-again"))


@notices.renders("case-staff")
def told(fields: notices.Fields, t: Texts, to: int) -> TelegramMethod[Message]:
    text = t(
        notices.text_key("case-staff"),
        what=fields["what"],
        number=str(fields["case"]),
        about=casework.subject(fields["kind"], fields["station"], fields["area"], t),
        area=fields["area"] if fields["station"] else "none",
    )
    choices = [(t("button-inbox-open"), OpenCase(case=fields["case"]))]
    return SendMessage(chat_id=to, text=text, reply_markup=column(choices))


async def _all(desk: Desk, asked: Inbox) -> Shown:
    """How much is open and since when, and a page of it."""
    session, t, roles = desk.session, desk.t, desk.by.roles
    figures = await case_lists.figures(session, roles)
    found = await case_lists.open_for(
        session, roles, PAGE + 1, skip=asked.page * PAGE, by_station=asked.stations
    )
    choices: list[tuple[str, CallbackData]] = [
        (_line(line, desk), OpenCase(case=line.case.id)) for line in found[:PAGE]
    ]
    choices += turning(asked, asked.page, t, more=len(found) > PAGE)
    if figures.number:
        other = "age" if asked.stations else "stations"
        label = t("button-inbox-sort", by=other)
        choices.append((label, Inbox(stations=not asked.stations)))
    oldest = _age(desk, figures.oldest) if figures.oldest else ""
    return t("inbox", number=figures.number, oldest=oldest), column(choices)


def _line(line: Line, desk: Desk) -> str:
    return desk.t(
        "button-inbox-case",
        number=str(line.case.id),
        about=casework.about(line, desk.t),
        people=line.people,
        age=_age(desk, line.case.opened_at),
        owner=_owner(line, desk.t) if line.case.owner is not None else "none",
    )


def _age(desk: Desk, since: datetime) -> str:
    """How long ago it was."""
    hours = int((desk.now - since).total_seconds() // 3600)
    return desk.t("inbox-age", days=hours // 24, hours=hours)


def _owner(line: Line, t: Texts) -> str:
    return line.owner or t("role-name", role=Role.ADMIN)


async def _view(desk: Desk, case: Case) -> Shown:
    """What was said, by whom of the staff; not who the residents are."""
    line = await case_lists.line(desk.session, case)
    entries = await case_lists.entries(desk.session, case)
    head = desk.t(
        "inbox-case",
        number=str(case.id),
        about=casework.about(line, desk.t),
        area=line.area if line.station else "none",
        state=casework.state(case.state, desk.t),
        people=line.people,
        owner=_owner(line, desk.t) if case.owner is not None else "none",
    )
    text = head + "\n\n" + casework.history(desk, entries, for_staff=True)
    files = _files([entry for entry, _ in entries if entry.file_id], desk.t)
    choices = [*files, *await _choices(desk, case), (desk.t("button-inbox"), Inbox())]
    return text, column(choices)


def _files(entries: Sequence[Entry], t: Texts) -> Choices:
    return [
        (
            t("button-inbox-file", filed=entry.filed or "photo", number=number),
            CaseFile(case=entry.case_id, number=entry.number),
        )
        for number, entry in [*enumerate(entries, start=1)][-MOST_FILES:]
    ]


async def _choices(desk: Desk, case: Case) -> Choices:
    """What may be done with it, by who has it in hand; others may take it."""
    t = desk.t
    if case.state in OVER:
        return []
    owner = await actors.person(desk.session, case.owner) if case.owner is not None else None
    is_mine = owner == desk.by.resident_id
    choices: list[tuple[str, CallbackData]] = []
    if case.owner is not None and not is_mine:
        return [(t("button-inbox-take-over"), Take(case=case.id, over=case.owner))]
    if not is_mine or case.state != State.UNDER_WAY:
        choices.append((t("button-inbox-take"), Take(case=case.id, over=0)))
    if case.state == State.REPORTED and case.kind != Kind.MESSAGE:
        choices.append((t("button-inbox-seen"), Seen(case=case.id)))
    return [
        *choices,
        (t("button-inbox-answer"), Answer(case=case.id)),
        (t("button-inbox-solve"), End(case=case.id, act=Act.SOLVE)),
        (t("button-inbox-dismiss", kind=case.kind), End(case=case.id, act=Act.DISMISS)),
    ]


async def _open(desk: Desk, case_id: int) -> Case:
    """A case of this person's places that is not over."""
    case = await case_steps.for_staff(desk.session, case_id, desk.by)
    if case.state in OVER:
        raise CaseOver(state=case.state)
    return case


async def _answer(message: Message, desk: Desk, case_id: int) -> SendMessage:
    said = casework.said_by_staff(message)
    case = await case_handling.handle(
        desk.session, case_id, desk.by, Act.ANSWER, said, desk.civil, desk.now
    )
    text = desk.t("inbox-answered", number=str(case.id))
    ended = (desk.t("button-inbox-solve"), End(case=case.id, act=Act.SOLVE))
    back = (desk.t("button-inbox-open"), OpenCase(case=case.id))
    return message.answer(text, reply_markup=column([ended, back]))


def _ended(case: Case, t: Texts) -> str:
    return t("inbox-ended", number=str(case.id), state=case.state)


def _others(t: Texts) -> InlineKeyboardMarkup | None:
    return column([(t("button-inbox"), Inbox())])
