"""What the features about cases share: their buttons, and how a case is said and shown."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from aiogram import Bot
from aiogram.filters import BaseFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import SendPhoto, SendVoice
from aiogram.types import Message
from pydantic import Field

from handlers import homes
from handlers.attending import Desk
from handlers.buttons import LARGEST_ID, Choices
from handlers.filters import is_answer
from handlers.places import At
from handlers.texts import Texts
from knowledge import cases as rules
from knowledge.cases import Kind
from models import case_lists, case_steps, memberships, steps
from models.broadcasts import units
from models.case_lists import Line
from models.case_steps import NOTHING, Said
from models.case_tables import Case, Entry, Filed
from models.memberships import Membership

STEP_MINUTES = 30
"""How long the bot waits for what somebody wants to say."""

ROOM = 3500
"""How much of what was said is shown at once, in UTF-16 units: the newest of it."""


class Talk(At, prefix="talk"):
    """Write to the staff of this area; 0 for where I live."""


class Problem(CallbackData, prefix="problem"):
    """Something is wrong at this station; 0: which one is still to be said."""

    station: int = Field(default=0, ge=0, le=LARGEST_ID)


class MyCases(CallbackData, prefix="mycases"):
    """Show what I have reported."""


class MyCase(CallbackData, prefix="mycase"):
    """Show this case of mine."""

    case: int = Field(ge=1, le=LARGEST_ID)


class WriteOn(CallbackData, prefix="writeon"):
    """I want to say more about this case."""

    case: int = Field(ge=1, le=LARGEST_ID)


class Settled(CallbackData, prefix="settled"):
    """My message is settled."""

    case: int = Field(ge=1, le=LARGEST_ID)


class Still(CallbackData, prefix="stillso"):
    """What was solved is still so."""

    case: int = Field(ge=1, le=LARGEST_ID)


class About(BaseFilter):
    """The message answers one of ours, below which buttons of these kinds name a case: `case_id`.

    Telegram sends the answered message along, with its buttons. Below a list they name several
    cases: then it answers none of them. Whose case it is, the rules ask again.
    """

    def __init__(self, *kinds: type[CallbackData]) -> None:
        self._kinds = {kind.__prefix__: kind for kind in kinds}

    def at_a_glance(self, message: Message, _: object) -> bool:
        """Most messages answer none (`handlers/filters.py`)."""
        return message.reply_to_message is not None

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, int]:
        replied = message.reply_to_message
        is_ours = replied and replied.from_user and replied.from_user.id == bot.id
        if not (replied and is_ours and replied.reply_markup and is_answer(message)):
            return False
        rows = replied.reply_markup.inline_keyboard
        said = [button.callback_data or "" for row in rows for button in row]
        named = {id_ for data in said if (id_ := self._case_in(data))}
        return {"case_id": named.pop()} if len(named) == 1 else False

    def _case_in(self, data: str) -> int | None:
        kind = self._kinds.get(data.partition(":")[0])
        with suppress(ValueError):  # a button of another version
            return kind.unpack(data).model_dump()["case"] if kind else None
        return None


async def wait_for(desk: Desk, what: str, fields: Mapping[str, object]) -> None:
    """The person's next words are what this step is about. Writes."""
    until = desk.now + timedelta(minutes=STEP_MINUTES)
    await steps.open_(desk.session, desk.by.resident_id, what, fields, until)


def said_in(message: Message) -> Said:
    """What a resident's message says, as it is kept: without telephone numbers and live links."""
    words = case_steps.by_resident(message.text or message.caption or "")
    return _said(message, homes.inert(words))


def said_by_staff(message: Message) -> Said:
    """What a message of the staff says: numbers are for who reads it."""
    return _said(message, case_steps.fit(message.text or message.caption or ""))


def _said(message: Message, words: str) -> Said:
    """Nothing if it is neither words, photo nor voice."""
    album = message.media_group_id
    if message.photo:
        return Said(words, Filed.PHOTO, message.photo[-1].file_id, album and album[:40])
    if message.voice:
        return Said(words, Filed.VOICE, message.voice.file_id)
    return Said(words) if message.text else NOTHING


def shortened(message: Message, said: Said, t: Texts) -> str:
    """A line for who wrote a telephone number: it was not passed on. Else nothing."""
    written = (message.text or message.caption or "").count("…")
    return "\n" + t("case-no-numbers") if said.words.count("…") > written else ""


async def home(desk: Desk) -> Membership | None:
    """Where the person lives."""
    return await memberships.of(desk.session, desk.by.resident_id)


def subject(kind: str, station: str, area: str, t: Texts) -> str:
    """What a case is about: "桶满 · 东门"."""
    return t("case-subject", kind=kind, place=station or area)


def state(state: str, t: Texts) -> str:
    """Where a case stands, in words."""
    return t("case-state", state=state)


def about(line: Line, t: Texts) -> str:
    """The same of one in a list."""
    return subject(line.case.kind, line.station or "", line.area, t)


def expected(desk: Desk) -> datetime:
    """When an answer can be expected of what comes in now, on the clocks of the place."""
    return desk.local(rules.answer_by(desk.now, desk.civil))


def choices(case: Case, desk: Desk) -> Choices:
    """What who has reported it can do now."""
    again = case_steps.may_reopen(case, desk.civil, desk.now)
    return can(case.id, case.kind, case.state, desk.t, again=again)


def can(case_id: int, kind: str, state: str, t: Texts, *, again: bool) -> Choices:
    """The same, where only these are known. `again`: whether one may say that it is still so."""
    if state in rules.OVER:
        return [(t("button-case-still"), Still(case=case_id))] if again else []
    more = (t("button-case-more"), WriteOn(case=case_id))
    if kind != Kind.MESSAGE:
        return [more]
    return [more, (t("button-case-settled"), Settled(case=case_id))]


def history(desk: Desk, entries: Sequence[tuple[Entry, str | None]], *, for_staff: bool) -> str:
    """What was said and done, a paragraph each; of very much the newest."""
    told: list[str] = []
    room = ROOM
    for entry, name in reversed(entries):
        text = _told(desk, entry, name, for_staff=for_staff)
        room -= units(text) + 1
        if room < 0 and told:
            break
        told.insert(0, text)
    if left := len(entries) - len(told):
        told.insert(0, desk.t("case-earlier", number=left))
    return "\n".join(told)


def _told(desk: Desk, entry: Entry, name: str | None, *, for_staff: bool) -> str:
    at = desk.local(entry.at)
    by_staff = entry.act in rules.BY_STAFF
    line = desk.t(
        "case-entry",
        at=at,
        act=entry.act,
        who="staff" if by_staff else "resident",
        name=(for_staff and name) or "none",
        filed=entry.filed or "none",
    )
    return f"{line}\n{entry.words}" if entry.words else line


def file(filed: str, file_id: str, to: int, caption: str) -> SendPhoto | SendVoice:
    """A photo or a voice, as it came."""
    if filed == Filed.PHOTO:
        return SendPhoto(chat_id=to, photo=file_id, caption=caption)
    return SendVoice(chat_id=to, voice=file_id, caption=caption)


async def view(desk: Desk, case: Case) -> tuple[str, Choices]:
    """A case as who has reported it sees it."""
    line = await case_lists.line(desk.session, case)
    entries = await case_lists.entries(desk.session, case, desk.by)
    head = desk.t(
        "case-view",
        number=str(case.id),
        about=about(line, desk.t),
        state=state(case.state, desk.t),
        people=line.people,
    )
    return head + "\n\n" + history(desk, entries, for_staff=False), choices(case, desk)
