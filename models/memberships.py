"""Memberships: who lives in a household, and who may say who does."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    String,
    bindparam,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import actors, households, news, points, roles
from models.areas import Area
from models.base import Base, Moment, Refusal, Session
from models.households import Card, Household
from models.roles import Role, Roles

KEPT = timedelta(days=365)
"""How long the name and the Telegram id of somebody who lives there no more are kept."""


class AlreadyMember(Refusal):
    """The person lives in a household already, this one or another."""


class NotMember(Refusal):
    """The person does not live in this household."""


class Ended(StrEnum):
    """How a membership ended."""

    LEFT = "left"
    REMOVED = "removed"
    MOVED = "moved"
    """The household moved out."""


class Membership(Base):
    """A person's place in a household."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index("ix_memberships_household_id", "household_id"),
        # One home a person: the database holds it, whoever approves at the same moment.
        Index(
            "uq_memberships_resident_id",
            "resident_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"))
    resident_id: Mapped[int | None] = mapped_column(BigInteger)
    """Telegram id; None once the person is erased."""
    name: Mapped[str] = mapped_column(String(40))
    """What the person is called in Telegram, for those who approve and remove."""
    is_adult: Mapped[bool]
    agreed_at: Mapped[datetime] = mapped_column(Moment)
    """When the person agreed to what is kept."""
    joined_at: Mapped[datetime] = mapped_column(Moment)
    approved_by: Mapped[int]
    """An actor."""
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended: Mapped[Ended | None] = mapped_column(String(8))
    ended_by: Mapped[int | None]


async def of(session: Session, resident_id: int) -> Membership | None:
    """The person's place, if there is one."""
    return await session.scalar(
        select(Membership).where(
            Membership.resident_id == resident_id, Membership.ended_at.is_(None)
        )
    )


async def by_id(session: Session, membership_id: int) -> Membership:
    """A place in a household that has not ended."""
    found = await session.get(Membership, membership_id)
    if found is None or found.ended_at:
        raise NotMember
    return found


async def members(session: Session, household_id: int) -> Sequence[Membership]:
    """Who lives there, in the order in which they came."""
    found = await session.scalars(
        select(Membership)
        .where(Membership.household_id == household_id, Membership.ended_at.is_(None))
        .order_by(Membership.id)
    )
    return list(found)


async def people(session: Session, household_id: int) -> Sequence[int]:
    """The Telegram ids of those who live there; erased people have none."""
    return list(await session.scalars(_PEOPLE, {"household_id": household_id}))


# Made once: every drop-off asks it.
_PEOPLE = select(Membership.resident_id).where(
    Membership.household_id == bindparam("household_id"),
    Membership.ended_at.is_(None),
    Membership.resident_id.is_not(None),
)


async def ever(session: Session, household_id: int) -> Sequence[int]:
    """The Telegram ids of those who live there or once did, as long as they are known."""
    found = await session.scalars(
        select(Membership.resident_id).where(
            Membership.household_id == household_id, Membership.resident_id.is_not(None)
        )
    )
    return [id_ for id_ in found if id_ is not None]


async def end(
    session: Session, membership_id: int, by_resident: int, held: Roles, now: datetime
) -> Membership:
    """Leave, or be removed by an adult of the household or the staff of the place. Writes."""
    membership = await session.get(Membership, membership_id)
    if membership is None:
        raise NotMember
    household = await households.lock(session, membership.household_id)
    await session.refresh(membership)
    if membership.ended_at:
        raise NotMember
    leaves = membership.resident_id == by_resident
    if not leaves:
        await require_say(session, household, by_resident, held, staff_always=True)
    membership.ended_at = now
    membership.ended = Ended.LEFT if leaves else Ended.REMOVED
    membership.ended_by = await actors.of(session, by_resident)
    await session.flush()
    if not leaves:
        await news.removed(session, household, membership, now)
    living = await members(session, household.id)
    if not any(one.is_adult for one in living):
        about = f"household-empty {membership.id}"
        left = await points.balance(session, household.id, now)
        await news.nobody_left(session, household, about, left.points, len(living), now)
    return membership


async def renew_card(
    session: Session, household_id: int, resident_id: int, held: Roles, now: datetime
) -> Card:
    """A new code and number, for an adult who lives there or staff of the place. Writes."""
    household = await households.lock(session, household_id)
    if household.closed_at:
        raise households.HouseholdClosed
    await require_say(session, household, resident_id, held, staff_always=True)
    return await households.renew_card(session, household_id, now)


async def move_out(
    session: Session, household_id: int, resident_id: int, now: datetime
) -> Household:
    """All of a household leave; the new household at the address. Writes.

    Its card stops, and the address gets a new household for those who come. The points stay with
    the old one until staff close it or pass them on.
    """
    household = await households.lock(session, household_id)
    living = await members(session, household_id)
    if not any(one.resident_id == resident_id and one.is_adult for one in living):
        raise NotMember
    by = await actors.of(session, resident_id)
    for one in living:
        one.ended_at, one.ended, one.ended_by = now, Ended.MOVED, by
    new = await households.succeed(session, household, now)
    others = [one for one in living if one.resident_id != resident_id]
    await news.moved(session, household, others, now)
    left = await points.balance(session, household_id, now)
    about = f"household-moved {household_id}"
    await news.nobody_left(session, household, about, left.points, 0, now)
    return new


async def forget_ended(session: Session, now: datetime) -> None:
    """Forget who lived somewhere once, after a year. Writes."""
    await session.execute(
        update(Membership)
        .where(Membership.ended_at < now - KEPT, Membership.resident_id.is_not(None))
        .values(name="", resident_id=None)
        .execution_options(synchronize_session=False)
    )


async def require_say(
    session: Session,
    household: Household,
    resident_id: int,
    held: Roles,
    *,
    staff_always: bool = False,
) -> None:
    """Refuse unless the person lives there as an adult, or is staff where no adult lives.

    `staff_always`: or is staff of the place, whoever lives there.
    """
    adults = [one for one in await members(session, household.id) if one.is_adult]
    if any(one.resident_id == resident_id for one in adults):
        return
    if adults and not staff_always:
        raise roles.NotAllowed
    area = await session.get_one(Area, household.area_id)
    roles.require(held, Role.STAFF, Role.ADMIN, path=area.path)


async def admit(
    session: Session,
    household: Household,
    resident_id: int,
    name: str,
    *,
    adult: bool,
    agreed_at: datetime,
    by: int,
    now: datetime,
) -> None:
    """Let somebody live there; raises `AlreadyMember`. Writes."""
    if await of(session, resident_id):
        raise AlreadyMember
    living = await members(session, household.id)
    member = Membership(
        household_id=household.id, resident_id=resident_id, name=name[:40], is_adult=adult,
        agreed_at=agreed_at, joined_at=now, approved_by=by,
        ended_at=None, ended=None, ended_by=None,
    )  # fmt: skip
    session.add(member)
    await session.flush()
    approver = await actors.person(session, by)
    others = [one for one in living if one.resident_id != approver]
    await news.joined(session, household, member, others, now)
