"""A small estate in the town, for conversations about households and points."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from knowledge.qualities import Quality
from models import areas, codes, drop_offs, joining, memberships
from models.areas import Area
from models.drop_off_tables import DropOff, Mistake
from models.drop_offs import Report, Volunteer
from models.notices import Notice
from models.roles import Held, Role
from tests import city
from tests.city import Estate
from tests.conftest import Town
from tests.people import Person

VOLUNTEER = 101
"""Aunt Zhang, who guards the east gate all day; here only what she records matters."""

ADDRESSES = ("3-1-502", "3-1-601", "3-2-101", "10-201")


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
        return (await self._card(address))[1]

    async def code(self, address: str) -> str:
        """What the door card's code says."""
        return (await self._card(address))[0]

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
                address = f"{building}-{unit}-{room}"
                await city.add_home(session, area, address, self.town.clock())

    async def lives(self, person: Person, address: str, *, adult: bool = True) -> None:
        """Somebody joined long ago."""
        await person.starts()
        async with self.town.database.write() as session:
            await city.move_in(
                session, self.homes[address], self.area, person.id, person.name,
                self.town.clock(), adult=adult,
            )  # fmt: skip
        await self.town.settle()

    async def appoint(self, person: Person, area: int | None = None) -> None:
        """Make somebody staff of the estate, or of another area."""
        await person.starts()
        async with self.town.database.write() as session:
            await city.grant_to(session, person.id, Role.STAFF, area or self.area)

    async def begins_shift(self) -> None:
        """Aunt Zhang comes to guard the east gate."""
        async with self.town.database.write() as session:
            await city.begin_shift(session, self.rules, VOLUNTEER, self.town.clock())

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

    async def judges(self, drop_off: DropOff, quality: Quality) -> None:
        """Aunt Zhang mends what she recorded."""
        async with self.town.database.write() as session:
            await drop_offs.judge(
                session, drop_off.id, self.volunteer, self.rules.civil, self.town.clock(),
                quality=quality,
            )  # fmt: skip
        await self.town.settle()

    async def withdraws(self, drop_off: DropOff) -> None:
        """Aunt Zhang takes it back."""
        async with self.town.database.write() as session:
            await drop_offs.withdraw(
                session, drop_off.id, self.volunteer, self.rules.civil, self.town.clock()
            )
        await self.town.settle()

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

    async def _card(self, address: str) -> tuple[str, str]:
        async with self.town.database.write() as session:
            return await city.door_card(session, self.homes[address], self.town.clock())


@pytest.fixture
async def garden(town: Town) -> Garden:
    async with town.database.write() as session:
        top = await city.add_area(session, "江城", areas.Kind.CITY, None)
        area = await city.add_area(session, "阳光花园", areas.Kind.ESTATE, top)
        await city.add_area(session, "月亮湾", areas.Kind.ESTATE, top)
        rules = await city.add_estate(town.database, session, area, ADDRESSES, town.clock())
        await city.begin_shift(session, rules, VOLUNTEER, town.clock())
    homes = dict(zip(ADDRESSES, rules.homes, strict=True))
    return Garden(town, top.id, area.id, rules, homes)
