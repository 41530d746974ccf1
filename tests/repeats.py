"""Repeats for the rules: staff of an estate who have some, and a clock that strikes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from knowledge.calendar import Civil
from knowledge.holidays import Holidays
from knowledge.repetitions import OnHoliday
from models import (
    Database,
    actors,
    areas,
    repeat_moves,
    repeat_plans,
    repeat_times,
    repeats,
    residents,
    roles,
)
from models.areas import EVERYWHERE
from models.broadcasts import Broadcast, Content
from models.notices import Notice
from models.repeat_plans import Rules
from models.repeats import By, Move, Outcome, Reached, Repeat, RepeatOccurrence
from models.roles import Held, Role
from tests import city
from tests.conftest import MONDAY

SHANGHAI = Civil(ZoneInfo("Asia/Shanghai"), Holidays.load())
BERLIN = Civil(ZoneInfo("Europe/Berlin"), Holidays.load())
LIU, CHEN, ADMIN = 301, 302, 303
"""Two of the staff, and an admin: Telegram ids."""

EVERYWHERE_ADMIN = (Held(Role.ADMIN, EVERYWHERE),)
RULES = Rules(second_above=500, admins=(ADMIN,))
FEW, MANY = 10, 501
NEWS = Content(text="周六收有害垃圾", entities=[])


@dataclass
class Office:
    """What the staff of an estate do, and what the clock strikes."""

    database: Database
    area: int
    civil: Civil = SHANGHAI
    rules: Rules = RULES
    now: datetime = MONDAY
    people: int = FEW
    """How many one reaches, whoever lives there."""

    async def by(self, who: int = LIU) -> By:
        async with self.database.write() as session:
            return By(await actors.of(session, who), f"刘{who}")

    @property
    def held(self) -> roles.Roles:
        return (Held(Role.STAFF, self.area),)

    async def draft(
        self, words: str = "每天 9:00", on: OnHoliday = OnHoliday.ANYWAY, who: int = LIU
    ) -> int:
        by = await self.by(who)
        async with self.database.write() as session:
            made = await repeats.draft(session, self.held, self.area, by, "zh", self.now)
            await repeats.write(session, self.held, made.id, NEWS)
            today = self.now.astimezone(self.civil.zone).date()
            await repeats.put_when(
                session, self.held, made.id, repeat_times.repetition(words, today)
            )
            await repeats.put(session, self.held, made.id, on_holiday=on)
            return made.id

    async def hands_in(self, id_: int, who: int = LIU, *, through_night: bool = False) -> Repeat:
        by, reached = await self.by(who), await self.reached(id_)
        async with self.database.write() as session:
            return await repeat_moves.hand_in(
                session, self.held, id_, by, reached, self.civil, self.now,
                through_night=through_night, second_above=self.rules.second_above,
                admins=self.rules.admins,
            )  # fmt: skip

    async def reached(self, id_: int, database: Database | None = None) -> Reached:
        """As it is counted, if so many people live there."""
        async with (database or self.database).read() as session:
            return replace(await repeat_plans.count(session, id_), people=self.people)

    async def runs(
        self, words: str = "每天 9:00", on: OnHoliday = OnHoliday.ANYWAY, *,
        through_night: bool = False,
    ) -> int:  # fmt: skip
        id_ = await self.draft(words, on)
        return (await self.hands_in(id_, through_night=through_night)).id

    async def alters(self, id_: int, who: int = LIU) -> int:
        by = await self.by(who)
        async with self.database.write() as session:
            return (await repeats.alter(session, self.held, id_, by, self.now)).id

    async def says(self, id_: int, words: str) -> None:
        async with self.database.write() as session:
            await repeats.write(session, self.held, id_, Content(text=words, entities=[]))

    async def comes(self, id_: int, words: str) -> None:
        async with self.database.write() as session:
            when = repeat_times.repetition(words, self.now.astimezone(self.civil.zone).date())
            await repeats.put_when(session, self.held, id_, when)

    async def moves(self, id_: int, move: Move, who: int = LIU) -> Repeat:
        by = await self.by(who)
        async with self.database.write() as session:
            return await repeat_moves.change(
                session, self.held, id_, move, by, self.civil, self.now
            )

    async def answers(self, id_: int, who: int, *, agrees: bool) -> Repeat:
        by = await self.by(who)
        async with self.database.write() as session:
            return await repeat_moves.answer(
                session, self.held, id_, by.actor, self.civil, self.now, agrees=agrees
            )

    async def strikes(self, now: datetime | None = None, database: Database | None = None) -> None:
        """The clock strikes, as each second."""
        self.now = now or self.now
        database = database or self.database
        async with database.read() as session:
            due = await repeat_plans.due(session, self.now)
        await self._step(due, database)

    async def looks_after(self) -> None:
        """As each minute."""
        async with self.database.read() as session:
            amiss = await repeat_plans.amiss(session, self.rules, self.civil)
        await self._step(amiss, self.database)

    async def _step(self, ids: Sequence[int], database: Database) -> None:
        for id_ in ids:
            counted = await self.reached(id_, database)
            async with database.write() as session:
                await repeat_plans.step(session, id_, counted, self.rules, self.civil, self.now)

    async def of(self, id_: int) -> Repeat:
        async with self.database.read() as session:
            return await session.get_one(Repeat, id_)

    async def ended(self) -> list[tuple[str, Outcome]]:
        """The days on which it came, and how."""
        async with self.database.read() as session:
            found = await session.scalars(select(RepeatOccurrence).order_by(RepeatOccurrence.day))
            return [(f"{one.day:%m-%d}", Outcome(one.outcome)) for one in found]

    async def made(self) -> list[str]:
        """The broadcasts, by the local times at which they begin."""
        async with self.database.read() as session:
            found = await session.scalars(select(Broadcast.starts_at).order_by(Broadcast.id))
            return [f"{at.astimezone(self.civil.zone):%m-%d %H:%M:%S}" for at in found if at]

    async def told(self, kind: str) -> list[int]:
        async with self.database.read() as session:
            found = await session.scalars(select(Notice).where(Notice.kind == kind))
            return sorted(one.to for one in found)


MADE, EXPIRED = Outcome.MADE, Outcome.EXPIRED


@pytest.fixture
async def office(database: Database) -> Office:
    async with database.write() as session:
        top = await city.add_area(session, "江城", areas.Kind.CITY, None)
        area = await city.add_area(session, "阳光花园", areas.Kind.ESTATE, top)
        await residents.note_seen(session, [LIU, CHEN, ADMIN], MONDAY)
        for person in (LIU, CHEN):
            await roles.grant(session, person, "刘姐", Role.STAFF, area, 0, MONDAY)
    return Office(database, area.id)


def at(clock: str, day: int = 24, zone: ZoneInfo | None = None) -> datetime:
    """A time in November 2026; MONDAY is the 23rd, at 15:30."""
    hour, minute, *second = (int(part) for part in clock.split(":"))
    there = datetime(2026, 11, 1, hour, minute, *second, tzinfo=zone or SHANGHAI.zone)
    return (there + timedelta(days=day - 1)).astimezone(UTC)
