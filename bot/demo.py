"""The demo city: what a fresh playground begins with, and the people who play in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import knowledge
from bot.imports import read
from bot.playground.cast import Cast, Spot
from knowledge.calendar import Civil
from models import (
    Database,
    Session,
    areas,
    households,
    imports,
    joining,
    notices,
    pickup_bookings,
    stations,
)
from models.pickups import Person, Thing
from models.roles import Held, Role

FOLDER = Path(knowledge.__file__).parent / "data" / "demo"

GRANDMA, SON, VOLUNTEER, STAFF, ADMIN, CREW = 1003, 1004, 1001, 1002, 1005, 1006
"""Their Telegram ids; `staff.csv` gives three of them their roles."""

CAST = (
    Cast("王奶奶", GRANDMA, "居民"),
    Cast("小王", SON, "居民"),
    Cast("张阿姨", VOLUNTEER, "志愿者"),
    Cast("刘姐", STAFF, "社区工作人员"),
    Cast("赵师傅", CREW, "收运员"),
    Cast("陈主任", ADMIN, "管理员"),
)

FAMILY = {GRANDMA: "王奶奶", SON: "小王"}
HOME = ("sunny", "3", "1", "502")


ROUND: Mapping[str, Sequence[Thing]] = MappingProxyType(
    {
        "1-1-302": (Thing("sofa", None, 1), Thing("table", None, 1)),
        "2-2-502": (Thing("mattress", None, 1),),
        "3-1-502": (Thing("chair", None, 2), Thing(None, "旧鱼缸", 1)),
        "3-2-601": (Thing("wardrobe", None, 1),),
    }
)
"""What is collected on the first day of the demo, by address."""


async def load(database: Database, civil: Civil, now: datetime) -> None:
    """Bring the demo city into a database without areas; into another one, nothing."""
    tables = [read(file.name, file.read_bytes()) for file in sorted(FOLDER.glob("*.csv"))]
    async with database.write() as session:
        if await areas.children(session, None):
            return
        await imports.run(session, tables, now)
        await _move_in(session, now)
        await _book(session, civil, now)
        await notices.pass_over(session, FAMILY, now)  # nobody has pressed Start yet


async def places(database: Database) -> list[Spot]:
    """Where people in the playground can say that they are: at a station."""
    async with database.read() as session:
        top = await areas.children(session, None)
        found = await stations.within(session, [area.id for area in top])
    return [
        Spot(station.name, station.latitude, station.longitude)
        for station in found
        if station.latitude is not None and station.longitude is not None
    ]


async def _move_in(session: Session, now: datetime) -> None:
    """The family of two joins its household, by slips of the staff."""
    code, building, unit, room = HOME
    area = await areas.by_code(session, code)
    assert area
    (home,) = await households.at_address(session, [area.id], building, unit, room)
    staff = (Held(Role.STAFF, area.id),)
    for person, name in FAMILY.items():
        token = await joining.make_slip(session, home.id, staff, STAFF, now)
        await joining.use_slip(session, token, person, name, adult=True, now=now)


async def _book(session: Session, civil: Civil, now: datetime) -> None:
    """The first round of the crew: today's, or that of the next day on which it goes out."""
    area = await areas.by_code(session, HOME[0])
    assert area
    staff = Person(STAFF, (Held(Role.STAFF, area.id),))
    for address, things in ROUND.items():
        building, unit, room = address.split("-")
        (home,) = await households.at_address(session, [area.id], building, unit, room)
        draft = await pickup_bookings.begin(session, home.id, staff, civil, now)
        await pickup_bookings.put_things(session, draft.id, staff, things, civil, now)
        await pickup_bookings.describe(
            session, draft.id, staff, civil, now, floor=int(room[0]), lift=False, place="单元门口"
        )
        days = await pickup_bookings.choices(session, draft.id, staff, civil, now)
        await pickup_bookings.choose(session, draft.id, staff, days[0].day, civil, now)
        found = await pickup_bookings.summary(session, draft.id, staff, civil, now)
        await pickup_bookings.confirm(
            session, draft.id, found.draft.revision, found.cost.fen, staff, civil, now
        )
