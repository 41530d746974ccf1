"""Importing stations."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from models import stations
from models.areas import Area
from models.base import Session
from models.imports import cells
from models.imports.areas import Tree
from models.imports.counts import Count, Report
from models.imports.problems import Wrong
from models.imports.tables import Kind, Row, Sheet
from models.stations import Station

TEXTS = {
    "name": Station.name,
    "address": Station.address,
    "responsible": Station.responsible,
    "phone": Station.phone,
    "destination": Station.destination,
}
EMPTY = dict.fromkeys((*TEXTS, "latitude", "longitude", "takes"))


@dataclass(slots=True)
class Wanted:
    """What a row says of a station: only the columns that the file has."""

    row: Row
    area: str | None
    values: dict[str, Any]


@dataclass(slots=True)
class Places:
    """The stations of the files, and those that are known, by code."""

    known: dict[str, Station]
    wanted: dict[str, Wanted] = field(default_factory=dict)


async def plan(session: Session, sheets: Iterable[Sheet], tree: Tree, report: Report) -> Places:
    """Read the sheets and hold them against what is known; nothing is changed yet."""
    known = await session.scalars(select(Station).order_by(Station.id))
    places = Places({station.code: station for station in known})
    sheets = list(sheets)
    for sheet in sheets:
        for row in sheet.rows():
            _read(row, tree, places)
    if sheets:
        report.counts[Kind.STATIONS] = _count(places, tree)
        report.leaves_out(Kind.STATIONS, sorted(set(places.known) - set(places.wanted)))
    return places


async def carry_out(session: Session, places: Places, tree: Tree) -> None:
    """Write what was planned. Writes."""
    for code, wanted in places.wanted.items():
        values = dict(wanted.values)
        if wanted.area:
            values["area_id"] = tree.known[wanted.area].id
        if station := places.known.get(code):
            for name, value in values.items():
                setattr(station, name, value)
        else:
            session.add(Station(code=code, token=stations.new_token(), **(EMPTY | values)))
    await session.flush()


def _read(row: Row, tree: Tree, places: Places) -> None:
    code = cells.code(row, "code", Station.code)
    is_new = code not in places.known
    area = None
    if is_new or row.cell("area") is not None:
        area = cells.code(row, "area", Area.code)
        if area is not None and area not in tree:
            row.wrong("area", Wrong.UNKNOWN_AREA, found=area)
    values: dict[str, Any] = {
        name: cells.text(row, name, into)
        for name, into in TEXTS.items()
        if row.cell(name) is not None or (is_new and name == "name")
    }
    if "name" in values:
        cells.required(row, "name", values["name"])
    if row.cell("latitude") is not None or row.cell("longitude") is not None:
        values["latitude"], values["longitude"] = cells.place(row)
    if row.cell("takes") is not None:
        values["takes"] = cells.streams(row, "takes")
    if code is None:
        return
    if before := places.wanted.get(code):
        row.twice("code", before.row.place)
        return
    places.wanted[code] = Wanted(row, area, values)


def _count(places: Places, tree: Tree) -> Count:
    count = Count()
    for code, wanted in places.wanted.items():
        station = places.known.get(code)
        if station is None:
            count.new += 1
            continue
        area = tree.known.get(wanted.area or "")
        moves = wanted.area is not None and (area is None or area.id != station.area_id)
        if moves or any(getattr(station, name) != value for name, value in wanted.values.items()):
            count.changed += 1
        else:
            count.same += 1
    return count
