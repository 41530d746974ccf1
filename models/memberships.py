"""Memberships: who lives in a household. One asks to join; somebody who may say so approves."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    String,
    bindparam,
    delete,
    func,
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

SLIP = timedelta(days=14)
"""How long a joining slip may be used."""

REQUEST = timedelta(days=7)
"""How long a wish to join waits for an answer."""

KEPT = timedelta(days=365)
"""How long the name and the Telegram id of somebody who lives there no more are kept."""

REQUESTS_A_DAY = 5
"""How many households one may ask in a day: who asks more is guessing."""


class AlreadyMember(Refusal):
    """The person lives in a household already, this one or another."""


class NotMember(Refusal):
    """The person does not live in this household."""


class AskedTooOften(Refusal):
    """The person has asked too many households today."""


class RequestOver(Refusal):
    """Somebody has answered already, or the person asks no more."""


class LivesElsewhere(Refusal):
    """Who asked to join has found another home meanwhile."""


class NeedsAdult(Refusal):
    """A child can live only with an adult who has agreed."""


class SlipOver(Refusal):
    """The slip was used, or is too old."""


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


class JoinRequest(Base):
    """A wish to join a household."""

    __tablename__ = "join_requests"
    __table_args__ = (Index("ix_join_requests_household_id", "household_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"))
    resident_id: Mapped[int] = mapped_column(BigInteger, index=True)
    name: Mapped[str] = mapped_column(String(40))
    is_adult: Mapped[bool]
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by: Mapped[int | None]
    approved: Mapped[bool | None]


class Slip(Base):
    """A paper that lets its first user join without asking."""

    __tablename__ = "slips"

    token: Mapped[bytes] = mapped_column(primary_key=True)
    """A digest of what the slip says."""
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"))
    made_by: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Asked(StrEnum):
    """Who is asked whether somebody may join."""

    MEMBERS = "members"
    STAFF = "staff"
    """Where no adult lives."""
    NOBODY = "nobody"
    """Where there is no staff, either."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish to join that waits, and who is asked."""

    request: JoinRequest
    asked: Asked


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


async def waiting(session: Session, household_id: int, now: datetime) -> Sequence[JoinRequest]:
    """The wishes to join that nobody has answered yet."""
    found = await session.scalars(
        select(JoinRequest)
        .where(
            JoinRequest.household_id == household_id,
            JoinRequest.answered_at.is_(None),
            JoinRequest.asked_at >= now - REQUEST,
        )
        .order_by(JoinRequest.id)
    )
    return list(found)


async def ask(
    session: Session, household_id: int, resident_id: int, name: str, *, adult: bool, now: datetime
) -> Wish:
    """A wish to join; those who may answer it are told. Writes.

    The adults who live there answer; where none does, the staff of the place. Who asks again
    takes the first wish back.
    """
    household = await households.lock(session, household_id)
    if household.closed_at:
        raise households.HouseholdClosed
    if await of(session, resident_id):
        raise AlreadyMember
    asked = select(func.count()).where(
        JoinRequest.resident_id == resident_id, JoinRequest.asked_at > now - timedelta(days=1)
    )
    if (await session.scalar(asked) or 0) >= REQUESTS_A_DAY:
        raise AskedTooOften
    await _withdraw(session, resident_id, now)
    adults = [one for one in await members(session, household_id) if one.is_adult]
    if not adult and not adults:
        raise NeedsAdult
    request = JoinRequest(
        household_id=household_id, resident_id=resident_id, name=name[:40], is_adult=adult,
        asked_at=now, answered_at=None, answered_by=None, approved=None,
    )  # fmt: skip
    session.add(request)
    await session.flush()  # the notices name it
    phones = [one.resident_id for one in adults if one.resident_id is not None]
    to = phones or await news.staff_of(session, household)
    asked_are = Asked.MEMBERS if phones else Asked.STAFF if to else Asked.NOBODY
    await news.asks(session, request, household, to, asked_are, REQUEST)
    return Wish(request, asked_are)


