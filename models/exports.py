"""Exports: what a city owns, as the files that an import reads."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased

from models.areas import Area
from models.base import Session
from models.city_rules import COLUMNS as COLUMNS_OF_RULES
from models.city_rules import CityRule
from models.households import Household
from models.imports import areas, staff
from models.imports.tables import COLUMNS, Kind
from models.roles import Grant
from models.stations import Station

CHINESE = "zh"

Cells = tuple[Any, ...]


def header(kind: Kind, language: str) -> list[str]:
    """The headings of a table."""
    return [names[language == CHINESE] for names in COLUMNS[kind].values()]


async def rows(session: Session, kind: Kind, language: str) -> Sequence[Sequence[str]]:
    """The rows of a table, place by place."""
    found = await session.execute(_QUERIES[kind])
    return [_written(row, _words(kind) if language == CHINESE else {}) for row in found]


_parent = aliased(Area)

_QUERIES: Mapping[Kind, Select[*Cells]] = {
    Kind.AREAS: select(Area.code, Area.name, Area.kind, _parent.code)
    .add_columns(Area.scheme, Area.windows, Area.tariff, Area.pickups, Area.phone)
    .outerjoin(_parent, _parent.id == Area.parent_id)
    .order_by(Area.path),
    Kind.HOUSEHOLDS: select(Area.code, Household.building, Household.unit, Household.room)
    .join(Area, Area.id == Household.area_id)
    .where(Household.closed_at.is_(None))
    .order_by(Area.path, Household.id),
    Kind.STATIONS: select(Area.code, Station.code, Station.name, Station.address)
    .add_columns(Station.latitude, Station.longitude)
    .add_columns(Station.responsible, Station.phone, Station.destination, Station.takes)
    .join(Area, Area.id == Station.area_id)
    .order_by(Area.path, Station.code),
    Kind.STAFF: select(Area.code, Grant.role, Grant.name, Grant.resident_id)
    .join(Area, Area.id == Grant.area_id)
    # Not who is invited: the link is known to nobody but the person.
    .where(Grant.ended_at.is_(None), Grant.resident_id.is_not(None))
    .order_by(Area.path, Grant.id),
    Kind.RULES: select(Area.code, CityRule.since)
    .add_columns(*(getattr(CityRule, name) for name in COLUMNS_OF_RULES.values()))
    .join(Area, Area.id == CityRule.area_id)
    .order_by(Area.path, CityRule.since, CityRule.name),
}


def _words(kind: Kind) -> Mapping[str, str]:
    """Chinese words for what we keep in English; an import understands both."""
    names = {Kind.AREAS: areas.NAMES, Kind.STAFF: staff.NAMES}.get(kind, {})
    return {value: name for name, value in reversed(names.items()) if name != value}


def _written(row: Row[*Cells], words: Mapping[str, str]) -> list[str]:
    return ["" if cell is None else words.get(text := str(cell), text) for cell in row]
