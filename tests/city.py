"""Building an estate for tests: its households, a station, and volunteers on shift.

Three are built of this: the fixture `estate` for rules, where everybody is a number; the fixture
`garden` (`tests/garden.py`) for conversations, where people live who have phones; and for the role
matrix a neighbourhood in which everybody stands (`tests/handlers/neighbourhood.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from knowledge import numbers
from knowledge.calendar import Civil
from knowledge.holidays import Holidays
from models import (
    Database,
    Session,
    actors,
    areas,
    codes,
    households,
    joining,
    shifts,
    stations,
)
from models.areas import Area
from models.drop_offs import Report, Volunteer
from models.roles import Grant, Held, Role
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
    homes: list[int]
    is_protected: bool = True
    """False where a test takes a protection away and shows what happens then."""

    @property
    def home(self) -> int:
        return self.homes[0]

    @property
    def neighbour(self) -> int:
        return self.homes[1]

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


async def add_home(session: Session, area: Area, address: str, now: datetime) -> int:
    """A household where nobody lives yet: at 3-1-502, or at 10-201 where there are no units."""
    building, *unit, room = address.split("-")
    return (await households.found(session, area, building, "".join(unit), room, now)).id


async def add_station(
    session: Session, area: Area, name: str = "东门", longitude: float = 121.5
) -> Station:
    station = Station(
        area_id=area.id, code=name, token=stations.new_token(), name=name, address=None,
        latitude=31.2, longitude=longitude, responsible=None, phone=None, destination=None,
    )  # fmt: skip
    session.add(station)
    await session.flush()
    return station


async def add_estate(
    database: Database, session: Session, area: Area, addresses: Sequence[str], now: datetime
) -> Estate:
    """Homes, and a station at the east gate."""
    homes = [await add_home(session, area, address, now) for address in addresses]
    station = await add_station(session, area)
    return Estate(database, Civil(SHANGHAI, Holidays.load()), area.id, station.id, homes)


async def door_card(session: Session, household_id: int, now: datetime) -> tuple[str, str]:
    """What the code on a household's door card says, and its number."""
    card = await households.card(session, household_id)
    assert card
    code = await codes.write(session, codes.Kind.HOUSEHOLD, card.token, now)
    return code, numbers.make(card.number)


async def sign(session: Session, station_id: int, now: datetime) -> str:
    """What the code on a station's sign says."""
    station = await session.get_one(Station, station_id)
    return await codes.write(session, codes.Kind.STATION, station.token, now)


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


async def build(
    database: Database, rooms: Sequence[str], volunteers: Sequence[int], now: datetime = MORNING
) -> Estate:
    """阳光花园: rooms in 3-1, the station at the east gate, and who guards it."""
    async with database.write() as session:
        city = await add_area(session, "city", areas.Kind.CITY, None)
        area = await add_area(session, "sunny", areas.Kind.ESTATE, city)
        addresses = [f"3-1-{room}" for room in rooms]
        built = await add_estate(database, session, area, addresses, now)
        for person in volunteers:
            await grant_to(session, person, Role.VOLUNTEER, area.id)
            await begin_shift(session, built, person, now)
    return built


async def grant_to(session: Session, resident_id: int, role: Role, area_id: int) -> None:
    """Give somebody a role, as an invitation does."""
    session.add(
        Grant(
            resident_id=resident_id, actor_id=await actors.of(session, resident_id), role=role,
            area_id=area_id, granted_by=0, granted_at=MORNING - timedelta(days=1),
            ended_by=None, ended_at=None,
        )
    )  # fmt: skip


async def move_in(
    session: Session,
    household_id: int,
    area_id: int,
    resident_id: int,
    name: str,
    now: datetime,
    *,
    adult: bool = True,
) -> None:
    """Let somebody live in a household, as a joining slip does."""
    staff = (Held(Role.STAFF, area_id),)
    token = await joining.make_slip(session, household_id, staff, 1, now)
    await joining.use_slip(session, token, resident_id, name, adult=adult, now=now)
