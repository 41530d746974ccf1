"""The demo city: what a fresh playground begins with, and the people who play in it."""

from datetime import datetime
from pathlib import Path

import knowledge
from bot.imports import read
from bot.playground.cast import Cast, Spot
from models import Database, Session, areas, households, imports, joining, notices, stations
from models.roles import Held, Role

FOLDER = Path(knowledge.__file__).parent / "data" / "demo"

GRANDMA, SON, VOLUNTEER, STAFF, ADMIN = 1003, 1004, 1001, 1002, 1005
"""Their Telegram ids; `staff.csv` gives two of them their roles."""

CAST = (
    Cast("王奶奶", GRANDMA, "居民"),
    Cast("小王", SON, "居民"),
    Cast("张阿姨", VOLUNTEER, "志愿者"),
    Cast("刘姐", STAFF, "社区工作人员"),
    Cast("陈主任", ADMIN, "管理员"),
)

FAMILY = {GRANDMA: "王奶奶", SON: "小王"}
HOME = ("sunny", "3", "1", "502")


async def load(database: Database, now: datetime) -> None:
    """Bring the demo city into a database without areas; into another one, nothing."""
    tables = [read(file.name, file.read_bytes()) for file in sorted(FOLDER.glob("*.csv"))]
    async with database.write() as session:
        if await areas.children(session, None):
            return
        await imports.run(session, tables, now)
        await _move_in(session, now)


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
    await notices.pass_over(session, FAMILY, now)  # nobody has pressed Start yet
