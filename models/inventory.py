"""Inventory: how much there is, and what in it cannot be right. For `greenbin doctor`."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from knowledge import schedule_texts, tariff_texts
from knowledge.cells import BadCell
from models.areas import Area
from models.base import Session
from models.collections import CollectionRule
from models.households import Household
from models.stations import Station


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are."""

    areas: int
    households: int
    stations: int


async def counts(session: Session) -> Counts:
    """How many areas, households that are lived in, and stations there are."""
    homes = select(func.count()).select_from(Household).where(Household.closed_at.is_(None))
    return Counts(
        await session.scalar(select(func.count()).select_from(Area)) or 0,
        await session.scalar(homes) or 0,
        await session.scalar(select(func.count()).select_from(Station)) or 0,
    )


async def unreadable(session: Session) -> Sequence[tuple[str, str]]:
    """Hours and tariffs that cannot be read any more: the area's code, and which of them."""
    found = await session.execute(
        select(Area.code, Area.windows, Area.tariff)
        .where(Area.windows.is_not(None) | Area.tariff.is_not(None))
        .order_by(Area.code)
    )
    bad = []
    for code, windows, tariff in found:
        try:
            schedule_texts.parse(windows or "")
        except BadCell:
            bad.append((code, "windows"))
        try:
            tariff_texts.parse(tariff or "")
        except BadCell:
            bad.append((code, "tariff"))
    return [*bad, *await _unreadable_collections(session)]


async def _unreadable_collections(session: Session) -> Sequence[tuple[str, str]]:
    found = await session.execute(
        select(Area.code, CollectionRule.stream, CollectionRule.hours)
        .join(Area, Area.id == CollectionRule.area_id)
        .where(CollectionRule.hours.is_not(None))
        .order_by(Area.code, CollectionRule.stream)
    )
    bad = []
    for code, stream, hours in found:
        try:
            schedule_texts.parse(hours or "")
        except BadCell:
            bad.append((code, f"collection of {stream}"))
    return bad
