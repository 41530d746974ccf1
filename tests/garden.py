"""A small estate in the town, for conversations about households and points."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from knowledge import numbers
from knowledge.qualities import Quality
from models import areas, codes, drop_offs, households, joining, memberships, stations
from models.areas import Area
from models.drop_off_tables import DropOff, Mistake
from models.drop_offs import Report, Volunteer
from models.notices import Notice
from models.roles import Grant, Held, Role
from models.stations import Station
from tests.conftest import Town
from tests.models.conftest import Estate, add_area, begin_shift
from tests.people import Person

VOLUNTEER = 101
"""Aunt Zhang, who guards the east gate all day; here only what she records matters."""


@dataclass(frozen=True)
class Garden:
    """阳光花园, in 江城; what the tests do behind the scenes."""

    town: Town
    city: int
    area: int
    rules: Estate
    homes: dict[str, int]
    """Households by address."""

    async def number(self, address: str) -> str:
        """What stands on the door card."""
        async with self.town.database.read() as session:
            card = await households.card(session, self.homes[address])
            assert card
            return numbers.make(card.number)

    async def code(self, address: str) -> str:
        """What the door card's code says."""
        async with self.town.database.write() as session:
            card = await households.card(session, self.homes[address])
            assert card
            kind = codes.Kind.HOUSEHOLD
            return await codes.write(session, kind, card.token, self.town.clock())

    async def slip(self, address: str) -> str:
        """A joining slip of the staff."""
        async with self.town.database.write() as session:
            held = (Held(Role.STAFF, self.city),)
            now = self.town.clock()
            token = await joining.make_slip(session, self.homes[address], held, 1, now)
            return await codes.write(session, codes.Kind.SLIP, token, now)

    async def builds(self, building: str, unit: str, *, rooms: int) -> None:
        """Another building, with so many doors."""
        async with self.town.database.write() as session:
            area = await session.get_one(Area, self.area)
            for room in range(1, rooms + 1):
                now = self.town.clock()
                await households.found(session, area, building, unit, str(room), now)

    async def lives(self, person: Person, address: str, *, adult: bool = True) -> None:
        """Somebody joined long ago."""
        await person.starts()
        code = await self.slip(address)
        async with self.town.database.write() as session:
            token, now = (await codes.read(session, code)).token, self.town.clock()
            await joining.use_slip(session, token, person.id, person.name, adult=adult, now=now)
        await self.town.settle()

    async def appoint(self, person: Person, area: int | None = None) -> None:
        """Make somebody staff of the estate, or of another area."""
        await person.starts()
        async with self.town.database.write() as session:
            session.add(
                Grant(
                    resident_id=person.id, actor_id=1, role=Role.STAFF,
                    area_id=area or self.area, granted_by=1, granted_at=self.town.clock(),
                    ended_by=None, ended_at=None,
                )
            )  # fmt: skip

    async def begins_shift(self) -> None:
        """Aunt Zhang comes to guard the east gate."""
        async with self.town.database.write() as session:
            await begin_shift(session, self.rules, VOLUNTEER, self.town.clock())

    async def drops_off(
        self, address: str, quality: Quality = Quality.RIGHT, *mistakes: Mistake
    ) -> DropOff:
        """The household comes by, and Aunt Zhang records it."""
        now = self.town.clock()
        async with self.town.database.write() as session:
            drop_off = await drop_offs.record(
                session, self.homes[address], self.volunteer,
                Report(now, quality, mistakes=mistakes), self.rules.civil, now,
            )  # fmt: skip
        await self.town.settle()
        return drop_off

    @property
    def volunteer(self) -> Volunteer:
        return self.rules.volunteer(VOLUNTEER)

    async def living(self, address: str) -> list[str]:
        """The names of those who live there."""
        async with self.town.database.read() as session:
            found = await memberships.members(session, self.homes[address])
            return [one.name for one in found]

    async def told(self, kind: str) -> int:
        """How many people were told something of this kind."""
        async with self.town.database.read() as session:
            return len(list(await session.scalars(select(Notice.id).where(Notice.kind == kind))))


@pytest.fixture
async def garden(town: Town) -> Garden:
    now = town.clock()
    async with town.database.write() as session:
        city = await add_area(session, "江城", areas.Kind.CITY, None)
        area = await add_area(session, "阳光花园", areas.Kind.ESTATE, city)
        await add_area(session, "月亮湾", areas.Kind.ESTATE, city)
        homes: dict[str, int] = {}
        for building, unit, room in (
            ("3", "1", "502"), ("3", "1", "601"), ("3", "2", "101"), ("10", "", "201"),
        ):  # fmt: skip
            home = await households.found(session, area, building, unit, room, now)
            homes[home.address] = home.id
        station = Station(
            area_id=area.id, code="east", token=stations.new_token(), name="东门",
            address=None, latitude=None, longitude=None, responsible=None, phone=None,
            destination=None,
        )  # fmt: skip
        session.add(station)
        await session.flush()
        ids = list(homes.values())
        rules = Estate(town.database, town.place.civil, area.id, station.id, 0, 0, ids)
        await begin_shift(session, rules, VOLUNTEER, now)
    return Garden(town, city.id, area.id, rules, homes)
