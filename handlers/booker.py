"""Shows a person the booking that is being put together, page by page, and what is booked."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup, TelegramObject, User

from handlers import bulky, drafts, homes
from handlers.bulky import Mine
from handlers.buttons import Choices, column, grid
from handlers.drafts import (
    ASKING,
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
    Spot,
)
from handlers.homes import BookFor
from handlers.texts import Texts
from knowledge import local_time, pickup_texts
from knowledge.calendar import Civil
from knowledge.pickups import HOLD, Rules
from knowledge.rounds import Why
from knowledge.search import Search
from knowledge.streams import Stream
from models import (
    Session,
    areas,
    households,
    memberships,
    pickup_bookings,
    pickups,
    stations,
    steps,
)
from models.households import Household
from models.pickups import DISPUTABLE, Draft, Person, Pickup, State, Thing

FIRST_ITEMS, FEWER = 8, 4
"""How many of the list are on the first page, what is fetched most often; and how many fewer for
each thing that is chosen: so few that a small phone shows the words above them, too."""

FIRST_DAYS = 2

FLOORS = 12
"""So many floors have a button; a higher one is typed."""

MINUTES = int(HOLD.total_seconds()) // 60
"""How long a day is held."""

Shown = tuple[str, InlineKeyboardMarkup | None]


@dataclass(frozen=True, slots=True)
class Content:
    """What a page says, its choices, so many a row, and others, one a row below them."""

    text: str
    choices: Choices = ()
    across: int = 1
    below: Choices = ()


class Drafting(BaseMiddleware):
    """Gives a handler its `booker`, in the transaction that the handler has."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        user: User = data["event_from_user"]
        data["booker"] = Booker(
            data["session"], data["t"], data["civil"], data["now"], data["search"],
            Person(user.id, data["roles"]),
        )  # fmt: skip
        return await handler(event, data)


