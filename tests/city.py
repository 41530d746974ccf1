"""Building an estate for tests: its households, a station, and volunteers on shift."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from knowledge.calendar import Civil
from knowledge.holidays import Holidays
from models import Database, Session, actors, areas, households, joining, shifts, stations
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
    home: int
    neighbour: int
    homes: list[int]
    is_protected: bool = True
    """False where a test takes a protection away and shows what happens then."""

    def volunteer(self, resident_id: int = VOLUNTEER) -> Volunteer:
        return Volunteer(resident_id, (Held(Role.VOLUNTEER, self.area),))

    def report(self, **more: object) -> Report:
        return Report(**{"at": MORNING, **more})  # type: ignore[arg-type]


async def add_area(
    session: Session, code: str, kind: areas.Kind, parent: Area | None, **policy: str
) -> Area:
    area = Area(
        parent_id=parent.id if parent else None, path="/", kind=kind, code=code, name=code,
        scheme=None, windows=None, tariff=None, phone=None, changes=None,
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


async def build(
    database: Database, rooms: Sequence[str], volunteers: Sequence[int], now: datetime = MORNING
) -> Estate:
    """阳光花园: rooms in 3-1, the station at the east gate, and who guards it."""
    async with database.write() as session:
        city = await add_area(session, "city", areas.Kind.CITY, None)
        area = await add_area(session, "sunny", areas.Kind.ESTATE, city)
        homes = [await households.found(session, area, "3", "1", room, now) for room in rooms]
        station = Station(
            area_id=area.id, code="east", token=stations.new_token(), name="东门",
            address=None, latitude=31.2, longitude=121.5, responsible=None, phone=None,
            destination=None,
        )  # fmt: skip
        session.add(station)
        await session.flush()
        civil = Civil(SHANGHAI, Holidays.load())
        ids = [home.id for home in homes]
        built = Estate(database, civil, area.id, station.id, ids[0], ids[1], ids)
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
    session: Session, household_id: int, area_id: int, resident_id: int, name: str, now: datetime
) -> None:
    """Let somebody live in a household."""
    staff = (Held(Role.STAFF, area_id),)
    token = await joining.make_slip(session, household_id, staff, 1, now)
    await joining.use_slip(session, token, resident_id, name, adult=True, now=now)
