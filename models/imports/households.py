"""Importing households: a whole city's, a community at a time.

Three hundred thousand must go through: rows are read once and kept as no more than an address,
and are written many at a time. Each new household gets its card.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, select

from knowledge import numbers
from knowledge.households import part
from models import areas, base
from models.base import Session
from models.households import Card, Household, NoMoreNumbers
from models.imports import cells
from models.imports.areas import Tree
from models.imports.counts import Count, Report
from models.imports.problems import Wrong
from models.imports.tables import Kind, Row, Sheet

AT_ONCE = 5_000
"""How many rows are written with one statement."""

HOMES = (areas.Kind.COMMUNITY, areas.Kind.ESTATE)

Address = tuple[str, str, str]
"""Building, unit and room."""

COLUMNS = {"building": Household.building, "unit": Household.unit, "room": Household.room}


@dataclass(slots=True)
class Homes:
    """The households of the files, by the code of their area."""

    named: dict[str, dict[Address, tuple[str, int]]] = field(default_factory=dict)
    """Each with where it stands, in case that it stands there twice."""
    new: dict[str, list[Address]] = field(default_factory=dict)


async def plan(session: Session, sheets: Iterable[Sheet], tree: Tree, report: Report) -> Homes:
    """Read the sheets and hold them against what is known; nothing is changed yet."""
    homes = Homes()
    sheets = list(sheets)
    for sheet in sheets:
        _read(sheet, tree, homes)
    if sheets:
        report.counts[Kind.HOUSEHOLDS] = count = Count()
        for code, named in homes.named.items():
            there = await _there(session, tree, code)
            homes.new[code] = [address for address in named if address not in there]
            count.new += len(homes.new[code])
            count.same += len(named) - len(homes.new[code])
            left = ["-".join(filter(None, each)) for each in sorted(there - named.keys())]
            report.leaves_out(Kind.HOUSEHOLDS, left, where=code)
    return homes


async def carry_out(session: Session, homes: Homes, tree: Tree, now: datetime) -> None:
    """Write what was planned, with a card for every household that has none. Writes."""
    names = ("area_id", "building", "unit", "room", "made_at")
    for code, new in homes.new.items():
        area_id = tree.known[code].id
        rows = [dict(zip(names, (area_id, *address, now), strict=True)) for address in new]
        await _insert(session, Household, rows)
    # Somebody else may take an address or a number meanwhile: what did not get one, gets another.
    while without := await _without_card(session):
        await _give_cards(session, without, now)


def _read(sheet: Sheet, tree: Tree, homes: Homes) -> None:
    usable: dict[str, str] = {}  # codes as they are written, so that each is looked at once
    for row in sheet.rows():
        written = row.cell("area") or ""
        code = usable.get(written)
        if code is None and (code := _area(row, tree)):
            usable[written] = code
        address = _address(row)
        if code is None or address is None:
            continue
        named = homes.named.setdefault(code, {})
        if before := named.get(address):
            row.twice("room", before)
        else:
            named[address] = row.place


def _area(row: Row, tree: Tree) -> str | None:
    """The code of the area, if households may lie there."""
    code = cells.code(row, "area", areas.Area.code)
    if code is None:
        return None
    if code not in tree:
        row.wrong("area", Wrong.UNKNOWN_AREA, found=code)
        return None
    kind = tree.kind(code)
    if kind not in HOMES:
        row.wrong("area", Wrong.NOT_FOR_HOMES, code=code, kind=str(kind))
        return None
    return code


def _address(row: Row) -> Address | None:
    building, unit, room = (part(name, row.cell(name) or "") for name in COLUMNS)
    is_good = True
    for name, said in zip(COLUMNS, (building, unit, room), strict=True):
        if not said and name != "unit":
            row.wrong(name, Wrong.MISSING)
            is_good = False
        elif len(said) > (longest := cells.longest(COLUMNS[name])):
            row.wrong(name, Wrong.TOO_LONG, longest=str(longest))
    return (building, unit, room) if is_good else None


async def _there(session: Session, tree: Tree, code: str) -> set[Address]:
    """The addresses of an area where somebody lives already."""
    if code not in tree.known:
        return set()
    found = await session.execute(
        select(Household.building, Household.unit, Household.room).where(
            Household.area_id == tree.known[code].id, Household.closed_at.is_(None)
        )
    )
    return {(building, unit, room) for building, unit, room in found}


async def _without_card(session: Session) -> Sequence[int]:
    counts = and_(Card.household_id == Household.id, Card.ended_at.is_(None))
    found = await session.scalars(
        select(Household.id)
        .outerjoin(Card, counts)
        .where(Card.token.is_(None), Household.closed_at.is_(None))
        .order_by(Household.id)
    )
    return list(found)


async def _give_cards(session: Session, ids: Sequence[int], now: datetime) -> None:
    """A card for each: with numbers that were never given out, and tell nothing of each other."""
    used = set(await session.scalars(select(Card.number)))
    free = [number for number in range(numbers.SERIALS) if number not in used]
    if len(free) < len(ids):
        raise NoMoreNumbers
    drawn = secrets.SystemRandom().sample(free, len(ids))
    rows = (
        {"token": secrets.token_bytes(8), "number": number, "household_id": id_, "made_at": now}
        for id_, number in zip(ids, drawn, strict=True)
    )
    await _insert(session, Card, rows)


async def _insert(session: Session, into: type[base.Base], rows: Iterable[dict[str, Any]]) -> None:
    table = into.__table__
    assert isinstance(table, Table)
    insert = base.insert_of(session)(table).on_conflict_do_nothing()
    for batch in _batches(rows):
        await session.execute(insert, batch)


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
