"""Invitations: a link that gives its first user a role."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, String, and_, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import actors, households, roles
from models.areas import Area, inside
from models.base import Base, Moment, Refusal, Session
from models.roles import GRANTED_BY, Grant, Role, Roles

LASTS = timedelta(hours=48)
"""How long an invitation may be used."""


class InvitationOver(Refusal):
    """The invitation was used, is too old, or was taken back."""


class OwnInvitation(Refusal):
    """Who made an invitation passes it on, and does not use it."""


class Invitation(Base):
    """A link that gives its first user a role."""

    __tablename__ = "invitations"

    token: Mapped[bytes] = mapped_column(primary_key=True)
    """A digest of what the link says: who reads the database cannot use it."""
    role: Mapped[Role] = mapped_column(String(10))
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    note: Mapped[str | None] = mapped_column(String(40))
    """Whom it is for, if a file said so."""
    made_by: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Moment)
    used_by: Mapped[int | None]
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    """When it was taken back, because who made it may invite no more."""


async def invite(
    session: Session, held: Roles, role: Role, area: Area, by: int, now: datetime
) -> bytes:
    """The token of a new invitation; raises `NotAllowed`. Writes."""
    roles.require(held, *GRANTED_BY.get(role, ()), path=area.path)
    return new(session, role, area, by, now)


def new(
    session: Session, role: Role, area: Area, by: int, now: datetime, *, note: str | None = None
) -> bytes:
    """The token of a new invitation, whoever makes it. Writes."""
    token = secrets.token_bytes(8)
    session.add(
        Invitation(
            token=households.digest(token), role=role, area_id=area.id, note=note, made_by=by,
            made_at=now, used_by=None, used_at=None, ended_at=None,
        )
    )  # fmt: skip
    return token


def counts_still(now: datetime) -> ColumnElement[bool]:
    """Of invitations, those that were used, and those that may still be."""
    is_open = and_(Invitation.ended_at.is_(None), Invitation.made_at > now - LASTS)
    return or_(Invitation.used_at.is_not(None), is_open)


async def accept(
    session: Session, token: bytes, resident_id: int, name: str, now: datetime
) -> Grant:
    """Use an invitation up; raises `InvitationOver`. Writes.

    Who opens it once more hears the same again. Who made it, or has the role already, leaves it
    to whom it is for: they get what they have, or `OwnInvitation`.
    """
    invitation = await session.get(
        Invitation, households.digest(token), with_for_update=True, populate_existing=True
    )
    if invitation is None:
        raise InvitationOver
    actor = await actors.of(session, resident_id)
    role = Role(invitation.role)
    if had := await roles.held_by(session, actor, role, invitation.area_id):
        return had
    if invitation.made_by == actor:
        raise OwnInvitation
    if invitation.used_at or invitation.ended_at or invitation.made_at <= now - LASTS:
        raise InvitationOver
    invitation.used_by, invitation.used_at = actor, now
    area = await session.get_one(Area, invitation.area_id)
    return await roles.grant(session, resident_id, name, role, area, invitation.made_by, now)


async def take_back(session: Session, grant: Grant, now: datetime) -> None:
    """End what somebody invited others to by a role that is over, where nobody came. Writes."""
    await session.execute(
        update(Invitation)
        .where(Invitation.made_by == grant.actor_id)
        .where(Invitation.area_id.in_(select(Area.id).where(inside([grant.area_id]))))
        .where(Invitation.used_at.is_(None), Invitation.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )
