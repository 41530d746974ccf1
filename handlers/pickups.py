"""My household's bulky pickups: what is booked, cancelling, and what is said when it is over."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, Message

from handlers import bulky, homes, notices
from handlers.booker import Booker, Drafting, Shown
from handlers.bulky import Book, Bring, CallOff, Mine, Show, StillThere
from handlers.buttons import Choices, Pressed, changed, column
from handlers.filters import Lives, Step, Wish
from handlers.texts import Texts
from knowledge import local_time
from models import pickup_bookings, pickup_rounds, pickups, steps
from models.memberships import Membership
from models.pickups import NotYourPickup, Pickup, State, Thing

STILL_THERE = "pickup-still-there"
"""The step in which the next words say what is still there."""

STEP_MINUTES = 10


def router() -> Router:
    router = Router(name=__name__)
    router.message.middleware(Drafting())
    router.callback_query.middleware(Drafting())
    private, writes = F.chat.type == ChatType.PRIVATE, {"writes": True}
    message, press = router.message.register, router.callback_query.register
    for asked in (Command("pickups", ignore_case=True), Wish("wish-pickups")):
        message(show_all, asked, private, Lives())
        message(homes.not_yet, asked, private)
    message(dispute_in_words, Step(STILL_THERE), Lives(), flags=writes)
    press(show_all_here, Pressed(Mine), Lives())
    press(show, Pressed(Show), Lives())
    press(cancel, Pressed(CallOff), F.data.endswith(":1"), Lives(), flags=writes)
    press(ask_before_cancelling, Pressed(CallOff), Lives())
    press(dispute, Pressed(StillThere), F.data.endswith(":1"), Lives(), flags=writes)
    press(ask_before_disputing, Pressed(StillThere), Lives(), flags=writes)
    press(show_places, Pressed(Bring), Lives())
    for button in (Mine, Show, CallOff, StillThere, Bring):
        press(homes.not_yet_here, Pressed(button))
    return router


async def show_all(message: Message, home: Membership, booker: Booker) -> SendMessage:
    text, keyboard = await _all(booker, home)
    return message.answer(text, reply_markup=keyboard)


async def show_all_here(query: CallbackQuery, home: Membership, booker: Booker) -> EditMessageText:
    return changed(query, *await _all(booker, home))


async def show(
    query: CallbackQuery, callback_data: Show, home: Membership, booker: Booker
) -> EditMessageText:
    pickup = await _own(booker, callback_data.pickup, home)
    return changed(query, *await booker.booked(pickup))


async def ask_before_cancelling(
    query: CallbackQuery, callback_data: CallOff, home: Membership, booker: Booker
) -> EditMessageText:
    pickup, t = await _own(booker, callback_data.pickup, home), booker.t
    yes = (t("button-cancel-sure"), CallOff(pickup=pickup.id, sure=True))
    return changed(query, t("pickup-cancel-sure", day=pickup.day), column([yes, _back(pickup, t)]))


async def cancel(
    query: CallbackQuery, callback_data: CallOff, home: Membership, booker: Booker
) -> EditMessageText:
    own = await _own(booker, callback_data.pickup, home)
    pickup = await pickup_bookings.cancel(
        booker.session, own.id, booker.by, booker.civil, booker.now
    )
    again = (booker.t("button-book-again"), Book())
    return changed(query, booker.t("pickup-cancelled", day=pickup.day), column([again]))


async def ask_before_disputing(
    query: CallbackQuery, callback_data: StillThere, home: Membership, booker: Booker
) -> EditMessageText:
    """Words that come now go with it: staff decide by them."""
    pickup, t = await _own(booker, callback_data.pickup, home), booker.t
    until = booker.now + timedelta(minutes=STEP_MINUTES)
    await steps.open_(
        booker.session, booker.by.resident_id, STILL_THERE, {"pickup": pickup.id}, until
    )
    yes = (t("button-still-there-sure"), StillThere(pickup=pickup.id, sure=True))
    return changed(query, t("still-there-sure", day=pickup.day), column([yes, _back(pickup, t)]))


async def dispute(
    query: CallbackQuery, callback_data: StillThere, home: Membership, booker: Booker
) -> EditMessageText:
    pickup = await _own(booker, callback_data.pickup, home)
    return changed(query, *await _dispute(booker, pickup, ""))


async def dispute_in_words(message: Message, home: Membership, booker: Booker) -> SendMessage:
    step = await steps.waiting(booker.session, booker.by.resident_id, STILL_THERE, booker.now)
    if step is None:
        raise NotYourPickup
    pickup = await _own(booker, int(step.fields["pickup"]), home)
    words = homes.tame(message.text or "", pickups.LONGEST_NOTES)
    text, keyboard = await _dispute(booker, pickup, words)
    return message.answer(text, reply_markup=keyboard)


async def show_places(
    query: CallbackQuery, callback_data: Bring, home: Membership, booker: Booker
) -> SendMessage:
    """In a new message: the answer above it is still of use."""
    household = await homes.of(booker.session, home)
    text = await booker.places(household, callback_data.stream)
    return SendMessage(chat_id=query.from_user.id, text=text)


@notices.renders("pickup")
def tell(fields: notices.Fields, t: Texts, to: int) -> TelegramMethod[Message]:
    """What happened to a booking, and what may be done now."""
    said = {name: fields[name] for name in ("act", "by", "day", "day_before")}
    lines = [t(notices.text_key("pickup"), **said), *_facts(fields, t)]
    if note := homes.tame(fields["note"], pickups.LONGEST_NOTES):
        lines.append(t("bulky-notes", notes=note))
    if fields["state"] == State.NOT_ACCEPTED:
        lines.append(bulky.why_not(fields["why"], fields["why_words"], t))
    return _told(lines, fields, t, to)


@notices.renders("pickup-reminder")
def remind(fields: notices.Fields, t: Texts, to: int) -> TelegramMethod[Message]:
    """When it is collected, what, and where it is to stand by then."""
    words = t(notices.text_key("pickup-reminder"), days=fields["days"], day=fields["day"])
    told = _told([words, *_facts(fields, t)], fields, t, to)
    return told.model_copy(update={"disable_notification": notices.is_silent(fields)})


async def _all(booker: Booker, home: Membership) -> Shown:
    """The bookings of a household; the only one is shown in full."""
    t, today = booker.t, local_time.local_day(booker.now, booker.civil.zone)
    found = await pickups.of_household(booker.session, home.household_id, today)
    again = (t("button-book-again"), Book())
    if not found:
        return t("pickups-none"), column([again])
    things = await pickups.things_of(booker.session, [each.id for each in found])
    choices: Choices = [
        (
            t(
                "button-pickup",
                day=each.day,
                state=each.state,
                things=bulky.counted(things[each.id], t),
            ),
            Show(pickup=each.id),
        )
        for each in found
    ]
    return t("pickups-yours"), column([*choices, again])


async def _own(booker: Booker, pickup_id: int, home: Membership) -> Pickup:
    """A booking of the own household: staff have other ways to those of others."""
    pickup = await pickups.by_id(booker.session, pickup_id, booker.by)
    if pickup.household_id != home.household_id:
        raise NotYourPickup
    return pickup


async def _dispute(booker: Booker, pickup: Pickup, words: str) -> Shown:
    await steps.close(booker.session, booker.by.resident_id)
    pickup = await pickup_rounds.dispute(
        booker.session, pickup.id, booker.by, words, booker.civil, booker.now
    )
    return booker.t("still-there-told", day=pickup.day), column([_back(pickup, booker.t)])


def _facts(fields: notices.Fields, t: Texts) -> list[str]:
    """What is collected, from where, and what it costs."""
    things = [Thing(*thing) for thing in fields["things"]]
    lines = [
        t("bulky-things", things=bulky.counted(things, t)),
        t("bulky-home", address=t("address", place=fields["area"], address=fields["address"])),
    ]
    if fields["state"] != State.BOOKED:
        return lines
    if (place := fields["place"]) != "none":
        lines.append(t("bulky-place", place=homes.tame(place)))
    return [*lines, bulky.price(fields["price"], 0, t)]


def _told(
    lines: Iterable[str], fields: notices.Fields, t: Texts, to: int
) -> TelegramMethod[Message]:
    """A notice with what may be done about the booking, as long as it may."""
    until, choices = _until(fields, t)
    show = (t("button-pickup-show"), Show(pickup=fields["pickup"]))
    text = "\n".join([*lines, *until])
    return SendMessage(chat_id=to, text=text, reply_markup=column([*choices, show]))


def _until(fields: notices.Fields, t: Texts) -> tuple[list[str], Choices]:
    """Until when something may be done, and the buttons for it; nothing if that is over."""
    if fields["until"]:
        until = datetime.fromisoformat(fields["until"])
        if fields["state"] == State.BOOKED:
            return [bulky.cut_off(until, t)], bulky.actions(fields["pickup"], t)
        if fields["state"] in pickups.DISPUTABLE:
            return [bulky.disputable(until, t)], bulky.still_there(fields["pickup"], t)
    return [], ()


def _back(pickup: Pickup, t: Texts) -> tuple[str, Show]:
    return t("button-back"), Show(pickup=pickup.id)
