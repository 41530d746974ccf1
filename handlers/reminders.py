"""What am I reminded of, and when? Chosen by large buttons."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from pydantic import Field

from handlers import places
from handlers.buttons import LARGEST_ID, Pressed, changed, column
from handlers.filters import Wish
from handlers.places import Choice, Remind
from handlers.texts import Texts
from knowledge.calendar import Civil
from knowledge.local_time import local_day
from knowledge.reminders import BEFORE_MINUTES, Slot, Topic, Wishes
from models import Session, reminder_answers, reminders
from models.areas import NoSuchArea

PAUSES = {"reminders-pause-week": 7, "reminders-pause-month": 30}
"""For how many days one can be left in peace."""

LONGEST_PAUSE_DAYS = 31

LONGEST_BEFORE = max(BEFORE_MINUTES)

FIRST = Wishes(frozenset(), frozenset({Slot.EVENING}))
"""Who has chosen nothing yet is asked for topics only."""


class Want(StrEnum):
    """What a button changes."""

    WINDOW = "window"
    HAZARDOUS = "hazardous"
    RECYCLABLE = "recyclable"
    PICKUPS = "pickups"
    EVENING = "evening"
    MORNING = "morning"
    QUIET = "quiet"


class Choose(CallbackData, prefix="remindof"):
    """Have this from now on, or not. It says which, so that a second press changes nothing."""

    want: Want
    on: bool
    area: int = Field(default=0, ge=0, le=LARGEST_ID)
    """Where, for who lives in no household; 0 for where it was."""


class Before(CallbackData, prefix="remindbefore"):
    """So many minutes before; 0 for not at all."""

    minutes: int = Field(ge=0, le=LONGEST_BEFORE)
    area: int = Field(default=0, ge=0, le=LARGEST_ID)


class Pause(CallbackData, prefix="remindpause"):
    """Leave me in peace for so many days; 0 to go on."""

    days: int = Field(ge=0, le=LONGEST_PAUSE_DAYS)


TOPICS = {Want.WINDOW: Topic.WINDOW, Want.HAZARDOUS: Topic.HAZARDOUS,
          Want.RECYCLABLE: Topic.RECYCLABLE}  # fmt: skip
SLOTS = {Want.EVENING: Slot.EVENING, Want.MORNING: Slot.MORNING}


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    writes = {"writes": True}
    for asked in (Command("reminders", ignore_case=True), Wish("wish-reminders")):
        router.message.register(show, asked, private)
    press = router.callback_query.register
    press(show_here, Pressed(Remind))
    press(choose, Pressed(Choose), flags=writes)
    press(choose_before, Pressed(Before), flags=writes)
    press(pause, Pressed(Pause), flags=writes)
    return router


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person wants, and where."""

    area_id: int
    wishes: Wishes
    paused_until: date | None
    pickups: bool | None
    """Whether of the household's pickups; None for who lives in none."""


async def show(
    message: Message, session: Session, now: datetime, civil: Civil, t: Texts
) -> SendMessage:
    assert message.from_user
    chosen = await _chosen(session, message.from_user.id, Remind(), t)
    if isinstance(chosen, Choice):
        return message.answer(chosen.text, reply_markup=chosen.keyboard)
    text, keyboard = await _screen(session, chosen, now, civil, t)
    return message.answer(text, reply_markup=keyboard)


async def show_here(
    query: CallbackQuery, callback_data: Remind, session: Session, now: datetime, civil: Civil,
    t: Texts,
) -> SendMessage:  # fmt: skip
    person = query.from_user.id
    chosen = await _chosen(session, person, callback_data, t)
    if isinstance(chosen, Choice):
        return SendMessage(chat_id=person, text=chosen.text, reply_markup=chosen.keyboard)
    text, keyboard = await _screen(session, chosen, now, civil, t)
    # A new message: the hours from which one came stay to be read.
    return SendMessage(chat_id=person, text=text, reply_markup=keyboard)


async def choose(
    query: CallbackQuery, callback_data: Choose, session: Session, now: datetime, civil: Civil,
    t: Texts,
) -> EditMessageText:  # fmt: skip
    chosen = await _known(session, query, callback_data.area, t)
    want, on, wishes = callback_data.want, callback_data.on, chosen.wishes
    if want is Want.PICKUPS:
        chosen = replace(chosen, pickups=on)
    elif want is Want.QUIET:
        wishes = replace(wishes, quiet=on)
    elif topic := TOPICS.get(want):
        topics = wishes.topics | {topic} if on else wishes.topics - {topic}
        wishes = replace(wishes, topics=topics)
    else:
        slots = wishes.slots | {SLOTS[want]} if on else wishes.slots - {SLOTS[want]}
        wishes = replace(wishes, slots=slots)
    return await _save(query, session, replace(chosen, wishes=wishes), now, civil, t)