@dataclass(frozen=True, slots=True)
class Booker:
    """Shows a person the booking that is being put together, in one transaction."""

    session: Session
    t: Texts
    civil: Civil
    now: datetime
    search: Search
    by: Person

    async def show(self, draft: Draft, page: Page, note: str = "") -> Shown:
        """A page, and from now on wait for what it asks for, or for nothing."""
        page = drafts.reached(draft, page)
        if page in ASKING:
            fields, until = {"draft": draft.id, "page": page}, self.now + HOLD
            resident = self.by.resident_id
            await steps.open_(self.session, resident, ASKING[page], fields, until)
        else:
            await self.waits_no_more()
        return await self.page(draft, page, note)

    async def page(self, draft: Draft, page: Page, note: str = "") -> Shown:
        """A page, with a note before it."""
        content = await self._content(draft, page)
        below = [*content.below, *self._ways_out(draft, page)]
        text = f"{note}\n\n{content.text}" if note else content.text
        return text, grid(content.choices, content.across, below)

    async def waits_no_more(self) -> None:
        """The next words are not for a booking."""
        await steps.close(self.session, self.by.resident_id)

    async def begun(self, household_id: int) -> Draft | None:
        """What the person is putting together for this household."""
        draft = await pickup_bookings.draft_of(self.session, self.by.resident_id)
        return draft if draft and draft.household_id == household_id else None

    async def booked(self, pickup: Pickup) -> Shown:
        """A booking in full, and what may be done about it now."""
        t, household = self.t, await households.by_id(self.session, pickup.household_id)
        things = (await pickups.things_of(self.session, [pickup.id]))[pickup.id]
        until, choices = await self._until(pickup, household)
        lines = [
            t("pickup-state", state=pickup.state, day=pickup.day),
            t("bulky-things", things=bulky.counted(things, t)),
            t("bulky-home", address=await homes.address(self.session, household, t)),
            bulky.where(pickup.floor, pickup.lift, pickup.place, t),
            *bulky.said_of(pickup.notes, len(pickup.photos), t),
            bulky.price(pickup.price, pickup.free, t),
        ]
        if pickup.state == State.NOT_ACCEPTED:
            lines.append(bulky.why_not(pickup.why or Why.OTHER, pickup.why_words or "", t))
        if await self.is_at_home(household.id):
            keyboard = column([*choices, (t("button-pickups"), Mine())])
        else:
            keyboard = column([(t("button-book-for"), BookFor(household=household.id))])
        return "\n".join([*lines, *until]), keyboard

    async def is_at_home(self, household_id: int) -> bool:
        """Whether the person lives there; else it is staff who book for others."""
        return self.by.resident_id in await memberships.people(self.session, household_id)

    async def _until(self, pickup: Pickup, household: Household) -> tuple[list[str], Choices]:
        """Until when something may be done about a booking, and the buttons for it."""
        t, zone = self.t, self.civil.zone
        days = await pickups.days_of(self.session, household.area_id, self.civil)
        if pickup.state == State.BOOKED:
            until = days.told_cut_off(pickup.day)
            if self.now >= until:
                return [t("cut-off-over")], ()
            return [bulky.cut_off(until.astimezone(zone), t)], bulky.actions(pickup.id, t)
        if pickup.state in DISPUTABLE and pickup.closed_at:
            until = days.disputable_until(pickup.closed_at)
            if self.now < until:
                line = bulky.disputable(until.astimezone(zone), t)
                return [line], bulky.still_there(pickup.id, t)
        return [], ()

    async def places(self, household: Household, stream: Stream) -> str:
        """Where such things are brought from this household's area; else whom to ask."""
        t, found = self.t, await stations.taking(self.session, household.area_id, stream)
        what = t(f"stream-{stream}")
        if not found:
            holidays = self.civil.holidays
            policy = await areas.policy(self.session, household.area_id, holidays)
            return t("bring-nowhere", what=what, phone=policy.phone or "none")
        said = [
            t(
                "bring-place",
                name=station.name,
                address=station.address or "none",
                phone=station.phone or "none",
            )
            for station in found
        ]
        return "\n".join([t("bring-to", what=what), *said])

    async def _coming(self, household_id: int) -> bool:
        """Whether something is still to be collected from a household."""
        today = local_time.local_day(self.now, self.civil.zone)
        found = await pickups.of_household(self.session, household_id, today)
        return any(each.state == State.BOOKED and each.day >= today for each in found)

    async def rules(self, draft: Draft) -> Rules:
        """What holds where the household is."""
        household = await households.by_id(self.session, draft.household_id)
        return (await pickups.days_of(self.session, household.area_id, self.civil)).rules

    async def _content(self, draft: Draft, page: Page) -> Content:
        match page:
            case Page.THINGS | Page.MORE:
                return await self._things(draft, page)
            case Page.SAME:
                return await self._same(draft)
            case Page.FLOOR:
                floors = [self._floor(draft, floor) for floor in range(1, FLOORS + 1)]
                return Content(self.t("booking-floor"), floors, across=4)
            case Page.LIFT:
                lifts = [self._lift(draft, yes) for yes in (True, False)]
                return Content(self.t("booking-lift"), lifts)
            case Page.PLACE:
                spots = [
                    (self.t("spot", spot=spot), PutOut(draft=draft.id, spot=spot)) for spot in Spot
                ]
                return Content(self.t("booking-place"), spots)
            case Page.DAYS | Page.LATER:
                return await self._days(draft, page)
            case Page.SUMMARY:
                return await self._summary(draft)
            case Page.NOTES:
                return self._notes(draft)
            case Page.PHOTO:
                return self._photo(draft)

    async def _things(self, draft: Draft, page: Page) -> Content:
        t, things, rules = self.t, pickup_bookings.things_in(draft), await self.rules(draft)
        chosen = {thing.key for thing in things}
        items = [item for item in bulky.listed().items if item.key not in chosen]
        first = max(0, FIRST_ITEMS - FEWER * len(things))
        shown = items[first:] if page is Page.MORE else items[:first]
        choices = [button for thing in things for button in self._count(draft, thing)]
        choices += [
            (item.name.in_(t.language), Count(draft=draft.id, thing=item.key, count=1))
            for item in shown
        ]
        if things:
            text = t("booking-chosen", things=bulky.counted(things, t))
        else:
            text = t(
                "booking-things", most=rules.per_booking, free=rules.free,
                fen=rules.price, yuan=pickup_texts.yuan(rules.price),
            )  # fmt: skip
        below: list[tuple[str, CallbackData]] = []
        if page is Page.THINGS:
            below.append(self._go("button-more-things", draft, Page.MORE))
        if things:
            below.append(self._go("button-go-on", draft, drafts.following(draft)))
        elif await self._coming(draft.household_id) and await self.is_at_home(draft.household_id):
            below.append((t("button-pickups"), Mine()))
        return Content(text, choices, across=2, below=below)

    def _count(self, draft: Draft, thing: Thing) -> list[tuple[str, Count]]:
        """The two buttons of a thing that was chosen."""
        name, marked = bulky.named(thing, self.t), drafts.mark(thing)
        return [
            (self.t(label, name=name), Count(draft=draft.id, thing=marked, count=count))
            for label, count in (
                ("button-fewer", thing.count - 1),
                ("button-one-more", thing.count + 1),
            )
        ]

    async def _same(self, draft: Draft) -> Content:
        last = await pickups.last_of(self.session, draft.household_id)
        here = (draft.floor, draft.lift, draft.place)
        is_last = last is not None and here == (last.floor, last.lift, last.place)
        kept = "last" if is_last else "now"
        text = self.t("booking-same", kept=kept, where=bulky.where(*here, self.t))
        same = (self.t("button-same", kept=kept), Go(draft=draft.id, page=Page.DAYS))
        return Content(text, [same, self._go("button-elsewhere", draft, Page.FLOOR)])

    def _floor(self, draft: Draft, floor: int) -> tuple[str, Floor]:
        return self.t("button-floor", floor=floor), Floor(draft=draft.id, floor=floor)

    def _lift(self, draft: Draft, yes: bool) -> tuple[str, Lift]:
        has = "yes" if yes else "no"
        return self.t("button-lift", has=has), Lift(draft=draft.id, yes=yes)

    async def _days(self, draft: Draft, page: Page) -> Content:
        t = self.t
        found = await pickup_bookings.choices(
            self.session, draft.id, self.by, self.civil, self.now
        )
        own = [each for each in found if each.is_own]
        others = [each for each in found if not each.is_own]
        if not found:
            return Content(await self._no_days(draft))
        shown = others[FIRST_DAYS:] if page is Page.LATER else [*own, *others[:FIRST_DAYS]]
        days = [
            (
                t("button-day", day=each.day, own="own" if each.is_own else "other"),
                Day(draft=draft.id, day=each.day.toordinal()),
            )
            for each in shown
        ]
        has_later = page is Page.DAYS and len(others) > FIRST_DAYS
        later = [self._go("button-later-days", draft, Page.LATER)] if has_later else []
        across = 2 if page is Page.LATER else 1
        return Content(t("booking-days", minutes=MINUTES), days, across, later)

    async def _no_days(self, draft: Draft) -> str:
        """All days are taken; what can be done instead."""
        household = await households.by_id(self.session, draft.household_id)
        places = await self.places(household, Stream.BULKY)
        return self.t("booking-no-days") + "\n\n" + places

    async def _summary(self, draft: Draft) -> Content:
        t = self.t
        found = await pickup_bookings.summary(
            self.session, draft.id, self.by, self.civil, self.now
        )
        assert draft.day  # else the page is not reached
        assert found.told_cut_off
        household = await households.by_id(self.session, draft.household_id)
        is_change = draft.pickup_id is not None
        is_same = is_change and not draft.revision
        lines = [
            t("booking-summary", kind="begun" if is_same else "change" if is_change else "new"),
            t("bulky-day", day=draft.day),
            t("bulky-things", things=bulky.counted(found.things, t)),
            t("bulky-home", address=await homes.address(self.session, household, t)),
            bulky.where(draft.floor, draft.lift, draft.place, t),
            *bulky.said_of(draft.notes, len(draft.photos), t),
            bulky.price(found.cost.fen, found.cost.free, t),
            bulky.cut_off(found.told_cut_off.astimezone(self.civil.zone), t),
            *self._hold(draft, is_held=found.is_held),
        ]
        confirm = Confirm(draft=draft.id, revision=draft.revision, fen=found.cost.fen)
        yes = (t("button-confirm", kind="change" if is_change else "new"), confirm)
        edits = [
            self._go(label, draft, page)
            for label, page in (
                ("button-edit-things", Page.THINGS),
                ("button-edit-place", Page.FLOOR),
                ("button-edit-day", Page.DAYS),
                ("button-edit-notes", Page.NOTES),
                ("button-edit-photo", Page.PHOTO),
            )
        ]
        return Content("\n".join(lines), edits, across=2, below=[] if is_same else [yes])

    def _hold(self, draft: Draft, *, is_held: bool) -> list[str]:
        """Until when the place is kept; a change that keeps its day has it anyway."""
        if not is_held:
            return [self.t("booking-lapsed")]
        if draft.held_until is None:
            return []
        return [self.t("booking-held", until=draft.held_until.astimezone(self.civil.zone))]

    def _notes(self, draft: Draft) -> Content:
        gone = (self.t("button-no-notes"), Clear(draft=draft.id, photos=False))
        text = self.t("booking-notes", longest=pickups.LONGEST_NOTES)
        return Content(text, [gone] if draft.notes else [])

    def _photo(self, draft: Draft) -> Content:
        gone = (self.t("button-no-photos"), Clear(draft=draft.id, photos=True))
        most, number = pickup_bookings.MOST_PHOTOS, len(draft.photos)
        text = self.t("booking-photo", most=most, number=number)
        return Content(text, [gone] if number else [])

    def _ways_out(self, draft: Draft, page: Page) -> Choices:
        """Back, where there is something before it; and to leave it."""
        kind = "change" if draft.pickup_id else "new"
        drop = (self.t("button-drop", kind=kind), Drop(draft=draft.id))
        before = drafts.before(draft, page)
        return [*([self._go("button-back", draft, before)] if before else []), drop]

    def _go(self, label: str, draft: Draft, page: Page) -> tuple[str, Go]:
        return self.t(label), Go(draft=draft.id, page=page)
