"""Staff plan the days of bulky pickups: places, a day off, moving what is booked, a day's file."""

import re
from datetime import date, timedelta

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.methods import EditMessageText, SendDocument, SendMessage
from aiogram.types import CallbackQuery, Message

from handlers import homes
from handlers.attending import Attending
from handlers.buttons import Pressed, changed
from handlers.drawn import Drawn
from handlers.filters import Has, Step, Wish
from handlers.planning import (
    MOST,
    PLACES,
    REASON,
    STEP_MINUTES,
    Areas,
    Carry,
    Day,
    Days,
    Enough,
    Export,
    InWords,
    Move,
    MoveTo,
    OpenAgain,
    Planner,
    Reason,
)
from knowledge import shorthand
from models import pickup_plans, steps
from models.pickup_days import LONGEST_REASON, Places
from models.roles import Role

NUMBERS = re.compile(
    r"(?P<homes>[0-9]{1,6}) ?(?:户|家|homes?|households?)?"
    r"(?:[ ,/;]+|(?<=[户家]))(?P<items>[0-9]{1,6}) ?(?:件|items?)?"
    r"|(?P<only_homes>[0-9]{1,6}) ?(?:户|家|homes?|households?)"
    r"|(?P<only_items>[0-9]{1,6}) ?(?:件|items?)"
)
"""How many places a day has: "25户 80件", "25 80", "25户", "80件"."""


def router() -> Router:
    router = Router(name=__name__)
    for observer in (router.message, router.callback_query):
        observer.middleware(Attending("planner", Planner))
    private = F.chat.type == ChatType.PRIVATE
    staff, writes = Has(Role.STAFF, Role.ADMIN), {"writes": True}
    message, press = router.message.register, router.callback_query.register
    for asked in (Command("capacity", ignore_case=True), Wish("wish-capacity")):
        message(show_days, asked, private, staff)
    message(choose_day_off, Command("closed", ignore_case=True), private, staff)
    message(hear_places, Step(PLACES), staff, flags=writes)
    message(hear_reason, Step(REASON), staff, flags=writes)
    press(show_areas_here, Pressed(Areas), staff)
    press(show_days_here, Pressed(Days), staff)
    press(show_day, Pressed(Day), staff)
    press(set_places, Pressed(Enough), staff, flags=writes)
    press(ask_places, Pressed(InWords), staff, flags=writes)
    press(open_again, Pressed(OpenAgain), staff, flags=writes)
    press(ask_where_to, Pressed(Move), staff, flags=writes)
    press(ask_why, Pressed(MoveTo), staff, flags=writes)
    press(carry, Pressed(Carry), staff, flags=writes)
    press(export, Pressed(Export), staff, flags=writes)
    return router


async def show_days(
    message: Message, planner: Planner, command: CommandObject | None = None
) -> SendMessage:
    called = (command.args or "") if command else ""
    text, keyboard = await planner.areas(Areas(), called.strip())
    return message.answer(text, reply_markup=keyboard)


async def choose_day_off(
    message: Message, planner: Planner, command: CommandObject
) -> SendMessage:
    text, keyboard = await planner.areas(Areas(closing=True), (command.args or "").strip())
    return message.answer(text, reply_markup=keyboard)


async def show_areas_here(
    query: CallbackQuery, callback_data: Areas, planner: Planner
) -> EditMessageText:
    return changed(query, *await planner.areas(callback_data))


async def show_days_here(
    query: CallbackQuery, callback_data: Days, planner: Planner
) -> EditMessageText:
    return changed(query, *await planner.days(callback_data))


async def show_day(query: CallbackQuery, callback_data: Day, planner: Planner) -> EditMessageText:
    day = date.fromordinal(callback_data.day)
    return changed(query, *await planner.day(callback_data.area, day))


