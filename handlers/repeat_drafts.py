"""Composing a repeat, or changing one: where to, what it says, when it comes, and off it goes."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, Message
from pydantic import Field

from handlers import broadcast_drafts as drafts
from handlers import repeat_days as days
from handlers import repeat_words as words
from handlers.broadcast_drafts import Limits
from handlers.buttons import LARGEST_ID, Pressed, changed, column
from handlers.filters import Asked, Has, Step
from handlers.repeat_words import Alter, At, Counted, Do, Pick, Picked, Plan, Put, RepeatIn
from handlers.texts import Texts
from knowledge import local_time, nights, repetitions
from knowledge.calendar import Civil
from models import Session, actors, broadcasts, repeat_moves, repeat_times, repeats, steps
from models.areas import EVERYWHERE
from models.repeats import By, Move, NoTimeYet, Reached, Repeat
from models.residents import Resident
from models.roles import Role, Roles

WRITING = timedelta(minutes=60)
"""How long the bot waits for what a repeat shall say."""

TEXT, BUTTON, WHEN, TIME, UNTIL = (
    "repeat-text", "repeat-button", "repeat-when", "repeat-time", "repeat-until",
)  # fmt: skip
ASKS = {Do.TEXT: TEXT, Do.BUTTON: BUTTON, Do.WHEN: WHEN, Do.UNTIL: UNTIL}


class RepeatHere(CallbackData, prefix="rep-here"):
    """A repeat for this very area."""

    area: int = Field(ge=EVERYWHERE, le=LARGEST_ID)


def router() -> Router:
    router = Router(name=__name__)
    staff, writes, counted = Has(Role.STAFF, Role.ADMIN), {"writes": True}, Counted()
    message = router.message.register
    message(hear_content, Asked(TEXT), F.text | F.photo, counted, flags=writes)
    message(hear_button, Step(BUTTON), counted, flags=writes)
    message(hear_when, Step(WHEN), counted, flags=writes)
    message(hear_time, Step(TIME), counted, flags=writes)
    message(hear_end, Step(UNTIL), counted, flags=writes)
    press, plan = router.callback_query.register, Pressed(Plan)
    press(choose_place, Pressed(RepeatIn), staff)
    press(compose, Pressed(RepeatHere), staff, flags=writes)
    press(alter, Pressed(Alter), counted, flags=writes)
    press(show, plan, _does(Do.LOOK), counted)
    press(ask_for, plan, _does(*ASKS), flags=writes)
    press(pick, Pressed(Pick))
    press(keep_days, Pressed(Picked), flags=writes)
    press(keep_time, Pressed(At), counted, flags=writes)
    press(put, Pressed(Put), counted, flags=writes)
    press(hand_in, plan, _does(Do.SEND, Do.HOLD, Do.THROUGH), counted, flags=writes)
    press(drop, plan, _does(Do.DROP), flags=writes)
    return router


async def choose_place(
    query: CallbackQuery, callback_data: RepeatIn, session: Session, roles: Roles, t: Texts
) -> EditMessageText:
    at = callback_data
    choices = await drafts.places(
        session, roles, at.area, at.page, t, into=RepeatIn, here=RepeatHere
    )
    text = t("repeat-where" if choices else "cast-no-place")
    return changed(query, text, column([*choices, (t("button-repeat-list"), words.Repeats())]))


async def compose(
    query: CallbackQuery, callback_data: RepeatHere, session: Session, resident: Resident,
    roles: Roles, home_language: str, now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    by = await _by(query, session)
    repeat = await repeats.draft(session, roles, callback_data.area, by, home_language, now)
    await _wait_for(session, resident, TEXT, repeat, now)
    area = await drafts.place_name(session, repeat.area_id, t)
    return changed(query, t("cast-ask-text", area=area))


async def alter(
    query: CallbackQuery, callback_data: Alter, session: Session, roles: Roles, reach: Reached,
    civil: Civil, now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    by = await _by(query, session)
    change = await repeats.alter(session, roles, callback_data.id, by, now)
    return await _shown(query, session, change, reach, civil, now, t)


async def hear_content(
    message: Message, session: Session, resident: Resident, roles: Roles, step: steps.Step,
    reach: Reached, civil: Civil, now: datetime, t: Texts,
) -> SendMessage:  # fmt: skip
    said = drafts.content(message)
    repeat = await repeats.write(session, roles, words.draft_in(step), said)
    if repeat.when is None:
        await _wait_for(session, resident, WHEN, repeat, now)
        return message.answer(t("repeat-ask-when"), reply_markup=days.choose_kind(repeat.id, t))
    return await _heard(message, session, resident, repeat, reach, civil, now, t)


async def hear_button(
    message: Message, session: Session, resident: Resident, roles: Roles, step: steps.Step,
    reach: Reached, civil: Civil, now: datetime, t: Texts,
) -> SendMessage:  # fmt: skip
    button = broadcasts.button(message.text or "")
    repeat = await repeats.put_button(session, roles, words.draft_in(step), button)
    return await _heard(message, session, resident, repeat, reach, civil, now, t)


async def hear_when(
    message: Message, session: Session, resident: Resident, roles: Roles, step: steps.Step,
    reach: Reached, civil: Civil, now: datetime, t: Texts,
) -> SendMessage:  # fmt: skip
    """The days, with a time or without one: then that is asked for."""
    when = repeat_times.repetition(message.text or "", local_time.local_day(now, civil.zone))
    repeat = await repeats.put_when(session, roles, words.draft_in(step), when)
    if when.minute is None:
        await _wait_for(session, resident, TIME, repeat, now)
        text = t("repeat-ask-time", when=words.when(when, t))
        return message.answer(text, reply_markup=days.choose_time(repeat.id, t))
    return await _heard(message, session, resident, repeat, reach, civil, now, t)


async def hear_time(
    message: Message, session: Session, resident: Resident, roles: Roles, step: steps.Step,
    reach: Reached, civil: Civil, now: datetime, t: Texts,
) -> SendMessage:  # fmt: skip
    minute = repeat_times.minute(message.text or "")
    repeat = await _put_time(session, roles, words.draft_in(step), minute)
    return await _heard(message, session, resident, repeat, reach, civil, now, t)


async def hear_end(
    message: Message, session: Session, resident: Resident, roles: Roles, step: steps.Step,
    reach: Reached, civil: Civil, now: datetime, t: Texts,
) -> SendMessage:  # fmt: skip
    last = repeat_times.last_day(message.text or "", local_time.local_day(now, civil.zone))
    repeat = await repeats.draft_of(session, roles, words.draft_in(step), lock=True)
    if repeat.when is None:
        raise NoTimeYet
    when = replace(repeat.when, last=last)
    repeat = await repeats.put_when(session, roles, repeat.id, when)
    return await _heard(message, session, resident, repeat, reach, civil, now, t)


async def show(
    query: CallbackQuery, callback_data: Plan, session: Session, roles: Roles, reach: Reached,
    civil: Civil, now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    repeat = await repeats.draft_of(session, roles, callback_data.id)
    return await _shown(query, session, repeat, reach, civil, now, t)


async def ask_for(
    query: CallbackQuery, callback_data: Plan, session: Session, resident: Resident,
    roles: Roles, now: datetime, t: Texts,
) -> SendMessage:  # fmt: skip
    repeat = await repeats.draft_of(session, roles, callback_data.id, lock=True)
    what = ASKS[callback_data.do]
    await _wait_for(session, resident, what, repeat, now)
    area = await drafts.place_name(session, repeat.area_id, t)
    keys = {TEXT: "cast-ask-text", BUTTON: "cast-ask-button", WHEN: "repeat-ask-when",
            UNTIL: "repeat-ask-until"}  # fmt: skip
    below = days.choose_kind(repeat.id, t) if what == WHEN else None
    text = t(keys[what], area=area)
    return SendMessage(chat_id=query.from_user.id, text=text, reply_markup=below)


async def pick(
    query: CallbackQuery, callback_data: Pick, session: Session, roles: Roles, t: Texts
) -> EditMessageText:
    await repeats.draft_of(session, roles, callback_data.id)
    return changed(query, *days.screen(callback_data, t))


async def keep_days(
    query: CallbackQuery, callback_data: Picked, session: Session, resident: Resident,
    roles: Roles, civil: Civil, now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    """The days are chosen, and the time is asked for; until when it goes stays as it was."""
    rule = days.rule(callback_data)
    repeat = await repeats.draft_of(session, roles, callback_data.id, lock=True)
    last = repeat.when.last if repeat.when else None
    when = repetitions.Repetition(rule, minute=None, last=last)
    when = repetitions.anchored(when, local_time.local_day(now, civil.zone))
    repeat = await repeats.put_when(session, roles, repeat.id, when)
    await _wait_for(session, resident, TIME, repeat, now)
    text = t("repeat-ask-time", when=words.when(when, t))
    return changed(query, text, days.choose_time(repeat.id, t))


async def keep_time(
    query: CallbackQuery, callback_data: At, session: Session, resident: Resident,
    roles: Roles, reach: Reached, civil: Civil, now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    repeat = await _put_time(session, roles, callback_data.id, callback_data.minute)
    await steps.close(session, resident.telegram_id)
    return await _shown(query, session, repeat, reach, civil, now, t)


async def put(
    query: CallbackQuery, callback_data: Put, session: Session, roles: Roles, reach: Reached,
    civil: Civil, now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    chosen = callback_data
    repeat = await repeats.put(
        session, roles, chosen.id, audience=chosen.to, language=chosen.language or None,
        in_groups=chosen.groups, on_holiday=chosen.holidays,
    )  # fmt: skip
    return await _shown(query, session, repeat, reach, civil, now, t)


async def hand_in(
    query: CallbackQuery, callback_data: Plan, session: Session, roles: Roles, reach: Reached,
    limits: Limits, admins: Collection[int], civil: Civil, now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    repeat = await repeats.draft_of(session, roles, callback_data.id)
    question = _about_night(query, repeat, callback_data.do, reach, limits, civil, now, t)
    if question is not None:
        return question
    by = await _by(query, session)
    repeat = await repeat_moves.hand_in(
        session, roles, repeat.id, by, reach, civil, now,
        through_night=callback_data.do is Do.THROUGH, second_above=limits.second_above,
        admins=admins,
    )  # fmt: skip
    return await words.shown(query, session, repeat, civil, now, t)


async def drop(
    query: CallbackQuery, callback_data: Plan, session: Session, resident: Resident,
    roles: Roles, civil: Civil, now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    await repeats.draft_of(session, roles, callback_data.id, lock=True)
    by = await _by(query, session)
    repeat = await repeat_moves.change(session, roles, callback_data.id, Move.STOP, by, civil, now)
    await steps.close(session, resident.telegram_id)
    changes = "yes" if repeat.changes_id else "no"
    return changed(query, t("repeat-dropped", changes=changes))


def _about_night(
    query: CallbackQuery, repeat: Repeat, do: Do, reach: Reached, limits: Limits, civil: Civil,
    now: datetime, t: Texts,
) -> EditMessageText | None:  # fmt: skip
    """The question that is asked first if it would go at night, or on into the night."""
    one = next(repeats.coming(repeat, now, civil), None)
    if one is None or do is Do.THROUGH:
        return None
    timing = drafts.lasting(one.at, reach.total, limits, civil)
    starts_at_night = nights.is_night(one.at, civil.zone)
    if not starts_at_night and (do is Do.HOLD or not timing.meets_night):
        return None
    if starts_at_night:
        text = t("repeat-night", begins=timing.begins)
    else:
        text = t("cast-night", begins=timing.begins, ends=timing.ends, rested=timing.rested)
    hold = (t("button-cast-hold"), Plan(id=repeat.id, do=Do.HOLD))
    choices = [
        *([] if starts_at_night else [hold]),
        (t("button-cast-through"), Plan(id=repeat.id, do=Do.THROUGH)),
        (t("button-cast-back"), Plan(id=repeat.id)),
    ]
    return changed(query, text, column(choices))


async def _put_time(session: Session, held: Roles, repeat_id: int, minute: int) -> Repeat:
    repeat = await repeats.draft_of(session, held, repeat_id, lock=True)
    if repeat.when is None:
        raise NoTimeYet
    return await repeats.put_when(session, held, repeat.id, replace(repeat.when, minute=minute))


async def _heard(
    message: Message, session: Session, resident: Resident, repeat: Repeat, reach: Reached,
    civil: Civil, now: datetime, t: Texts,
) -> SendMessage:  # fmt: skip
    await steps.close(session, resident.telegram_id)
    return message.answer(**await words.panel(session, repeat, reach, civil, now, t))


async def _shown(
    query: CallbackQuery, session: Session, repeat: Repeat, reach: Reached, civil: Civil,
    now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    shown = await words.panel(session, repeat, reach, civil, now, t)
    return changed(query, shown["text"], shown["reply_markup"])


async def _by(query: CallbackQuery, session: Session) -> By:
    return By(await actors.of(session, query.from_user.id), query.from_user.full_name)


def _does(*what: Do) -> Any:
    """The last field of a draft's button says what it does."""
    return F.data.regexp(f".*:({'|'.join(what)})$")


async def _wait_for(
    session: Session, resident: Resident, what: str, repeat: Repeat, now: datetime
) -> None:
    await steps.open_(session, resident.telegram_id, what, {"id": repeat.id}, now + WRITING)