async def answer(
    session: Session, request_id: int, resident_id: int, held: Roles, *, yes: bool, now: datetime
) -> JoinRequest:
    """Approve a wish to join, or not; raises `RequestOver`, `NotAllowed`. Writes."""
    request = await session.get(JoinRequest, request_id)
    if request is None:
        raise RequestOver(how="late", who="nobody", name="")
    household = await households.lock(session, request.household_id)
    await session.refresh(request)
    await _may_answer(session, household, resident_id, held)
    if request.answered_at or request.asked_at < now - REQUEST or household.closed_at:
        raise await _over(session, request, resident_id)
    if yes and await of(session, request.resident_id):
        raise LivesElsewhere
    by = await actors.of(session, resident_id)
    request.answered_at, request.answered_by, request.approved = now, by, yes
    if yes:
        try:
            await _admit(
                session, household, request.resident_id, request.name,
                adult=request.is_adult, agreed_at=request.asked_at, by=by, now=now,
            )  # fmt: skip
        except AlreadyMember:  # since a moment ago; and it is not who answers that lives there
            raise LivesElsewhere from None
    await news.answered(session, request, household, now)
    return request


async def make_slip(
    session: Session, household_id: int, held: Roles, by: int, now: datetime
) -> bytes:
    """The token of a new joining slip; only staff of the place hand them out. Writes."""
    household = await households.lock(session, household_id)
    area = await session.get_one(Area, household.area_id)
    roles.require(held, Role.STAFF, Role.ADMIN, path=area.path)
    token = secrets.token_bytes(8)
    session.add(
        Slip(
            token=households.digest(token), household_id=household_id,
            made_by=by, made_at=now, used_at=None,
        )
    )  # fmt: skip
    return token


async def slip_for(session: Session, token: bytes, now: datetime) -> Household:
    """The household that a slip lets in, as long as it may be used."""
    slip = await session.get(Slip, households.digest(token))
    if slip is None or slip.used_at or slip.made_at < now - SLIP:
        raise SlipOver
    return await session.get_one(Household, slip.household_id)


async def use_slip(
    session: Session, token: bytes, resident_id: int, name: str, *, adult: bool, now: datetime
) -> Household:
    """Join by a slip, which is used up. Writes."""
    household = await households.lock(session, (await slip_for(session, token, now)).id)
    used = await session.scalar(
        update(Slip)
        .where(Slip.token == households.digest(token), Slip.used_at.is_(None))
        .values(used_at=now)
        .returning(Slip.made_by)
        .execution_options(synchronize_session=False)
    )
    if used is None or household.closed_at:
        raise SlipOver
    living = await members(session, household.id)
    if not adult and not any(one.is_adult for one in living):
        raise NeedsAdult
    await _withdraw(session, resident_id, now)
    await _admit(
        session, household, resident_id, name, adult=adult, agreed_at=now, by=used, now=now
    )
    return household


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
        await _may_answer(session, household, by_resident, held, staff_always=True)
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
    await _may_answer(session, household, resident_id, held, staff_always=True)
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
    """Forget who lived somewhere once, and who asked and was answered, after a year. Writes."""
    await session.execute(
        update(Membership)
        .where(Membership.ended_at < now - KEPT, Membership.resident_id.is_not(None))
        .values(name="", resident_id=None)
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        delete(JoinRequest)
        .where(JoinRequest.asked_at < now - KEPT)
        .execution_options(synchronize_session=False)
    )


async def _may_answer(
    session: Session,
    household: Household,
    resident_id: int,
    held: Roles,
    *,
    staff_always: bool = False,
) -> None:
    """Refuse unless the person lives there as an adult, or is staff where no adult lives."""
    adults = [one for one in await members(session, household.id) if one.is_adult]
    if any(one.resident_id == resident_id for one in adults):
        return
    if adults and not staff_always:
        raise roles.NotAllowed
    area = await session.get_one(Area, household.area_id)
    roles.require(held, Role.STAFF, Role.ADMIN, path=area.path)


async def _over(session: Session, request: JoinRequest, resident_id: int) -> RequestOver:
    """Why a wish cannot be answered any more: who was first, and what was said."""
    if request.answered_by is None:
        how = "withdrawn" if request.answered_at else "late"
        return RequestOver(how=how, who="nobody", name="")
    how = "approved" if request.approved else "refused"
    person = await actors.person(session, request.answered_by)
    if person == resident_id:
        return RequestOver(how=how, who="you", name="")
    first = await of(session, person) if person is not None else None
    if first is None or first.household_id != request.household_id:
        return RequestOver(how=how, who="staff", name="")
    return RequestOver(how=how, who="member", name=first.name)


async def _admit(
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


async def _withdraw(session: Session, resident_id: int, now: datetime) -> None:
    await session.execute(
        update(JoinRequest)
        .where(JoinRequest.resident_id == resident_id, JoinRequest.answered_at.is_(None))
        .values(answered_at=now)
        .execution_options(synchronize_session=False)
    )
