"""Where a simulated month happens: the demo city, with as many households as are wanted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, product

from bot import demo
from bot.imports import read
from bot.simulation.acts import Door
from knowledge import numbers
from knowledge.calendar import Calendar, Civil
from models import Database, Session, areas, codes, doors, imports, stations
from models.areas import Area
from models.codes import Kind
from models.imports import Table

SUNNY, LAKESIDE = "sunny", "lakeside"
SUNNY_PERCENT = 60

VOLUNTEERS = {
    SUNNY: ("张阿姨", "赵叔", "钱姨", "孙老师", "周师傅", "吴姐"),
    LAKESIDE: ("郑叔", "冯姨", "卫老师"),
}
"""Who guards the stations; the first is the one of the demo."""

FIRST_VOLUNTEER = 2001
"""The Telegram ids of the others begin here."""


@dataclass(frozen=True, slots=True)
class Home:
    """A home, and what stands on its door card."""

    door: Door
    code: str
    number: str


@dataclass(frozen=True, slots=True)
class Post:
    """A station, and what its sign says."""

    name: str
    code: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Estate:
    """An estate: who lives there and who helps."""

    name: str
    calendar: Calendar
    homes: Sequence[Home]
    posts: Sequence[Post]
    volunteers: dict[int, str]
    """Names by Telegram id."""

    def lives_here(self, place: int) -> int | None:
        """The volunteer who lives in the home at this place of `homes`."""
        ids = list(self.volunteers)
        return ids[place - 1] if 0 < place <= len(ids) else None


async def build(database: Database, households: int, civil: Civil, now: datetime) -> list[Estate]:
    """Found the city in an empty database, from tables as staff would import them."""
    sunny = max(1, households * SUNNY_PERCENT // 100)
    rooms = [*islice(_sunny_rooms(), sunny), *islice(_lakeside_rooms(), households - sunny)]
    async with database.write() as session:
        await imports.run(session, _tables(rooms), now)
        return [await _estate(session, code, civil, now) for code in (SUNNY, LAKESIDE)]


def _tables(rooms: Iterable[Sequence[str]]) -> Iterator[Table]:
    for name in ("areas.csv", "stations.csv"):
        yield read(name, (demo.FOLDER / name).read_bytes())
    yield _table("households.csv", "area,building,unit,room", rooms)
    people = [
        (estate, "volunteer", name, str(id_))
        for estate in VOLUNTEERS
        for id_, name in _volunteers(estate).items()
    ]
    staff = ("guihua", "staff", "刘姐", str(demo.STAFF))
    crew = ("guihua", "crew", "赵师傅", str(demo.CREW))
    yield _table("staff.csv", "area,role,note,telegram id", [staff, crew, *people])


def _table(name: str, header: str, rows: Iterable[Sequence[str]]) -> Table:
    return read(name, "\n".join([header, *(",".join(row) for row in rows)]).encode())


def _volunteers(estate: str) -> dict[int, str]:
    everybody = [name for names in VOLUNTEERS.values() for name in names]
    ids = {name: FIRST_VOLUNTEER + number for number, name in enumerate(everybody)}
    ids[everybody[0]] = demo.VOLUNTEER
    return {ids[name]: name for name in VOLUNTEERS[estate]}


def _sunny_rooms() -> Iterator[tuple[str, str, str, str]]:
    """Houses of six floors with two entrances, without end; the family of the demo is first."""
    yield demo.HOME
    for building in range(1, 1000):
        for unit, floor, door in product((1, 2), range(1, 7), (1, 2)):
            room = (SUNNY, str(building), str(unit), f"{floor}0{door}")
            if room != demo.HOME:
                yield room


def _lakeside_rooms() -> Iterator[tuple[str, str, str, str]]:
    """Towers without entrances of their own; after Z come numbers."""
    for building in [*map(chr, range(ord("A"), ord("Z") + 1)), *map(str, range(1, 1000))]:
        for floor, door in product(range(2, 12), (1, 2, 3)):
            yield LAKESIDE, building, "", f"{floor}0{door}"


async def _estate(session: Session, code: str, civil: Civil, now: datetime) -> Estate:
    area = await areas.by_code(session, code)
    assert area
    policy = await areas.policy(session, area.id, civil.holidays)
    return Estate(
        area.name,
        policy.calendar,
        await _homes(session, area, now),
        await _posts(session, area, now),
        _volunteers(code),
    )


async def _homes(session: Session, area: Area, now: datetime) -> list[Home]:
    found = await doors.doors(session, area)
    written = await codes.write_all(session, Kind.HOUSEHOLD, (one.token for one in found), now)
    return [
        Home(Door(one.area, one.address), code, numbers.make(one.number))
        for one, code in zip(found, written, strict=True)
    ]


async def _posts(session: Session, area: Area, now: datetime) -> list[Post]:
    made = []
    for station in await stations.within(session, [area.id]):
        assert station.latitude is not None  # the demo says where each is
        assert station.longitude is not None
        code = await codes.write(session, Kind.STATION, station.token, now)
        made.append(Post(station.name, code, station.latitude, station.longitude))
    return made
