"""Booking a bulky pickup, and changing it: things, place, day, a look at it all, done."""

import re
from collections.abc import Sequence
from datetime import date

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import BaseFilter, Command
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from aiogram.types import CallbackQuery, Message, User

from handlers import bulky, drafts, homes, refusals, wishes
from handlers.booker import Booker, Drafting, Shown
from handlers.bulky import Book, Change
from handlers.buttons import Pressed, changed, column
from handlers.drafts import (
    ASKING,
    HIGHEST,
    LOWEST,
    Clear,
    Confirm,
    Count,
    Day,
    Drop,
    Floor,
    Go,
    Lift,
    Page,
    PutOut,
)
from handlers.filters import Asked, Key, Lives, Step, Wish
from knowledge import shorthand
from knowledge.catalogue import Catalogue
from knowledge.streams import Stream
from models import Refusal, Session, pickup_bookings, pickups, steps
from models.memberships import Membership
from models.pickup_bookings import AlreadyBooked, DraftChanged, DraftOver, PriceChanged
from models.pickup_days import DayClosed, DayNotServed, DayTooLate, PickupsNotOffered, SlotFull
from models.pickups import LONGEST_NOTES, LONGEST_PLACE, Draft, NotYourPickup, Thing

OTHER_DAY = (SlotFull, DayClosed, DayTooLate, DayNotServed, AlreadyBooked)
"""Who hears one of these is shown other days; nothing was changed by it."""

MOST_SAID = 3
"""Of how many things in one message it is said that they are not bulky."""

FLOOR = re.compile(rf"第? ?({shorthand.SPOKEN_OR_TYPED}) ?(?:楼|层|[fF])?")


class Drafts(BaseFilter):
    """The person is putting a booking together."""

    async def __call__(self, _: Message, session: Session, event_from_user: User) -> bool:
        return await pickup_bookings.draft_of(session, event_from_user.id) is not None


def router() -> Router:
    router = Router(name=__name__)
    router.message.middleware(Drafting())
    router.callback_query.middleware(Drafting())
    private, writes = F.chat.type == ChatType.PRIVATE, {"writes": True}
    message, press = router.message.register, router.callback_query.register
    for asked in (Command("bulky", ignore_case=True), Key("menu-bulky"), Wish("wish-bulky")):
        message(begin, asked, private, Lives(), flags=writes)
        message(homes.not_yet, asked, private)
    message(leave, Command("cancel", ignore_case=True), private, Drafts(), flags=writes)
    own_words = ~F.forward_origin
    for page, hear in (
        (Page.THINGS, hear_things),
        (Page.FLOOR, hear_floor),
        (Page.PLACE, hear_place),
        (Page.NOTES, hear_notes),
    ):
        message(hear, Step(ASKING[page]), own_words, flags=writes)
    message(take_photo, Asked(ASKING[Page.PHOTO]), F.photo, flags=writes)
    message(ask_again, Asked(*ASKING.values()))
    press(begin_here, Pressed(Book), Lives(), flags=writes)
    press(homes.not_yet_here, Pressed(Book))
    press(begin_change, Pressed(Change), Lives(), flags=writes)
    press(homes.not_yet_here, Pressed(Change))
    press(turn, Pressed(Go), flags=writes)
    press(count, Pressed(Count), flags=writes)
    press(set_floor, Pressed(Floor), flags=writes)
    press(set_lift, Pressed(Lift), flags=writes)
    press(set_place, Pressed(PutOut), flags=writes)
    press(choose_day, Pressed(Day), flags=writes)
    press(clear, Pressed(Clear), flags=writes)
    press(confirm, Pressed(Confirm), flags=writes)
    press(drop, Pressed(Drop), flags=writes)
    return router


async def begin(message: Message, home: Membership, booker: Booker) -> SendMessage:
    text, keyboard = await _begin(booker, home)
    return message.answer(text, reply_markup=keyboard)


