"""What becomes of a household, and of its points, when its people are gone: staff decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from models import actors, areas, households, memberships, news, points, roles
from models.base import Base, Moment, Refusal, Session
from models.households import Household, HouseholdClosed
from models.points import Cause, Kind
from models.roles import Role, Roles


class StillLivedIn(Refusal):
    """Somebody lives there: only these people themselves move out."""


class SameHousehold(Refusal):
    """Points are passed on to another household."""


class NothingLeft(Refusal):
    """The household has no points."""


class Why(StrEnum):
    """The reason that staff give."""

    MOVED = "moved"
    """The people live elsewhere now."""
    MERGED = "merged"
    """Two households are one now."""
    MISTAKE = "mistake"
    """It was written down wrongly."""
    OTHER = "other"


class Settlement(Base):
    """A decision of the staff about a household's points."""

    __tablename__ = "settlements"

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    to_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"))
    """Who has the points now; None if they went back to the area."""
    points: Mapped[int]
    why: Mapped[Why] = mapped_column(String(8))
    actor_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Staff:
    """Who decides, as the writing transaction knows the person."""

    resident_id: int
    roles: Roles


async def pass_on(
    session: Session, household_id: int, to_id: int, by: Staff, why: Why, now: datetime
) -> Settlement:
    """Give all points of a household where nobody is registered to another one. Writes."""
    if household_id == to_id:
        raise SameHousehold
    for each in sorted((household_id, to_id)):
        household = await households.lock(session, each)  # always in the same order
        await in_charge(session, household, by.roles)
    if (await households.lock(session, to_id)).closed_at:
        raise HouseholdClosed
    await _nobody_lives_in(session, household_id)
    if not (await points.balance(session, household_id, now)).points:
        raise NothingLeft
    settlement = await _settle(session, household_id, to_id, (Kind.OWN, to_id), by, why, now)
    balance = await points.balance(session, to_id, now)
    living = await memberships.members(session, to_id)
    about = f"settlement {settlement.id}"
    await news.points_came(session, living, about, settlement.points, balance.points, now)
    return settlement


async def close(
    session: Session, household_id: int, by: Staff, why: Why, now: datetime
) -> Settlement:
    """Close a household where nobody is registered; its points go back to the area. Writes.

    The address has a new household then, with a new card, for those who come.
    """
    household = await households.lock(session, household_id)
    await in_charge(session, household, by.roles)
    await _nobody_lives_in(session, household_id)
    left = (await points.balance(session, household_id, now)).points
    if household.closed_at and not left:
        raise HouseholdClosed
    if not household.closed_at:
        await households.succeed(session, household, now)
    place = (Kind.CLOSED, household.area_id)
    return await _settle(session, household_id, None, place, by, why, now)


async def in_charge(session: Session, household: Household, held: Roles) -> None:
    """Refuse unless the person is staff where the household lives."""
    area = await session.get_one(areas.Area, household.area_id)
    roles.require(held, Role.STAFF, Role.ADMIN, path=area.path)


async def of(session: Session, household_id: int) -> Sequence[Settlement]:
    """What was decided about a household, in order."""
    found = await session.scalars(
        select(Settlement).where(Settlement.household_id == household_id).order_by(Settlement.id)
    )
    return list(found)


async def _nobody_lives_in(session: Session, household_id: int) -> None:
    if await memberships.members(session, household_id):
        raise StillLivedIn


async def _settle(
    session: Session,
    household_id: int,
    to_id: int | None,
    account: tuple[Kind, int],
    by: Staff,
    why: Why,
    now: datetime,
) -> Settlement:
    actor = await actors.of(session, by.resident_id)
    settlement = Settlement(
        household_id=household_id, to_id=to_id, points=0, why=why, actor_id=actor, at=now
    )
    session.add(settlement)
    await session.flush()  # the transfer's key names it
    reason = "closed" if to_id is None else "passed-on"
    cause = Cause(f"settlement:{settlement.id}", reason, actor, now)
    settlement.points = await points.pass_on(session, household_id, account, cause)
    return settlement
