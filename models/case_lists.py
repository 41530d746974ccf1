"""Cases as people look at them: what staff have still to see to, and what one has reported."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select

from knowledge.cases import BY_STAFF, Kind
from models import areas, roles
from models.actors import Actor
from models.areas import Area
from models.base import Session
from models.case_steps import STAFF
from models.case_tables import Case, Entry, Reporter
from models.pickups import Person
from models.roles import Roles
from models.stations import Station


@dataclass(frozen=True, slots=True)
class Line:
    """A case in a list."""

    case: Case
    area: str
    station: str | None
    people: int
    """How many have reported it."""
    owner: str | None
    """What the one of the staff is called who has it in hand, if a name is known."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How much staff have still to see to."""

    number: int
    oldest: datetime | None
    """When the oldest was reported."""


async def figures(session: Session, held: Roles) -> Figures:
    """How many are open in the places of this person, and since when the oldest is."""
    counted = select(func.count(Case.id), func.min(Case.opened_at)).select_from(Case)
    number, oldest = (await session.execute(counted.where(_is_open_in(held)))).one()
    return Figures(number, oldest)


async def open_for(
    session: Session, held: Roles, limit: int, *, skip: int = 0, by_station: bool = False
) -> Sequence[Line]:
    """What is open in the places of this person, the oldest first.

    `by_station`: only problems, station by station.
    """
    wanted = _lines().where(_is_open_in(held))
    if by_station:
        wanted = wanted.where(Case.kind != Kind.MESSAGE).order_by(Area.path, Station.name)
    wanted = wanted.order_by(Case.opened_at, Case.id).offset(skip).limit(limit)
    return await _read(session, wanted)


async def mine(session: Session, by: Person, limit: int) -> Sequence[Line]:
    """What this person has reported, what is open first, then the newest."""
    wanted = (
        _lines()
        .where(Case.id.in_(_reported_by(by)))
        .order_by(Case.closed_at.is_not(None), Case.id.desc())
        .limit(limit)
    )
    return await _read(session, wanted)


async def line(session: Session, case: Case) -> Line:
    """One of them."""
    return (await _read(session, _lines().where(Case.id == case.id)))[0]


async def entries(
    session: Session, case: Case, reader: Person | None = None
) -> Sequence[tuple[Entry, str | None]]:
    """Everything that was said and done, in order, and what those of the staff are called.

    `reader`: only what this person and the staff have said; what others reported is not theirs.
    """
    wanted = select(Entry).where(Entry.case_id == case.id).order_by(Entry.number)
    if reader is not None:
        own = select(Actor.id).where(Actor.resident_id == reader.resident_id).scalar_subquery()
        wanted = wanted.where((Entry.actor_id == own) | Entry.act.in_(BY_STAFF))
    found = list(await session.scalars(wanted))
    names = await roles.names(session, {each.actor_id for each in found if each.act in BY_STAFF})
    return [(each, names.get(each.actor_id) if each.act in BY_STAFF else None) for each in found]


async def entry(session: Session, case: Case, number: int) -> Entry | None:
    """One of them."""
    return await session.get(Entry, (case.id, number))


def _lines() -> Select[Case, str, str | None, int]:
    people = (
        select(func.count()).where(Reporter.case_id == Case.id).correlate(Case).scalar_subquery()
    )
    return (
        select(Case, Area.name, Station.name, people)
        .join(Area, Area.id == Case.area_id)
        .outerjoin(Station, Station.id == Case.station_id)
    )


def _reported_by(by: Person) -> Select[int]:
    return (
        select(Reporter.case_id)
        .join(Actor, Actor.id == Reporter.actor_id)
        .where(Actor.resident_id == by.resident_id)
    )


async def _read(session: Session, wanted: Select[Case, str, str | None, int]) -> Sequence[Line]:
    rows = (await session.execute(wanted)).all()
    owners: Collection[int] = {case.owner for case, *_ in rows if case.owner is not None}
    names = await roles.names(session, owners)
    return [
        Line(case, area, station, people, names.get(case.owner) if case.owner else None)
        for case, area, station, people in rows
    ]


def _is_open_in(held: Roles) -> ColumnElement[bool]:
    """Whether a case is open, in the places of this person."""
    inside = select(Area.id).where(areas.inside(roles.places(held, *STAFF)))
    return and_(Case.closed_at.is_(None), Case.area_id.in_(inside))