async def choose_before(
    query: CallbackQuery, callback_data: Before, session: Session, now: datetime, civil: Civil,
    t: Texts,
) -> EditMessageText:  # fmt: skip
    chosen = await _known(session, query, callback_data.area, t)
    wishes, minutes = chosen.wishes, callback_data.minutes
    slots = wishes.slots - {Slot.BEFORE}
    if minutes:
        slots, wishes = slots | {Slot.BEFORE}, replace(wishes, before_minutes=minutes)
    wishes = replace(wishes, slots=slots)
    return await _save(query, session, replace(chosen, wishes=wishes), now, civil, t)


async def pause(
    query: CallbackQuery, callback_data: Pause, session: Session, now: datetime, civil: Civil,
    t: Texts,
) -> EditMessageText:  # fmt: skip
    chosen = await _known(session, query, 0, t)
    days = callback_data.days
    until = local_day(now, civil.zone) + timedelta(days=days) if days else None
    return await _save(query, session, replace(chosen, paused_until=until), now, civil, t)


async def _chosen(session: Session, person: int, asked: Remind, t: Texts) -> Chosen | Choice:
    """What the person has chosen; or the question where that is."""
    kept = await reminders.of(session, person)
    wishes = Wishes.read(kept.wishes) if kept else FIRST
    paused = kept.paused_until if kept else None
    pickups: bool | None = kept.pickups if kept else True
    home = await reminders.home_of(session, person)
    if home is None:
        pickups = None
        at = asked.area or (kept.area_id if kept else None)
        meant = await places.meant(session, asked.model_copy(update={"area": at or 0}), t)
        if isinstance(meant, Choice):
            return meant
        home = meant
    return Chosen(home, wishes, paused, pickups)


async def _known(session: Session, query: CallbackQuery, area: int, t: Texts) -> Chosen:
    """The same, where a button has said which area it is about."""
    chosen = await _chosen(session, query.from_user.id, Remind(area=area), t)
    if isinstance(chosen, Choice):
        raise NoSuchArea
    return chosen


async def _save(
    query: CallbackQuery, session: Session, chosen: Chosen, now: datetime, civil: Civil, t: Texts
) -> EditMessageText:
    wanted = (chosen.area_id, chosen.wishes, chosen.paused_until)
    pickups = chosen.pickups is not False
    await reminders.save(session, query.from_user.id, *wanted, now, pickups=pickups)
    await reminder_answers.renew(session, query.from_user.id, civil, now)
    return changed(query, *await _screen(session, chosen, now, civil, t))


async def _screen(
    session: Session, chosen: Chosen, now: datetime, civil: Civil, t: Texts
) -> tuple[str, InlineKeyboardMarkup | None]:
    at = await reminders.place(session, chosen.area_id, civil)
    wishes, today = chosen.wishes, local_day(now, civil.zone)
    is_paused = chosen.paused_until is not None and chosen.paused_until > today
    if wishes.is_none:
        state = t("reminders-none")
    elif is_paused:
        state = t("reminders-paused", day=chosen.paused_until or today)
    else:
        state = t("reminders-on")
    parts = [t("reminders-title", place=at.name), state, t("reminders-night")]
    if chosen.pickups:
        parts.append(t("reminders-pickups"))
    topics = {*at.calendars, *wishes.topics}
    choices: list[tuple[str, CallbackData]] = [
        _toggle(want, topic in wishes.topics, chosen.area_id, t)
        for want, topic in TOPICS.items()
        if topic in topics
    ]
    if chosen.pickups is not None:
        choices.append(_toggle(Want.PICKUPS, chosen.pickups, chosen.area_id, t))
    choices += [
        *(_toggle(want, slot in wishes.slots, chosen.area_id, t) for want, slot in SLOTS.items()),
        _before(wishes, chosen.area_id, t),
        _toggle(Want.QUIET, wishes.quiet, chosen.area_id, t),
    ]
    if is_paused:
        choices.append((t("reminders-go-on"), Pause(days=0)))
    elif not wishes.is_none:
        choices += [(t(key), Pause(days=days)) for key, days in PAUSES.items()]
    return "\n\n".join(parts), column(choices)


def _toggle(want: Want, on: bool, area_id: int, t: Texts) -> tuple[str, CallbackData]:
    label = t("reminders-toggle", want=want, on="yes" if on else "no")
    return label, Choose(want=want, on=not on, area=area_id)


def _before(wishes: Wishes, area_id: int, t: Texts) -> tuple[str, CallbackData]:
    """A press goes on to the next: not at all, 15, 30, 60 minutes before."""
    steps = (0, *BEFORE_MINUTES)
    minutes = wishes.before_minutes if Slot.BEFORE in wishes.slots else 0
    following = next((each for each in steps if each > minutes), 0)
    return t("reminders-before", minutes=minutes), Before(minutes=following, area=area_id)
