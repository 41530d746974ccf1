"""Areas: city → district → street → community → estate. What is decided above holds below."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Select,
    String,
    Text,
    bindparam,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from knowledge import pickup_texts, schedule_texts, tariff_texts
from knowledge.calendar import Calendar
from knowledge.holidays import Holidays
from knowledge.pickups import Rules
from knowledge.tariff import Tariff
from models.base import Base, Session

WINDOWS = "mo-su 07:00-09:00 18:30-20:30"
"""Where nothing is decided: two windows, four hours a day (Suzhou's 三定一督: 定时定点)."""

TARIFF = "visit 2; right 3; partly 1; kg recyclable 5; day 20; quiz 3"
"""Where nothing is decided."""

PICKUPS = "days mo-fr; households 40; items 120; per-booking 5; free 2; price 20; cutoff 14:00 1"
"""Where nothing is decided: as public booking services do it (`knowledge/pickups.py`)."""


EVERYWHERE = 0
"""Stands for what all areas lie in; no area has this id."""


class Kind(StrEnum):
    """What an area is; each lies in one of a kind before (Dongguan has no districts)."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    ESTATE = "estate"


class Area(Base):
    """A node of the tree. A policy that is None is the one of the area around it."""

    __tablename__ = "areas"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    path: Mapped[str] = mapped_column(String(120), index=True)
    """The ids from the top down to this one: "/1/4/9/"."""
    kind: Mapped[Kind] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(String(40), unique=True)
    """What staff call it in their files."""
    name: Mapped[str] = mapped_column(String(60))
    scheme: Mapped[str | None] = mapped_column(String(20))
    windows: Mapped[str | None] = mapped_column(Text)
    tariff: Mapped[str | None] = mapped_column(Text)
    pickups: Mapped[str | None] = mapped_column(Text)
    """How bulky things are collected; all in the area that decides share the places of a day."""
    phone: Mapped[str | None] = mapped_column(String(40))


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds in an area, whoever decided it."""

    scheme: str | None
    """None: the deployment's."""
    calendar: Calendar
    tariff: Tariff
    pickups: Rules
    pickups_area: int
    """The area that decided about pickups: all within it share the places of a day."""
    phone: str | None


async def policy(session: Session, area_id: int, holidays: Holidays) -> Policy:
    """What holds in an area: its own decisions, else those of the nearest area around it."""
    return decided(await above(session, area_id), holidays)


def decided(chain: Sequence[Area], holidays: Holidays) -> Policy:
    """What holds where these areas lie in each other, nearest first."""

    def first(what: str) -> str | None:
        return next((value for area in chain if (value := getattr(area, what)) is not None), None)

    return Policy(
        first("scheme"),
        Calendar(_schedule(first("windows") or WINDOWS), holidays),
        _tariff(first("tariff") or TARIFF),
        _pickups(first("pickups") or PICKUPS),
        next((area.id for area in chain if area.pickups is not None), chain[0].id),
        first("phone"),
    )


# Read once, not for each drop-off; a city has few.
_schedule = lru_cache(maxsize=1000)(schedule_texts.parse)
_tariff = lru_cache(maxsize=1000)(tariff_texts.parse)
_pickups = lru_cache(maxsize=1000)(pickup_texts.parse)


async def above(session: Session, area_id: int) -> Sequence[Area]:
    """An area and those it lies in, nearest first."""
    return list(await session.scalars(_ABOVE, {"area_id": area_id}))


def _above() -> Select[Area]:
    """From parent to parent, so that a city of a thousand areas is not looked through."""
    ids = (
        select(Area.id, Area.parent_id).where(Area.id == bindparam("area_id")).cte(recursive=True)
    )
    outer = aliased(Area)
    ids = ids.union_all(select(outer.id, outer.parent_id).where(outer.id == ids.c.parent_id))
    return select(Area).join(ids, ids.c.id == Area.id).order_by(func.length(Area.path).desc())


# Every drop-off asks this, and to make the statement takes longer than to run it.
_ABOVE = _above()


async def children(session: Session, area_id: int | None) -> Sequence[Area]:
    """The areas that lie directly in this one, or at the top."""
    found = await session.scalars(
        select(Area).where(Area.parent_id == area_id).order_by(Area.name, Area.id)
    )
    return list(found)


async def by_id(session: Session, area_id: int) -> Area | None:
    return await session.get(Area, area_id)


def inside(area_ids: Collection[int]) -> ColumnElement[bool]:
    """Of areas, these and all that lie in them."""
    if EVERYWHERE in area_ids:
        return true()
    return or_(false(), *(Area.path.contains(f"/{id_}/") for id_ in area_ids))


async def within(session: Session, area_ids: Collection[int]) -> Sequence[int]:
    """The ids of these areas and of all that lie in them."""
    return list(await session.scalars(select(Area.id).where(inside(area_ids))))


async def of(session: Session, area_id: int) -> Area:
    """The area of this id, which something that is kept names."""
    return await session.get_one(Area, area_id)


async def by_code(session: Session, code: str) -> Area | None:
    return await session.scalar(select(Area).where(Area.code == code))


def ids_of(path: str) -> list[int]:
    """The ids in a path, from the top down."""
    return [int(id_) for id_ in path.strip("/").split("/")]


def lies_in(path: str, area_id: int) -> bool:
    """Whether an area with this path is that one, or lies in it."""
    return area_id in ids_of(path)
