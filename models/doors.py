"""Doors: what is printed for homes and stations, place by place."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from knowledge import numbers
from models.areas import Area, inside
from models.base import Session
from models.households import Card, Household
from models.stations import Station


@dataclass(frozen=True, slots=True)
class Door:
    """A home, and what its card says."""

    token: bytes
    number: int
    area: str
    address: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A station, and what its sign says."""

    token: bytes
    name: str
    area: str


async def count(session: Session, area: Area) -> int:
    """How many homes an area has, with all that lies in it."""
    wanted = select(func.count()).select_from(Household).join(Area, Area.id == Household.area_id)
    here = (inside([area.id]), Household.closed_at.is_(None))
    return await session.scalar(wanted.where(*here)) or 0


async def doors(session: Session, area: Area) -> Sequence[Door]:
    """The homes of an area and of those in it, in the order in which a volunteer walks."""
    found = await session.execute(
        select(Card.token, Card.number, Area.name, Area.path, Household)
        .join(Household, Household.id == Card.household_id)
        .join(Area, Area.id == Household.area_id)
        .where(inside([area.id]), Card.ended_at.is_(None), Household.closed_at.is_(None))
    )
    walk = sorted(found, key=lambda row: (row.path, *_counted(row.Household)))
    return [Door(row.token, row.number, row.name, row.Household.address) for row in walk]


async def signs(session: Session, area: Area) -> Sequence[Sign]:
    """The stations of an area and of those in it."""
    found = await session.execute(
        select(Station.token, Station.name, Area.name)
        .join(Area, Area.id == Station.area_id)
        .where(inside([area.id]))
        .order_by(Area.path, Station.code)
    )
    return [Sign(token, name, place) for token, name, place in found]


def _counted(home: Household) -> tuple[tuple[int, str], ...]:
    """By number, so that building 10 comes after building 9; names without one come last."""
    parts = (home.building, home.unit, home.room)
    return tuple((int(part) if part.isdecimal() else numbers.SERIALS, part) for part in parts)
