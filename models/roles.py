"""Roles: who may do what, and where. Each was granted by somebody, and each end is kept, too.

They are read again in the transaction that changes something: who was relieved a second ago may
do nothing any more.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import actors, households
from models.areas import Area, ids_of
from models.base import Base, Moment, Refusal, Session

INVITATION = timedelta(hours=48)
"""How long an invitation may be used."""


class NotAllowed(Refusal):
    """The person has not the role for this, or not here."""


class InvitationOver(Refusal):
    """The invitation was used, is too old, or was taken back."""


class Role(StrEnum):
    """Roles, the lesser first."""

    VOLUNTEER = "volunteer"
    """Guards a station and records drop-offs."""
    CREW = "crew"
    """Empties and collects."""
    STAFF = "staff"
    """Runs a community."""
    ADMIN = "admin"
    """Runs the deployment."""


GRANTED_BY = {
    Role.VOLUNTEER: (Role.STAFF, Role.ADMIN),
    Role.CREW: (Role.STAFF, Role.ADMIN),
    Role.STAFF: (Role.ADMIN,),
}
"""Who may give a role. Nobody gives the admin's: the settings name them."""


class Grant(Base):
    """A role that somebody has, or had."""

    __tablename__ = "grants"
    __table_args__ = (Index("ix_grants_resident_id", "resident_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int | None] = mapped_column(BigInteger)
    """Telegram id; None once the person is erased."""
    actor_id: Mapped[int]
    """The same person, as the books name them."""
    role: Mapped[Role] = mapped_column(String(10))
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    granted_by: Mapped[int]
    granted_at: Mapped[datetime] = mapped_column(Moment)
    ended_by: Mapped[int | None]
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Invitation(Base):
    """A link that gives its first user a role."""

    __tablename__ = "invitations"

    token: Mapped[bytes] = mapped_column(primary_key=True)
    """A digest of what the link says: who reads the database cannot use it."""
    role: Mapped[Role] = mapped_column(String(10))
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    made_by: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Moment)
    used_by: Mapped[int | None]
    used_at: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a person has now, and where."""

    role: Role
    area_id: int


Roles = tuple[Held, ...]
"""What a person may do. An admin's comes from the settings and holds everywhere."""

EVERYWHERE = 0


async def held(
    session: Session, resident_ids: Collection[int], admins: Collection[int], *, lock: bool = False
) -> dict[int, Roles]:
    """The roles of those of these people who have any.

    `lock`: nobody ends them before this transaction is over, so that what is done in it is done
    by somebody who may (invariant I17).
    """
    if not resident_ids:
        return {}
    found: dict[int, Roles] = {
        id_: (Held(Role.ADMIN, EVERYWHERE),) for id_ in resident_ids if id_ in admins
    }
    wanted = select(Grant.resident_id, Grant.role, Grant.area_id).where(
        Grant.resident_id.in_(resident_ids), Grant.ended_at.is_(None)
    )
    rows = await session.execute(wanted.with_for_update(read=True) if lock else wanted)
    for id_, role, area_id in rows:
        assert id_ is not None  # erased people were not asked for
        found[id_] = (*found.get(id_, ()), Held(Role(role), area_id))
    return found


def may(roles: Roles, wanted: Collection[Role], path: str | None = None) -> bool:
    """Whether one of these roles is held, and holds in the area with this path."""
    ids = {EVERYWHERE, *(ids_of(path) if path else ())}
    return any(
        one.role in wanted and (path is None or one.area_id in ids or one.role is Role.ADMIN)
        for one in roles
    )


def require(roles: Roles, *wanted: Role, path: str | None = None) -> None:
    """Refuse unless one of these roles is held here."""
    if not may(roles, wanted, path):
        raise NotAllowed


def places(roles: Roles, *wanted: Role) -> list[int]:
    """The areas where one of these roles is held."""
    return [one.area_id for one in roles if one.role in wanted]


async def invite(
    session: Session, roles: Roles, role: Role, area: Area, by: int, now: datetime
) -> bytes:
    """The token of a new invitation; raises `NotAllowed`. Writes."""
    require(roles, *GRANTED_BY.get(role, ()), path=area.path)
    token = secrets.token_bytes(8)
    session.add(
        Invitation(
            token=households.digest(token), role=role, area_id=area.id, made_by=by, made_at=now,
            used_by=None, used_at=None,
        )
    )  # fmt: skip
    return token


async def accept(session: Session, token: bytes, resident_id: int, now: datetime) -> Grant:
    """Use an invitation up; raises `InvitationOver`. Who has the role already keeps it. Writes."""
    actor = await actors.of(session, resident_id)
    used = await session.execute(
        update(Invitation)
        .where(
            Invitation.token == households.digest(token),
            Invitation.used_at.is_(None),
            Invitation.made_at > now - INVITATION,
        )
        .values(used_by=actor, used_at=now)
        .returning(Invitation.role, Invitation.area_id, Invitation.made_by)
        .execution_options(synchronize_session=False)
    )
    invitation = used.one_or_none()
    if invitation is None:
        raise InvitationOver
    role, area_id, made_by = invitation
    grant = Grant(
        resident_id=resident_id, actor_id=actor, role=Role(role), area_id=area_id,
        granted_by=made_by, granted_at=now, ended_by=None, ended_at=None,
    )  # fmt: skip
    session.add(grant)
    await session.flush()
    return grant


async def people(session: Session, area: Area) -> Sequence[Grant]:
    """The roles that are held in an area and in those around it, the greatest first."""
    grants = await session.scalars(
        select(Grant)
        .join(Area, Area.id == Grant.area_id)
        .where(Grant.ended_at.is_(None), Area.path.startswith(area.path))
        .order_by(Grant.role.desc(), Grant.id)
    )
    return list(grants)


async def revoke(
    session: Session, roles: Roles, grant_id: int, by: int, now: datetime
) -> Grant | None:
    """End a role; None if it is over already. Raises `NotAllowed`. Writes."""
    grant = await session.get(Grant, grant_id, with_for_update=True, populate_existing=True)
    if grant is None:
        raise NotAllowed
    area = await session.get_one(Area, grant.area_id)
    require(roles, *GRANTED_BY.get(Role(grant.role), ()), path=area.path)
    if grant.ended_at:
        return None
    grant.ended_by, grant.ended_at = by, now
    return grant


async def held_in(session: Session, role: Role, path: str) -> Sequence[int]:
    """The Telegram ids of those who hold this role in an area, or in one around it."""
    found = await session.scalars(
        select(Grant.resident_id).where(
            Grant.role == role,
            Grant.ended_at.is_(None),
            Grant.resident_id.is_not(None),
            Grant.area_id.in_(ids_of(path)),
        )
    )
    return sorted({id_ for id_ in found if id_ is not None})
