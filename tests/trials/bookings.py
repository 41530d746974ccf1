"""Bookings: hundreds want the same few places at the moment at which holds lapse.

Twenty have chosen the day half an hour ago, a second more or a second less; some confirm, some do
not. Others chose it before them, and come back to what has lapsed long ago. All the rest try to
get in, cancel, change to another day; staff add places, take some away and move a day. After every
commit the books are looked at: never more bookings than places.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from models import Database, Refusal, Session, pickup_bookings, pickup_days, pickup_plans
from models.database import unavailable
from models.memberships import Membership
from models.pickup_days import Places, SlotFull
from models.pickups import Draft, Pickup, State, Thing
from tests import city, invariants
from tests.city import MORNING, Estate
from tests.pickups import FRIDAY, SOFA, THURSDAY, WEDNESDAY, Booker, staff, with_rules
from tests.trials.tools import Tools, as_text

FIRST = 10_000
"""Telegram ids of the bookers begin here."""

AT_ONCE = 40
"""How many are in the database or before it at the same moment, as the bot's workers would be."""

LAPSE = MORNING + timedelta(minutes=30)
"""When the holds of the morning lapse."""

AROUND = (-1, 0, 1)
"""Seconds: before it, at that moment, after it."""

Deed = Callable[[Session], Awaitable[Any]]


@dataclass(frozen=True)
class Size:
    """How many want a place."""

    bookers: int = 500
    places: int = 20
    """Of a day."""
    turns: int = 10
    """How often all places of the day were chosen before, by one after the other."""
    changes_of_capacity: int = 12


async def booked(tools: Tools, database: str, seed: int, _: Path) -> str:
    """One trial of full size; what went wrong, or nothing."""
    return await run(Size(), tools.databases.new(database), seed)


async def run(size: Size, url: str, seed: int) -> str:
    database = Database(url)
    try:
        return await Rush(size, database, random.Random(seed)).run()
    finally:
        await database.close()


