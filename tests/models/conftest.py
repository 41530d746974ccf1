"""A small town for the rules: an estate with households, a station and a volunteer on shift."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge.calendar import Civil
from knowledge.holidays import Holidays
from models import Database, Session, areas, households, memberships, roles, shifts, stations
from models.areas import Area
from models.drop_offs import Report, Volunteer
from models.households import Household
from models.roles import Held, Role
from models.shifts import Shift
from models.stations import Station

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 23, 7, 30, tzinfo=SHANGHAI).astimezone(UTC)
"""A Monday, in the first window."""

VOLUNTEER, OTHER_VOLUNTEER, RESIDENT, STAFF = 101, 102, 201, 301


@dataclass
class Estate:
    """What the tests know by name."""

    database: Database
    civil: Civil
    area: int
    station: int
    home: int
    neighbour: int

    def volunteer(self, resident_id: int = VOLUNTEER) -> Volunteer:
        return Volunteer(resident_id, (Held(Role.VOLUNTEER, self.area),))

    def report(self, **more: object) -> Report:
        return Report(**{"at": MORNING, **more})  # type: ignore[arg-type]


async def add_area(
    session: Session, code: str, kind: areas.Kind, parent: Area | None, **policy: str
) -> Area:
    area = Area(
        parent_id=parent.id if parent else None, path="/", kind=kind, code=code, name=code,
        scheme=None, windows=None, tariff=None, phone=None,
    )  # fmt: skip
    for name, value in policy.items():
        setattr(area, name, value)
    session.add(area)
    await session.flush()
    area.path = f"{parent.path if parent else '/'}{area.id}/"
    await session.flush()
    return area


async def begin_shift(
    session: Session, estate: Estate, resident_id: int, at: datetime = MORNING
) -> Shift:
    station = await session.get_one(Station, estate.station)
    policy = await areas.policy(session, estate.area, estate.civil.holidays)
    held = estate.volunteer(resident_id).roles
    return await shifts.begin(
        session, station, resident_id, held, policy.calendar, zone=estate.civil.zone,
        now=at - timedelta(minutes=20),
    )  # fmt: skip


@pytest.fixture
async def estate(database: Database) -> AsyncIterator[Estate]:
    """阳光花园, with homes 3-1-502 and 3-1-601; Aunt Zhang guards the east gate."""
    async with database.write() as session:
        city = await add_area(session, "city", areas.Kind.CITY, None)
        area = await add_area(session, "sunny", areas.Kind.ESTATE, city)
        homes: list[Household] = [
            await households.found(session, area, "3", "1", room, MORNING)
            for room in ("502", "601")
        ]
        station = Station(
            area_id=area.id, code="east", token=stations.new_token(), name="东门",
            address=None, latitude=31.2, longitude=121.5, responsible=None, phone=None,
            destination=None,
        )  # fmt: skip
        session.add(station)
        await session.flush()
        civil = Civil(SHANGHAI, Holidays.load())
        built = Estate(database, civil, area.id, station.id, homes[0].id, homes[1].id)
        for person in (VOLUNTEER, OTHER_VOLUNTEER):
            await begin_shift(session, built, person)
        token = await memberships.make_slip(
            session, homes[0].id, (Held(Role.STAFF, city.id),), 1, MORNING
        )
        await memberships.use_slip(session, token, RESIDENT, "王", adult=True, now=MORNING)
    yield built
    async with database.read() as session:
        from models import points

        assert await points.total(session) == 0
        assert list(await points.unbalanced(session)) == []


@pytest.fixture
def staff(estate: Estate) -> roles.Roles:
    return (Held(Role.STAFF, estate.area),)
