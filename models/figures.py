"""Figures: how much has happened, counted over all places. For reports to the engineer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from models.areas import Area
from models.base import Base, Session
from models.drop_off_tables import DropOff, DropOffChange
from models.households import Household
from models.memberships import Membership
from models.points import Account, Kind, Transfer
from models.questions import Question
from models.shifts import Ended, Shift


@dataclass(frozen=True, slots=True)
class Figures:
    """How many there are."""

    households: int
    living: int
    """People who have joined one."""
    shifts: int
    closed_by_clock: int
    changes: int
    """Of drop-offs, after they were recorded."""
    withdrawn: int
    transfers: int
    issued: int
    """Points that areas have given, less what was taken back."""
    unknown: int
    """Questions that are kept for staff."""


async def figures(session: Session) -> Figures:
    """How many of everything."""

    async def count(table: type[Base], *where: ColumnElement[bool]) -> int:
        wanted = select(func.count()).select_from(table).where(*where)
        return await session.scalar(wanted) or 0

    issued = select(func.sum(-Account.balance)).where(Account.kind == Kind.ISSUED)
    return Figures(
        households=await count(Household, Household.closed_at.is_(None)),
        living=await count(Membership, Membership.ended_at.is_(None)),
        shifts=await count(Shift),
        closed_by_clock=await count(Shift, Shift.ended == Ended.TIME),
        changes=await count(DropOffChange),
        withdrawn=await count(DropOff, DropOff.voided_at.is_not(None)),
        transfers=await count(Transfer),
        issued=int(await session.scalar(issued) or 0),
        unknown=await count(Question),
    )


@dataclass(frozen=True, slots=True)
class Recorded:
    """A drop-off that counts, by where the household lives."""

    place: str
    address: str
    at: datetime
    quality: str
    points: int


async def recorded(session: Session) -> Sequence[Recorded]:
    """Every drop-off that counts."""
    found = await session.execute(
        select(Area.name, Household, DropOff.at, DropOff.quality, DropOff.points)
        .join(DropOff, DropOff.household_id == Household.id)
        .join(Area, Area.id == Household.area_id)
        .where(DropOff.voided_at.is_(None))
    )
    return [
        Recorded(place, home.address, at, str(quality), points)
        for place, home, at, quality, points in found
    ]


async def is_empty(session: Session) -> bool:
    """Whether there is nothing in the database, but its tables."""
    for table in Base.metadata.sorted_tables:
        if (await session.execute(select(1).select_from(table).limit(1))).first():
            return False
    return True
