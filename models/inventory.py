"""Inventory: how much there is, and what in it cannot be right. For `greenbin doctor`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from knowledge import pickup_texts, schedule_texts, tariff_texts
from knowledge.cells import BadCell
from knowledge.streams import Stream
from models.areas import Area
from models.base import Session
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
