"""Inventory: how much there is, and what in it cannot be right. For `greenbin doctor`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from knowledge import pickup_texts, schedule_texts, tariff_texts
from knowledge.catalogue import Catalogue
from knowledge.cells import BadCell
from knowledge.cities import USUAL
from knowledge.lessons import Says
from knowledge.streams import Stream
from models import lessons
from models.areas import Area
from models.base import Session
from models.city_rules import CityRule
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


_PARSERS: Mapping[str, Callable[[str], object]] = {
    "windows": schedule_texts.parse,
    "tariff": tariff_texts.parse,
    "pickups": pickup_texts.parse,
}


async def unreadable(session: Session) -> Sequence[tuple[str, str]]:
    """What cannot be read any more: the code of an area or a station, and which of its columns."""
    areas = await session.scalars(select(Area).order_by(Area.code))
    taking = select(Station).where(Station.takes.is_not(None)).order_by(Station.code)
    stations = await session.scalars(taking)
    return [
        *(
            (area.code, column)
            for area in areas
            for column, parse in _PARSERS.items()
            if not _is_readable(parse, getattr(area, column) or "")
        ),
        *(
            (station.code, "takes")
            for station in stations
            if not set((station.takes or "").split(",")) <= set(Stream)
        ),
    ]


def _is_readable(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except BadCell:
        return False
    return True


async def idle(session: Session, catalogue: Catalogue) -> Sequence[tuple[str, str]]:
    """Rules and lessons about what the catalogue does not have any more, so that they say nothing.

    The area's code, empty for everywhere, and the name that they are about.
    """
    taught = await lessons.by_area(session)
    ruled = await session.execute(
        select(Area.code, CityRule.name, CityRule.group_key)
        .join(CityRule, CityRule.area_id == Area.id)
        .order_by(Area.path, CityRule.id)
    )
    rules = ruled.all()
    groups = {USUAL, *catalogue.groups}
    items = {item.name for item in catalogue.items} | {name for _, name, _ in rules}
    items |= {one.name for said in taught.values() for one in said if one.says is Says.ITEM}
    found = [(code, name) for code, name, group in rules if group not in groups]
    return found + [
        (code, one.name)
        for code, said in taught.items()
        for one in said
        if (one.item and one.item not in items) or (one.group and one.group not in groups)
    ]
