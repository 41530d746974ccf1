"""Joining a household: one asks, and somebody who may say so approves; or one has a slip."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import actors, households, memberships, news, roles
from models.areas import Area
from models.base import Base, Moment, Refusal, Session
from models.households import Household
from models.memberships import KEPT, AlreadyMember
from models.roles import Role, Roles

SLIP = timedelta(days=14)
"""How long a joining slip may be used."""

REQUEST = timedelta(days=7)
"""How long a wish to join waits for an answer."""

REQUESTS_A_DAY = 5
"""How many households one may ask in a day: who asks more is guessing."""


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
    if await memberships.of(session, resident_id):
        raise AlreadyMember
    asked = select(func.count()).where(
        JoinRequest.resident_id == resident_id, JoinRequest.asked_at > now - timedelta(days=1)
    )
    if (await session.scalar(asked) or 0) >= REQUESTS_A_DAY:
        raise AskedTooOften
    await _withdraw(session, resident_id, now)
    adults = [one for one in await memberships.members(session, household_id) if one.is_adult]
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
    await memberships.require_say(session, household, resident_id, held)
    if request.answered_at or request.asked_at < now - REQUEST or household.closed_at:
        raise await _over(session, request, resident_id)
    if yes and await memberships.of(session, request.resident_id):
        raise LivesElsewhere
    by = await actors.of(session, resident_id)
    request.answered_at, request.answered_by, request.approved = now, by, yes
    if yes:
        try:
            await memberships.admit(
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
    living = await memberships.members(session, household.id)
    if not adult and not any(one.is_adult for one in living):
        raise NeedsAdult
    await _withdraw(session, resident_id, now)
    await memberships.admit(
        session, household, resident_id, name, adult=adult, agreed_at=now, by=used, now=now
    )
    return household


async def forget_asked(session: Session, now: datetime) -> None:
    """Forget who asked to join, a year ago. Writes."""
    await session.execute(
        delete(JoinRequest)
        .where(JoinRequest.asked_at < now - KEPT)
        .execution_options(synchronize_session=False)
    )


async def _over(session: Session, request: JoinRequest, resident_id: int) -> RequestOver:
    """Why a wish cannot be answered any more: who was first, and what was said."""
    if request.answered_by is None:
        how = "withdrawn" if request.answered_at else "late"
        return RequestOver(how=how, who="nobody", name="")
    how = "approved" if request.approved else "refused"
    person = await actors.person(session, request.answered_by)
    if person == resident_id:
        return RequestOver(how=how, who="you", name="")
    first = await memberships.of(session, person) if person is not None else None
    if first is None or first.household_id != request.household_id:
        return RequestOver(how=how, who="staff", name="")
    return RequestOver(how=how, who="member", name=first.name)


async def _withdraw(session: Session, resident_id: int, now: datetime) -> None:
    await session.execute(
        update(JoinRequest)
        .where(JoinRequest.resident_id == resident_id, JoinRequest.answered_at.is_(None))
        .values(answered_at=now)
        .execution_options(synchronize_session=False)
    )