async def begin_here(
    query: CallbackQuery,
    callback_data: Book,
    home: Membership,
    booker: Booker,
    catalogue: Catalogue,
) -> SendMessage | AnswerCallbackQuery:
    """In a new message: what the button stands under is still of use."""
    thing = wishes.named(callback_data.what, catalogue, booker.t)
    if callback_data.what and thing is None:
        return query.answer(booker.t("lost-button"), show_alert=True)
    text, keyboard = await _begin(booker, home, thing, anew=callback_data.anew)
    return SendMessage(chat_id=query.from_user.id, text=text, reply_markup=keyboard)


async def begin_change(
    query: CallbackQuery, callback_data: Change, home: Membership, booker: Booker
) -> EditMessageText:
    pickup = await pickups.by_id(booker.session, callback_data.pickup, booker.by)
    if pickup.household_id != home.household_id:
        raise NotYourPickup
    draft = await pickup_bookings.begin_change(
        booker.session, pickup.id, booker.by, booker.civil, booker.now
    )
    return changed(query, *await booker.show(draft, Page.SUMMARY))


async def turn(query: CallbackQuery, callback_data: Go, booker: Booker) -> EditMessageText:
    draft = await _own(booker, callback_data.draft)
    return changed(query, *await booker.show(draft, callback_data.page))


async def count(query: CallbackQuery, callback_data: Count, booker: Booker) -> EditMessageText:
    draft = await _own(booker, callback_data.draft)
    things = pickup_bookings.things_in(draft)
    asked = callback_data.thing
    if asked not in [drafts.mark(thing) for thing in things]:
        if asked not in bulky.listed().by_key:
            raise DraftChanged
        things = [*things, Thing(asked, None, 0)]
    counted = [
        Thing(each.key, each.words, callback_data.count) if drafts.mark(each) == asked else each
        for each in things
    ]
    draft = await _put(booker, draft, [each for each in counted if each.count])
    return changed(query, *await booker.show(draft, Page.THINGS))


async def hear_things(message: Message, booker: Booker) -> SendMessage:
    draft = await _asked(booker, Page.THINGS)
    # What Telegram makes links and mentions of is no name of a thing.
    said = "" if message.entities else message.text or ""
    heard = bulky.listed().wishes(said, booker.search)
    taken = [thing for wish in heard if (thing := wishes.fetched(wish))]
    if taken:
        draft = await _add(booker, draft, taken)
    notes = [note for wish in heard if (note := wishes.doubt(wish, booker.t))][:MOST_SAID]
    if not heard:
        notes = [booker.t("booking-hint", page=Page.THINGS)]
    text, keyboard = await booker.show(draft, Page.THINGS, "\n".join(notes))
    return message.answer(text, reply_markup=keyboard)


async def set_floor(query: CallbackQuery, callback_data: Floor, booker: Booker) -> EditMessageText:
    draft = await _own(booker, callback_data.draft)
    return changed(query, *await _on_floor(booker, draft, callback_data.floor))


async def hear_floor(message: Message, booker: Booker) -> SendMessage:
    draft = await _asked(booker, Page.FLOOR)
    found = FLOOR.fullmatch(shorthand.plain(message.text or "").strip())
    floor = shorthand.number(found[1]) if found else 0
    if not LOWEST <= floor <= HIGHEST:
        return await _again(message, booker, draft, Page.FLOOR)
    text, keyboard = await _on_floor(booker, draft, floor)
    return message.answer(text, reply_markup=keyboard)


async def set_lift(query: CallbackQuery, callback_data: Lift, booker: Booker) -> EditMessageText:
    draft = await _own(booker, callback_data.draft)
    draft = await _describe(booker, draft, lift=callback_data.yes)
    return changed(query, *await booker.show(draft, Page.PLACE))


async def set_place(
    query: CallbackQuery, callback_data: PutOut, booker: Booker
) -> EditMessageText:
    draft = await _own(booker, callback_data.draft)
    return changed(query, *await _at(booker, draft, booker.t("spot", spot=callback_data.spot)))


async def hear_place(message: Message, booker: Booker) -> SendMessage:
    draft = await _asked(booker, Page.PLACE)
    words = _short(message, LONGEST_PLACE)
    if not words:
        return await _again(message, booker, draft, Page.PLACE)
    text, keyboard = await _at(booker, draft, words)
    return message.answer(text, reply_markup=keyboard)


