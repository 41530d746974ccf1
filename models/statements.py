"""What a household is shown of its points: day by day, and transfer by transfer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from models.base import Session
from models.drop_off_tables import DropOff
from models.points import Account, Kind, Transfer
from models.stations import Station

WEEKS = 12
"""How many weeks the picture shows."""


@dataclass(frozen=True, slots=True)
class Week:
    """What the drop-offs of a week have given."""

    monday: date
    points: int


@dataclass(frozen=True, slots=True)
class Line:
    """A transfer, and what it can be traced to."""

    id: int
    at: datetime
    points: int
    """What it did to the balance."""
    reason: str
    drop_off: DropOff | None
    station: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, the newest first, and whether there are others."""

    lines: Sequence[Line]
    has_newer: bool
    has_older: bool


async def weeks(session: Session, household_id: int, today: date) -> Sequence[Week]:
    """The last weeks, this one last; each begins on its Monday."""
    this = today - timedelta(days=today.weekday())
    mondays = [this - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    days = await _earned(session, household_id, mondays[0])
    return [
        Week(monday, sum(won for day, won in days.items() if monday == _monday(day)))
        for monday in mondays
    ]


async def month(session: Session, household_id: int, today: date) -> int:
    """What the drop-offs of this month have given."""
    return sum((await _earned(session, household_id, today.replace(day=1))).values())


async def page(
    session: Session,
    household_id: int,
    length: int,
    *,
    before: int | None = None,
    after: int | None = None,
) -> Page:
    """The newest page, the one before a transfer, or the one after it."""
    found = await history(session, household_id, length + 1, before, after)
    if after is not None and len(found) <= length:
        return await page(session, household_id, length)  # fewer are left: the newest page
    more = len(found) > length
    shown = found[-length:] if after is not None else found[:length]
    lines = await _traced(session, shown)
    if after is not None:
        return Page(lines, has_newer=more, has_older=True)
    return Page(lines, has_newer=before is not None, has_older=more)


async def history(
    session: Session,
    household_id: int,
    limit: int,
    before: int | None = None,
    after: int | None = None,
) -> Sequence[tuple[Transfer, int]]:
    """A household's transfers, newest first, each with what it did to the balance.

    The last of all, the last before one, or the first after one.
    """
    own = await session.scalar(
        select(Account.id).where(Account.kind == Kind.OWN, Account.owner_id == household_id)
    )
    if own is None:
        return []
    found: list[Transfer] = []
    # Two queries, each along its index: an OR over both would sort all that there is.
    for side in (Transfer.credit_id, Transfer.debit_id):
        query = select(Transfer).where(side == own)
        if before is not None:
            query = query.where(Transfer.id < before)
        if after is not None:
            query = query.where(Transfer.id > after)
        order = Transfer.id.desc() if after is None else Transfer.id
        found += await session.scalars(query.order_by(order).limit(limit))
    found.sort(key=lambda each: each.id, reverse=after is None)
    chosen = sorted(found[:limit], key=lambda each: -each.id)
    return [(each, each.points if each.credit_id == own else -each.points) for each in chosen]


async def _earned(session: Session, household_id: int, since: date) -> dict[date, int]:
    found = await session.execute(
        select(DropOff.day, func.sum(DropOff.points))
        .where(
            DropOff.household_id == household_id,
            DropOff.day >= since,
            DropOff.voided_at.is_(None),
        )
        .group_by(DropOff.day)
    )
    return {day: int(won) for day, won in found}


async def _traced(session: Session, found: Sequence[tuple[Transfer, int]]) -> list[Line]:
    ids = {transfer.drop_off_id for transfer, _ in found if transfer.drop_off_id is not None}
    known = await session.execute(
        select(DropOff, Station.name)
        .join(Station, Station.id == DropOff.station_id)
        .where(DropOff.id.in_(ids))
    )
    traced = {drop_off.id: (drop_off, station) for drop_off, station in known}
    return [
        Line(
            each.id, each.at, change, each.reason, *traced.get(each.drop_off_id or 0, (None, None))
        )
        for each, change in found
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