async def set_places(
    query: CallbackQuery, callback_data: Enough, planner: Planner
) -> EditMessageText:
    asked, day = callback_data, date.fromordinal(callback_data.day)
    await planner.set_places(asked.area, day, Places(asked.homes, asked.items))
    return changed(query, *await planner.day(asked.area, day))


async def ask_places(
    query: CallbackQuery, callback_data: InWords, planner: Planner
) -> SendMessage:
    day = date.fromordinal(callback_data.day)
    found = await planner.one(callback_data.area, day)
    until = planner.now + timedelta(minutes=STEP_MINUTES)
    await steps.open_(
        planner.session, planner.by.resident_id, PLACES, callback_data.model_dump(), until
    )
    text = planner.t("plan-write", day=day, homes=found.capacity.homes, items=found.capacity.items)
    return SendMessage(chat_id=query.from_user.id, text=text)


async def hear_places(message: Message, step: steps.Step, planner: Planner) -> SendMessage:
    """The step stays open until numbers were understood and taken."""
    area, day = int(step.fields["area"]), date.fromordinal(int(step.fields["day"]))
    found = await planner.one(area, day)
    places = places_in(message.text or "", found.capacity)
    if places is None:
        return message.answer(planner.t("plan-write-again", most=MOST))
    await planner.set_places(area, day, places)
    await steps.close(planner.session, planner.by.resident_id)
    text, keyboard = await planner.day(area, day)
    return message.answer(text, reply_markup=keyboard)


async def open_again(
    query: CallbackQuery, callback_data: OpenAgain, planner: Planner
) -> EditMessageText:
    day = date.fromordinal(callback_data.day)
    await pickup_plans.open_day(
        planner.session, planner.by, callback_data.area, day, planner.civil
    )
    return changed(query, *await planner.day(callback_data.area, day))


async def ask_where_to(
    query: CallbackQuery, callback_data: Move, planner: Planner
) -> EditMessageText:
    return changed(query, *await planner.ask_where_to(callback_data))


async def ask_why(
    query: CallbackQuery, callback_data: MoveTo, planner: Planner
) -> EditMessageText:
    return changed(query, *await planner.ask_why(callback_data))


async def carry(query: CallbackQuery, callback_data: Carry, planner: Planner) -> EditMessageText:
    why = callback_data.why
    reason = "" if why is Reason.UNSAID else planner.t("plan-reason-said", why=why)
    asked = MoveTo(**callback_data.model_dump(exclude={"why"}))
    await steps.close(planner.session, planner.by.resident_id)
    return changed(query, *await planner.carry(asked, reason))


async def hear_reason(message: Message, step: steps.Step, planner: Planner) -> SendMessage:
    """The reason in own words, which the households will read."""
    reason = homes.tame(message.text or "", LONGEST_REASON)
    if not reason:
        return message.answer(planner.t("plan-reason-again"))
    text, keyboard = await planner.carry(MoveTo(**step.fields), reason)
    await steps.close(planner.session, planner.by.resident_id)
    return message.answer(text, reply_markup=keyboard)


async def export(query: CallbackQuery, callback_data: Export, planner: Planner) -> SendDocument:
    day = date.fromordinal(callback_data.day)
    rows = await planner.rows(callback_data.area, day)
    name = planner.t("plan-file", day=day.isoformat())
    return SendDocument(
        chat_id=query.from_user.id,
        document=Drawn("pickup-day", rows=rows, name=name),
        caption=planner.t("plan-file-caption", day=day, homes=len(rows) - 1),
    )


def places_in(words: str, now: Places) -> Places | None:
    """How many places somebody writes that a day has; what is not said stays as it is."""
    found = NUMBERS.fullmatch(shorthand.narrow(shorthand.plain(words)).strip(" .;"))
    if not found:
        return None
    homes_said = found["homes"] or found["only_homes"]
    items_said = found["items"] or found["only_items"]
    places = Places(int(homes_said or now.homes), int(items_said or now.items))
    return places if max(places.homes, places.items) <= MOST else None
