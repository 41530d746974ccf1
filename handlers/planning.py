"""What staff see of the days of bulky pickups: areas, days, one day, and where it may be moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers import bulky, homes
from handlers.attending import FIRST_DAY, LAST_DAY, Desk, Shown
from handlers.buttons import LARGEST_ID, Choices, column, grid
from handlers.drawn import draws
from knowledge import pickup_texts, workbooks
from models import pickup_plans, pickup_rounds, steps
from models.areas import Area
from models.pickup_days import NO_PLACES, Places
from models.pickup_plans import Planned
from models.pickup_rounds import Stop
from models.pickups import State

PLACES, REASON = "plan-places", "plan-reason"
"""The steps in which staff write how many places a day has, and why it is closed or moved."""

STEP_MINUTES = 15

SPAN = timedelta(days=7)
"""The days of a page."""

PAGES = 52
"""A year of them."""

AREAS = 8
"""So many areas are on offer at once."""

AHEAD = timedelta(days=60)
"""So far ahead bookings may be moved."""

TARGETS = 10
"""So many days are on offer to move bookings to."""

MOST = 10_000
"""Places of a day; a slip of the key is noticed."""

MORE_HOMES, MORE_ITEMS = 5, 10
"""By so many a button changes the places of a day."""

NOWHERE = 0
"""Stands for the day to which nothing has to be moved."""


class Reason(StrEnum):
    """Why staff close a day or move it, where a button says it."""

    WEATHER = "weather"
    TRUCK = "truck"
    PEOPLE = "people"
    HOLIDAY = "holiday"
    UNSAID = "unsaid"


class Areas(CallbackData, prefix="plans"):
    """Choose the area whose days are meant."""

    page: int = Field(default=0, ge=0, le=9999)
    closing: bool = False


class Days(CallbackData, prefix="days"):
    """Show the days of an area."""

    area: int = Field(ge=1, le=LARGEST_ID)
    page: int = Field(default=0, ge=0, le=PAGES)
    closing: bool = False
    """Whether a day is to be closed."""


class Day(CallbackData, prefix="day"):
    """Show this day of an area."""

    area: int = Field(ge=1, le=LARGEST_ID)
    day: int = Field(ge=FIRST_DAY, le=LAST_DAY)
    """Its ordinal."""


class Enough(CallbackData, prefix="places"):
    """So many places, whatever there were: pressed twice it is no more."""

    area: int = Field(ge=1, le=LARGEST_ID)
    day: int = Field(ge=FIRST_DAY, le=LAST_DAY)
    homes: int = Field(ge=0, le=MOST)
    items: int = Field(ge=0, le=MOST)


class InWords(CallbackData, prefix="number"):
    """The number of places comes in words."""

    area: int = Field(ge=1, le=LARGEST_ID)
    day: int = Field(ge=FIRST_DAY, le=LAST_DAY)


class OpenAgain(CallbackData, prefix="openday"):
    """The day is open again."""

    area: int = Field(ge=1, le=LARGEST_ID)
    day: int = Field(ge=FIRST_DAY, le=LAST_DAY)


class Export(CallbackData, prefix="dayfile"):
    """This day as a file."""

    area: int = Field(ge=1, le=LARGEST_ID)
    day: int = Field(ge=FIRST_DAY, le=LAST_DAY)


class Move(CallbackData, prefix="moveday"):
    """Move all bookings of a day, and close it or not; where to is still to be said."""

    area: int = Field(ge=1, le=LARGEST_ID)
    day: int = Field(ge=FIRST_DAY, le=LAST_DAY)
    closing: bool


class MoveTo(CallbackData, prefix="moveto"):
    """To this day; why is still to be said."""

    area: int = Field(ge=1, le=LARGEST_ID)
    day: int = Field(ge=FIRST_DAY, le=LAST_DAY)
    to: int = Field(ge=NOWHERE, le=LAST_DAY)
    closing: bool


class Carry(CallbackData, prefix="moved"):
    """Do it, for this reason."""

    area: int = Field(ge=1, le=LARGEST_ID)
    day: int = Field(ge=FIRST_DAY, le=LAST_DAY)
    to: int = Field(ge=NOWHERE, le=LAST_DAY)
    closing: bool
    why: Reason


@dataclass(frozen=True, slots=True)
class Planner(Desk):
    """Shows somebody of the staff the days."""

    async def areas(self, asked: Areas, called: str = "") -> Shown:
        """The areas whose days the person plans; if it is one, its days."""
        all_ = await pickup_plans.areas_of(self.session, self.by)
        found = [area for area in all_ if called in area.name]
        if not found:
            return self.t("plan-nowhere", called=homes.tame(called) or "none"), None
        if len(found) == 1:
            return await self.days(Days(area=found[0].id, closing=asked.closing))
        return self.t("plan-which"), column(self._page_of(found, asked))

    def _page_of(self, found: Sequence[Area], asked: Areas) -> Choices:
        shown = found[asked.page * AREAS : (asked.page + 1) * AREAS]
        choices: list[tuple[str, CallbackData]] = [
            (area.name, Days(area=area.id, closing=asked.closing)) for area in shown
        ]
        if len(found) > (asked.page + 1) * AREAS:
            more = Areas(page=asked.page + 1, closing=asked.closing)
            choices.append((self.t("button-more-areas"), more))
        return choices

    async def days(self, asked: Days) -> Shown:
        """A week of an area: a button a day."""
        first = self.today + asked.page * SPAN
        found = await self._planned(asked.area, first, first + SPAN - timedelta(days=1))
        ways: list[tuple[str, CallbackData]] = []
        if asked.page < PAGES:
            later = asked.model_copy(update={"page": asked.page + 1})
            ways.append((self.t("button-later-week"), later))
        if asked.page:
            sooner = asked.model_copy(update={"page": asked.page - 1})
            ways.append((self.t("button-sooner-week"), sooner))
        choices = [
            (self._line(day), self._of_day(day, closing=asked.closing))
            for day in found
            if not (asked.closing and day.closed is not None)
        ]
        area = await pickup_plans.area_of(self.session, self.by, asked.area, self.civil)
        key = "plan-close-which" if asked.closing else "plan-days"
        return self.t(key, area=area.name), column([*choices, *ways])

    async def day(self, area_id: int, day: date, note: str = "") -> Shown:
        """A day, and what can be done about it."""
        found = await self.one(area_id, day)
        moving = await pickup_plans.to_move(self.session, self.by, area_id, day, self.civil)
        left = found.left
        text = self.t(
            "plan-day",
            area=found.area, day=day, homes=found.capacity.homes, items=found.capacity.items,
            booked=found.booked.homes, booked_items=found.booked.items,
            held=found.held.homes, held_items=found.held.items,
            left=left.homes, left_items=left.items,
            closed=_closed(found), reason=homes.tame(found.closed or ""),
        )  # fmt: skip
        keyboard = grid(self._counts(found), 2, self._acts(found, moving))
        return f"{note}\n\n{text}" if note else text, keyboard

    async def one(self, area_id: int, day: date) -> Planned:
        """A day as it stands; raises `NotAllowed`."""
        return await pickup_plans.day_of(self.session, self.by, area_id, day, self.civil, self.now)

    async def set_places(self, area_id: int, day: date, places: Places) -> None:
        """From now on the day has so many places."""
        await pickup_plans.set_capacity(
            self.session, self.by, area_id, day, places, self.civil, self.now
        )

    async def ask_where_to(self, asked: Move) -> Shown:
        """To which day the bookings are moved; straight on, if there are none."""
        day = date.fromordinal(asked.day)
        moving = await pickup_plans.to_move(self.session, self.by, asked.area, day, self.civil)
        if moving == NO_PLACES:
            to = MoveTo(area=asked.area, day=asked.day, to=NOWHERE, closing=asked.closing)
            return await self.ask_why(to)
        fits = [
            other
            for other in await self._planned(asked.area, self.today, self.today + AHEAD)
            if other.day != day and other.is_served and other.left.fit(moving.homes, moving.items)
        ]
        choices: list[tuple[str, CallbackData]] = [
            (
                self._line(other),
                MoveTo(
                    area=asked.area, day=asked.day, to=other.day.toordinal(), closing=asked.closing
                ),
            )
            for other in fits[:TARGETS]
        ]
        back = (self.t("button-back"), Day(area=asked.area, day=asked.day))
        text = self.t(
            "plan-where-to" if fits else "plan-no-room",
            day=day, homes=moving.homes, items=moving.items,
        )  # fmt: skip
        return text, column([*choices, back])

    async def ask_why(self, asked: MoveTo) -> Shown:
        """What will happen to how many, and why; words that come now are the reason."""
        day = date.fromordinal(asked.day)
        moving = await pickup_plans.to_move(self.session, self.by, asked.area, day, self.civil)
        until = self.now + timedelta(minutes=STEP_MINUTES)
        person = self.by.resident_id
        await steps.open_(self.session, person, REASON, asked.model_dump(), until)
        reasons: list[tuple[str, CallbackData]] = [
            (self.t("plan-reason", why=why), Carry(**asked.model_dump(), why=why))
            for why in Reason
        ]
        back = (self.t("button-back"), Day(area=asked.area, day=asked.day))
        if asked.to == NOWHERE:
            text = self.t("plan-sure-alone", day=day)
        else:
            text = self.t(
                "plan-sure",
                day=day, to=date.fromordinal(asked.to), homes=moving.homes, items=moving.items,
                closing="yes" if asked.closing else "no",
            )  # fmt: skip
        return text, column([*reasons, back])

    async def carry(self, asked: MoveTo, reason: str) -> Shown:
        """Close the day, or move its bookings, or both; everybody is told once."""
        day, session = date.fromordinal(asked.day), self.session
        to = date.fromordinal(asked.to) if asked.to != NOWHERE else None
        if asked.closing:
            moved = await pickup_plans.close_day(
                session, self.by, asked.area, day, reason, self.civil, self.now, to=to
            )
        elif to is not None:
            moved = await pickup_plans.move_day(
                session, self.by, asked.area, day, to, reason, self.civil, self.now
            )
        else:
            moved = []
        note = self.t(
            "plan-carried",
            homes=len(moved),
            to=to or day,
            closing="yes" if asked.closing else "no",
        )
        return await self.day(asked.area, day, note)

    async def rows(self, area_id: int, day: date) -> list[list[str | int]]:
        """A day as a table: what is to be collected where, and how it went. No names."""
        await self.one(area_id, day)  # who may not plan it gets no file
        stops = await pickup_rounds.sheet(self.session, self.by, day, self.civil, self.now)
        names = self.t("plan-columns").split("|")
        return [list[str | int](names)] + [
            self._row(stop) for stop in stops if stop.pickup.area_id == area_id
        ]

    def _row(self, stop: Stop) -> list[str | int]:
        pickup, t = stop.pickup, self.t
        why = ""
        if pickup.state == State.NOT_ACCEPTED and pickup.why:
            why = bulky.why_not(pickup.why, pickup.why_words or "", t)
        lift = "unknown" if pickup.lift is None else "yes" if pickup.lift else "no"
        return [
            stop.number, stop.area, stop.address, bulky.counted(stop.things, t), pickup.load,
            pickup.floor or "", t("plan-lift", has=lift), pickup.place or "", pickup.notes or "",
            pickup_texts.yuan(pickup.price), t("plan-state", state=pickup.state), why,
        ]  # fmt: skip

    async def _planned(self, area_id: int, first: date, last: date) -> Sequence[Planned]:
        return await pickup_plans.planned(
            self.session, self.by, area_id, first, last, self.civil, self.now
        )

    def _line(self, day: Planned) -> str:
        return self.t(
            "button-plan-day",
            day=day.day, homes=day.taken.homes, of=day.capacity.homes,
            items=day.taken.items, most=day.capacity.items, closed=_closed(day),
        )  # fmt: skip

    def _of_day(self, day: Planned, *, closing: bool) -> CallbackData:
        ordinal = day.day.toordinal()
        if closing:
            return Move(area=day.area_id, day=ordinal, closing=True)
        return Day(area=day.area_id, day=ordinal)

    def _counts(self, found: Planned) -> Choices:
        """More and fewer places: never fewer than are taken."""
        now, taken, day = found.capacity, found.taken, found.day.toordinal()
        wanted = (
            Places(max(taken.homes, now.homes - MORE_HOMES), now.items),
            Places(min(MOST, now.homes + MORE_HOMES), now.items),
            Places(now.homes, max(taken.items, now.items - MORE_ITEMS)),
            Places(now.homes, min(MOST, now.items + MORE_ITEMS)),
        )
        return [
            (
                self.t("button-places", homes=each.homes, items=each.items, what=what),
                Enough(area=found.area_id, day=day, homes=each.homes, items=each.items),
            )
            for each, what in zip(wanted, ("homes", "homes", "items", "items"), strict=True)
        ]

    def _acts(self, found: Planned, moving: Places) -> Choices:
        area, day = found.area_id, found.day.toordinal()
        acts: list[tuple[str, CallbackData]] = [
            (self.t("button-write-places"), InWords(area=area, day=day))
        ]
        if found.closed is None:
            acts.append((self.t("button-close-day"), Move(area=area, day=day, closing=True)))
        else:
            acts.append((self.t("button-open-day"), OpenAgain(area=area, day=day)))
        if moving != NO_PLACES:
            label = self.t("button-move-day", homes=moving.homes)
            acts.append((label, Move(area=area, day=day, closing=False)))
        if found.booked != NO_PLACES:
            acts.append((self.t("button-day-file"), Export(area=area, day=day)))
        page = max(0, (found.day - self.today) // SPAN)
        acts.append((self.t("button-plans"), Days(area=area, page=min(page, PAGES))))
        return acts


@draws("pickup-day")
def day_file(fields: Mapping[str, Any]) -> tuple[bytes, str]:
    """A day as Excel's file, and what it is called."""
    return workbooks.write(fields["rows"]), fields["name"]


def _closed(day: Planned) -> str:
    if day.closed is None:
        return "no"
    return "yes" if homes.tame(day.closed) else "unsaid"