async def choose_day(query: CallbackQuery, callback_data: Day, booker: Booker) -> EditMessageText:
    day = date.fromordinal(callback_data.day)
    try:
        draft = await pickup_bookings.choose(
            booker.session, callback_data.draft, booker.by, day, booker.civil, booker.now
        )
    except OTHER_DAY as refusal:
        return await _instead(query, booker, callback_data.draft, refusal, Page.DAYS)
    return changed(query, *await booker.show(draft, Page.SUMMARY))


async def hear_notes(message: Message, booker: Booker) -> SendMessage:
    draft = await _asked(booker, Page.NOTES)
    words = _short(message, LONGEST_NOTES)
    if not words:
        return await _again(message, booker, draft, Page.NOTES)
    draft = await _describe(booker, draft, notes=words)
    text, keyboard = await booker.show(draft, Page.SUMMARY)
    return message.answer(text, reply_markup=keyboard)


async def take_photo(message: Message, booker: Booker) -> SendMessage:
    """Albums come as several messages: each photo is added."""
    assert message.photo
    draft = await _asked(booker, Page.PHOTO)
    draft = await _describe(booker, draft, photo=message.photo[-1].file_id)
    text, keyboard = await booker.show(draft, Page.PHOTO, booker.t("booking-photo-kept"))
    return message.answer(text, reply_markup=keyboard)


async def ask_again(message: Message, step: steps.Step, booker: Booker) -> SendMessage:
    """It is nothing that the page asks for: a sticker, a voice, something forwarded."""
    draft = await _own(booker, int(step.fields["draft"]))
    return await _again(message, booker, draft, Page(step.fields["page"]))


async def clear(query: CallbackQuery, callback_data: Clear, booker: Booker) -> EditMessageText:
    draft = await _own(booker, callback_data.draft)
    if callback_data.photos:
        draft = await _describe(booker, draft, photo="")
    else:
        draft = await _describe(booker, draft, notes="")
    return changed(query, *await booker.show(draft, Page.SUMMARY))


async def confirm(query: CallbackQuery, callback_data: Confirm, booker: Booker) -> EditMessageText:
    asked = callback_data
    draft = await _own(booker, asked.draft)
    kind = "change" if draft.pickup_id else "new"
    try:
        pickup = await pickup_bookings.confirm(
            booker.session, asked.draft, asked.revision, asked.fen,
            booker.by, booker.civil, booker.now,
        )  # fmt: skip
    except OTHER_DAY as refusal:
        return await _instead(query, booker, asked.draft, refusal, Page.DAYS)
    except (DraftChanged, PriceChanged) as refusal:
        return await _instead(query, booker, asked.draft, refusal, Page.SUMMARY)
    await booker.waits_no_more()
    text, keyboard = await booker.booked(pickup)
    return changed(query, booker.t("booking-done", kind=kind) + "\n\n" + text, keyboard)


async def drop(query: CallbackQuery, callback_data: Drop, booker: Booker) -> EditMessageText:
    draft = await _own(booker, callback_data.draft)
    return changed(query, *await _leave(booker, draft))


async def leave(message: Message, booker: Booker) -> SendMessage:
    draft = await pickup_bookings.draft_of(booker.session, booker.by.resident_id)
    if draft is None:
        raise DraftOver
    text, keyboard = await _leave(booker, draft)
    return message.answer(text, reply_markup=keyboard)


async def _begin(
    booker: Booker, home: Membership, thing: Thing | None = None, *, anew: bool = False
) -> Shown:
    """The first page; or the question whether to go on with what was begun."""
    begun = await booker.begun(home.household_id)
    if begun and begun.things and not anew:
        if thing is None:
            return _half(booker, begun)
        if begun.pickup_id is None:
            draft = await _add(booker, begun, [thing])
            return await booker.show(draft, Page.THINGS)
    try:
        draft = await pickup_bookings.begin(
            booker.session, home.household_id, booker.by, booker.civil, booker.now
        )
    except PickupsNotOffered as refusal:
        return await _not_offered(booker, home, refusal), None
    if thing:
        draft = await _put(booker, draft, [thing])
    return await booker.show(draft, Page.THINGS)