class Rush:
    """Everybody at once."""

    def __init__(self, size: Size, database: Database, chance: random.Random) -> None:
        self.size = size
        self.database = database
        self.chance = chance
        self.estate: Estate
        self.told: dict[int, Pickup] = {}
        """The booking of each home that was told of one."""
        self.gone: set[int] = set()
        """Homes whose booking was cancelled."""
        self.wrong: list[str] = []
        self.ended: Counter[str] = Counter()
        self._door = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> str:
        await self._build()
        bookers = [
            Booker.resident(self.estate, FIRST + number, home)
            for number, home in enumerate(self.estate.homes)
        ]
        turns, places = self.size.turns, self.size.places
        early, others = bookers[: turns * places], bookers[turns * places :]
        deeds = []
        for number, booker in enumerate(early):
            # Each turn's holds have lapsed when the next one comes; only the last turn's have not.
            ago = timedelta(minutes=31) * (turns - 1 - number // places)
            draft = await self._do("hold", self._holds(booker, now=MORNING + self._around() - ago))
            assert draft, "there was room for each of them"
            if self.chance.random() < 0.7:
                deeds.append(self._do("confirm", self._confirms(booker, draft.id)))
        deeds += [self._visit(each) for each in others]
        deeds += [
            self._do("capacity", self._sets_capacity())
            for _ in range(self.size.changes_of_capacity)
        ]
        deeds.append(self._do("move", self._moves()))
        self.chance.shuffle(deeds)
        await asyncio.gather(*deeds)
        await self._look_who_is_booked()
        await self._fill_up()
        return as_text(
            wrong=self.wrong,
            invariants=await invariants.broken(self.database, ("I8",)),
            too_little=[name for name in ("confirm", "SlotFull") if not self.ended[name]],
        )

    async def _build(self) -> None:
        rooms = [str(number) for number in range(101, 101 + self.size.bookers)]
        self.estate = await city.build(self.database, rooms, ())
        async with self.database.write() as session:
            places = self.size.places
            rules = f"households {places}; items {places + 10}; free 1"
            await with_rules(session, self.estate, rules)
            session.add_all(
                Membership(
                    household_id=home, resident_id=FIRST + number, name="", is_adult=True,
                    agreed_at=MORNING, joined_at=MORNING, approved_by=0,
                    ended_at=None, ended=None, ended_by=None,
                )
                for number, home in enumerate(self.estate.homes)
            )  # fmt: skip

    async def _visit(self, booker: Booker) -> None:
        """Try to get a place; who has one may change or cancel."""
        day = self.chance.choice((WEDNESDAY, WEDNESDAY, WEDNESDAY, THURSDAY, FRIDAY))
        things = self.chance.choice(((SOFA,), (Thing("chair", None, 2),)))
        hold = self._holds(booker, day, things, now=LAPSE + self._around())
        draft = await self._do("draft", hold)
        if draft is None:
            return
        pickup = await self._do("book", self._confirms(booker, draft.id))
        if pickup is None:
            return
        what = self.chance.random()
        if what < 0.3:
            await self._do("cancel", self._cancels(booker, pickup))
        elif what < 0.6:
            await self._change(booker, pickup)

    async def _change(self, booker: Booker, pickup: Pickup) -> None:
        begun = await self._do("begin change", self._begins_change(booker, pickup))
        if begun is not None:
            await self._do("change", self._confirms(booker, begun.id))

    async def _do(self, name: str, deed: Deed) -> Any:
        """Do it in a transaction of its own, and look at the books."""
        async with self._door:
            try:
                async with self.database.write() as session:
                    result = await deed(session)
            except Refusal as no:
                self.ended[type(no).__name__] += 1
                return None
            except Exception as error:
                # Locks are taken in one order, so that nobody ever has to try again.
                what = "unavailable" if unavailable(error) else type(error).__name__
                self.wrong.append(f"{name}: {what}: {error}")
                return None
            self.ended[name] += 1
            async with self.database.read() as session:
                self.wrong += await invariants.overbooked(session)
            return result

    def _around(self) -> timedelta:
        return timedelta(seconds=self.chance.choice(AROUND))

    def _holds(
        self, booker: Booker, day: date = WEDNESDAY, things: Sequence[Thing] = (SOFA,), *,
        now: datetime,
    ) -> Deed:  # fmt: skip
        async def hold(session: Session) -> Draft:
            return await booker.holds(session, day, *things, now=now)

        return hold

    def _confirms(self, booker: Booker, draft_id: int) -> Deed:
        now = LAPSE + self._around()

        async def confirm(session: Session) -> Pickup:
            pickup = await booker.confirms(session, draft_id, now=now)
            # Told after the commit; who cancels then has been told before.
            await session.commit()
            self.told[booker.home] = pickup
            return pickup

        return confirm

    def _cancels(self, booker: Booker, pickup: Pickup) -> Deed:
        async def cancel(session: Session) -> None:
            await pickup_bookings.cancel(
                session, pickup.id, booker.person, self.estate.civil, LAPSE
            )
            await session.commit()
            self.gone.add(booker.home)

        return cancel

    def _begins_change(self, booker: Booker, pickup: Pickup) -> Deed:
        day = self.chance.choice((WEDNESDAY, THURSDAY, FRIDAY))
        now, civil = LAPSE + self._around(), self.estate.civil

        async def begin(session: Session) -> Draft:
            by = booker.person
            draft = await pickup_bookings.begin_change(session, pickup.id, by, civil, now)
            return await pickup_bookings.choose(session, draft.id, by, day, civil, now)

        return begin

    def _sets_capacity(self) -> Deed:
        day = self.chance.choice((WEDNESDAY, WEDNESDAY, THURSDAY))
        most = self.size.places
        homes = self.chance.randint(most // 4, most + most // 4)
        places = Places(homes, self.chance.randint(homes, 2 * most))

        async def set_(session: Session) -> None:
            await pickup_plans.set_capacity(
                session, staff(self.estate), self.estate.area, day, places, self.estate.civil,
                LAPSE,
            )  # fmt: skip

        return set_

    def _moves(self) -> Deed:
        async def move(session: Session) -> None:
            await pickup_plans.move_day(
                session, staff(self.estate), self.estate.area, THURSDAY, FRIDAY, "",
                self.estate.civil, LAPSE,
            )  # fmt: skip

        return move

    async def _look_who_is_booked(self) -> None:
        """Who was told so is booked, and nobody else is."""
        async with self.database.read() as session:
            rows = await session.execute(select(Pickup.household_id, Pickup.state))
            stands: dict[int, str] = dict(rows.all())  # type: ignore[arg-type]
        for home in self.estate.homes:
            told = None
            if home in self.told:
                told = State.CANCELLED if home in self.gone else State.BOOKED
            if stands.get(home) != told:
                self.wrong.append(f"home {home} was told {told} and is {stands.get(home)}")

    async def _fill_up(self) -> None:
        """When no hold is left, staff can fill exactly the places that are free: none leaked."""
        late = LAPSE + timedelta(hours=1)
        homes = [home for home in self.estate.homes if home not in self.told]
        async with self.database.write() as session:
            at = await pickup_days.where(session, self.estate.area, self.estate.civil)
            [taken] = (
                await pickup_days.taken_of(session, at.area_id, [WEDNESDAY], late)
            ).values() or [Places(0, 0)]
            wanted = Places(taken.homes + 5, taken.items + 5)
            await pickup_plans.set_capacity(
                session, staff(self.estate), self.estate.area, WEDNESDAY, wanted,
                self.estate.civil, late,
            )  # fmt: skip
            for home in homes[:5]:
                await Booker.staff(self.estate, home).books(session, WEDNESDAY, now=late)
            try:
                await Booker.staff(self.estate, homes[5]).holds(session, WEDNESDAY, now=late)
            except SlotFull:
                return
        self.wrong.append("there was one place more than there are")
