"""Reminders as they come: what a day brings, and done, once more, or no more of these."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery
from pydantic import Field

from handlers import notices, places
from handlers.buttons import Choices, Pressed, column
from handlers.texts import Texts
from knowledge.calendar import Civil
from knowledge.reminders import Topic
from models import Session, reminder_answers

LATER = timedelta(minutes=30)


class Answer(StrEnum):
    DONE = "done"
    LATER = "later"
    STOP = "stop"


ANSWERS = {
    Answer.DONE: "button-reminder-done",
    Answer.LATER: "button-reminder-later",
    Answer.STOP: "button-reminder-stop",
}


class Reminded(CallbackData, prefix="reminded"):
    """What somebody says to a reminder."""

    answer: Answer
    day: int = Field(ge=1, le=date.max.toordinal())
    """Counted as `date.toordinal` does."""
    topics: str = Field(pattern=r"^[whr]{1,3}$")
    """What it was about, by their first letters."""


def router() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(answer, Pressed(Reminded), flags={"writes": True})
    return router


async def answer(
    query: CallbackQuery, callback_data: Reminded, session: Session, now: datetime, civil: Civil,
    t: Texts,
) -> SendMessage:  # fmt: skip
    assert query.message
    person, day = query.from_user.id, date.fromordinal(callback_data.day)
    if callback_data.answer is Answer.DONE:
        await reminder_answers.done(session, person, day, now)
        said = t("reminder-done", day=day)
    elif callback_data.answer is Answer.LATER:
        at, which = now + LATER, query.message.message_id
        more = await reminder_answers.again(session, person, day, which, at, civil, now)
        said = t("reminder-later" if more else "reminder-over", at=at.astimezone(civil.zone))
    else:
        about = {topic for topic in Topic if topic[0] in callback_data.topics}
        await reminder_answers.stop(session, person, about, civil, now)
        said = t("reminder-stopped")
    # The reminder itself stays to be read.
    return SendMessage(chat_id=person, text=said)


@notices.renders("reminder")
def remind(fields: notices.Fields, t: Texts, to: int) -> SendMessage:
    """What a day brings, in the words of the moment in which it is sent."""
    topics = "".join(
        topic[0] for topic in Topic if any(one[0] == topic for one in fields["events"])
    )
    day = date.fromisoformat(fields["day"]).toordinal()
    buttons: Choices = [
        (t(key), Reminded(answer=said, day=day, topics=topics)) for said, key in ANSWERS.items()
    ]
    return SendMessage(
        chat_id=to,
        text=_told("reminder-headline", fields, t),
        reply_markup=column(buttons),
        disable_notification=notices.is_silent(fields),
    )


@notices.renders("reminder-changed")
def correct(fields: notices.Fields, t: Texts, to: int) -> SendMessage:
    """What a day brings after all, for those who were told otherwise."""
    return SendMessage(
        chat_id=to,
        text=_told("reminder-changed-headline", fields, t),
        disable_notification=notices.is_silent(fields),
    )


def _told(headline: str, fields: notices.Fields, t: Texts) -> str:
    day = date.fromisoformat(fields["day"])
    which = places.which_day(day, _local(fields).date())
    lines = [t(headline, which=which, day=day, place=fields["place"])]
    lines += [_event(one, fields["now"], t) for one in fields["events"]]
    return "\n".join(lines if fields["events"] else [*lines, t("reminder-nothing")])


def _event(event: Sequence[str], now: datetime, t: Texts) -> str:
    topic, starts_at, ends_at, station = event
    if not starts_at:
        return t("reminder-unknown", topic=topic)
    is_on = datetime.fromisoformat(starts_at) <= now < datetime.fromisoformat(ends_at)
    state = "now" if is_on else "over" if now >= datetime.fromisoformat(ends_at) else "later"
    hours = t("place-window", begins=starts_at, ends=ends_at, station=station)
    return t("reminder-event", topic=topic, hours=hours, state=state)


def _local(fields: notices.Fields) -> datetime:
    """When it is sent, on the clocks of the place."""
    now: datetime = fields["now"]
    return now.astimezone(ZoneInfo(fields["zone"]))