def _half(booker: Booker, begun: Draft) -> Shown:
    t = booker.t
    kind = "change" if begun.pickup_id else "new"
    things = bulky.counted(pickup_bookings.things_in(begun), t)
    go_on = (t("button-half"), Go(draft=begun.id, page=drafts.following(begun)))
    anew = (t("button-anew"), Book(anew=True))
    return t("booking-half", kind=kind, things=things), column([go_on, anew])


async def _not_offered(booker: Booker, home: Membership, refusal: PickupsNotOffered) -> str:
    """Whom to ask, and where bulky things are brought."""
    household = await homes.of(booker.session, home)
    places = await booker.places(household, Stream.BULKY)
    return refusals.words(refusal, booker.t, booker.civil.zone) + "\n\n" + places


def _short(message: Message, longest: int) -> str:
    """What was written, if it is no longer than that; else nothing."""
    words = homes.tame(message.text or "", longest + 1)
    return words if len(words) <= longest else ""


async def _own(booker: Booker, draft_id: int) -> Draft:
    """The draft that a button names, if it is what the person puts together now."""
    draft = await pickup_bookings.draft_of(booker.session, booker.by.resident_id)
    if draft is None or draft.id != draft_id:
        raise DraftOver
    return draft


async def _asked(booker: Booker, page: Page) -> Draft:
    """The draft for which the bot has asked for something."""
    step = await steps.waiting(booker.session, booker.by.resident_id, ASKING[page], booker.now)
    if step is None:
        raise DraftOver
    return await _own(booker, int(step.fields["draft"]))


async def _put(booker: Booker, draft: Draft, things: Sequence[Thing]) -> Draft:
    return await pickup_bookings.put_things(
        booker.session, draft.id, booker.by, things, booker.civil, booker.now
    )


async def _add(booker: Booker, draft: Draft, more: Sequence[Thing]) -> Draft:
    return await _put(booker, draft, wishes.together(pickup_bookings.things_in(draft), more))


async def _describe(
    booker: Booker,
    draft: Draft,
    *,
    floor: int | None = None,
    lift: bool | None = None,
    place: str | None = None,
    notes: str | None = None,
    photo: str | None = None,
) -> Draft:
    return await pickup_bookings.describe(
        booker.session, draft.id, booker.by, booker.civil, booker.now,
        floor=floor, lift=lift, place=place, notes=notes, photo=photo,
    )  # fmt: skip


async def _on_floor(booker: Booker, draft: Draft, floor: int) -> Shown:
    """On the ground floor nobody asks for a lift."""
    draft = await _describe(booker, draft, floor=floor)
    return await booker.show(draft, Page.PLACE if floor == LOWEST else Page.LIFT)


async def _at(booker: Booker, draft: Draft, place: str) -> Shown:
    draft = await _describe(booker, draft, place=place)
    return await booker.show(draft, Page.SUMMARY if draft.day else Page.DAYS)


async def _again(message: Message, booker: Booker, draft: Draft, page: Page) -> SendMessage:
    """The page once more, with what it asks for."""
    text, keyboard = await booker.page(draft, page, booker.t("booking-hint", page=page))
    return message.answer(text, reply_markup=keyboard)


async def _instead(
    query: CallbackQuery, booker: Booker, draft_id: int, refusal: Refusal, page: Page
) -> EditMessageText:
    """Why not, and the page on which the person can go on."""
    note = refusals.words(refusal, booker.t, booker.civil.zone)
    return changed(query, *await booker.show(await _own(booker, draft_id), page, note))


async def _leave(booker: Booker, draft: Draft) -> Shown:
    """Nothing is put together any more; a booking that was to be changed stays as it is."""
    kept = draft.pickup_id
    await pickup_bookings.drop(booker.session, booker.by)
    await booker.waits_no_more()
    if kept is None:
        return booker.t("booking-dropped"), None
    pickup = await pickups.by_id(booker.session, kept, booker.by)
    text, keyboard = await booker.booked(pickup)
    return booker.t("booking-unchanged") + "\n\n" + text, keyboard
