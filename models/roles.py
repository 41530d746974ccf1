"""Roles: who may do what, and where. Each was granted by somebody, and each end is kept, too.

They are read again in the transaction that changes something: who was relieved a second ago may
do nothing any more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    String,
    and_,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import actors, areas
from models.areas import EVERYWHERE, Area, ids_of, inside
from models.base import Base, Moment, Refusal, Session


class NotAllowed(Refusal):
    """The person has not the role for this, or not here."""


class RoleOver(Refusal):
    """The role has been taken away already."""


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
    name: Mapped[str | None] = mapped_column(String(40))
    """What the person was called in Telegram then, or in the file that named them."""
    role: Mapped[Role] = mapped_column(String(10))
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    granted_by: Mapped[int]
    granted_at: Mapped[datetime] = mapped_column(Moment)
    ended_by: Mapped[int | None]
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a person has now, and where."""

    role: Role
    area_id: int


Roles = tuple[Held, ...]
"""What a person may do. An admin's comes from the settings and holds everywhere."""


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


def grantable(roles: Roles) -> list[Role]:
    """The roles that somebody may give, the lesser first."""
    return [role for role in Role if may(roles, GRANTED_BY.get(role, ()))]


async def within_reach(
    session: Session, roles: Roles, role: Role, area_id: int
) -> tuple[Area | None, Sequence[Area]]:
    """An area, or none for the top, and those in it, where somebody may give a role.

    Raises `NotAllowed`.
    """
    return await reach(session, roles, GRANTED_BY.get(role, ()), area_id)


async def reach(
    session: Session, roles: Roles, wanted: Collection[Role], area_id: int
) -> tuple[Area | None, Sequence[Area]]:
    """An area, or none for the top, and those in it, where somebody has one of these roles.

    Raises `NotAllowed`. At the top of somebody's reach stand the areas that were given to them.
    """
    if area_id != EVERYWHERE:
        area = await session.get(Area, area_id)
        if area is None:
            raise NotAllowed
        require(roles, *wanted, path=area.path)
        return area, await areas.children(session, area_id)
    held = places(roles, *wanted)
    if EVERYWHERE in held:
        return None, await areas.children(session, None)
    own = await session.scalars(select(Area).where(Area.id.in_(held)).order_by(Area.path))
    return None, list(own)


async def up(session: Session, roles: Roles, role: Role, area: Area) -> int:
    """The area around this one, if somebody may give the role there, too; else the top."""
    around = await session.get(Area, area.parent_id) if area.parent_id else None
    may_there = around and may(roles, GRANTED_BY.get(role, ()), around.path)
    return around.id if around and may_there else EVERYWHERE


async def grant(
    session: Session, resident_id: int, name: str, role: Role, area: Area, by: int, now: datetime
) -> Grant:
    """Give somebody a role. Writes."""
    granted = Grant(
        resident_id=resident_id, actor_id=await actors.of(session, resident_id), name=name[:40],
        role=role, area_id=area.id, granted_by=by, granted_at=now, ended_by=None, ended_at=None,
    )  # fmt: skip
    session.add(granted)
    await session.flush()  # what is told of it names it
    return granted


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody's role, for those who may end it."""

    grant_id: int
    name: str | None
    role: Role
    area: str


async def people(
    session: Session, roles: Roles, limit: int, *, skip: int = 0, called: str = ""
) -> Sequence[Listed]:
    """The roles that somebody may end, place by place; only of those who are `called` so."""
    may_end = [
        and_(Grant.role == role, inside(places(roles, *GRANTED_BY[role])))
        for role in grantable(roles)
    ]
    wanted = (
        select(Grant.id, Grant.name, Grant.role, Area.name)
        .join(Area, Area.id == Grant.area_id)
        .where(Grant.ended_at.is_(None), or_(false(), *may_end))
        .order_by(Area.path, Grant.role, Grant.id)
        .offset(skip)
        .limit(limit)
    )
    if called:
        wanted = wanted.where(Grant.name.contains(called, autoescape=True))
    found = await session.execute(wanted)
    return [Listed(id_, name, Role(role), area) for id_, name, role, area in found]


async def endable(session: Session, roles: Roles, grant_id: int) -> tuple[Grant, Area]:
    """A role that somebody may end, over or not, and where it is held; raises `NotAllowed`."""
    grant = await session.get(Grant, grant_id)
    if grant is None:
        raise NotAllowed
    area = await session.get_one(Area, grant.area_id)
    require(roles, *GRANTED_BY.get(Role(grant.role), ()), path=area.path)
    return grant, area


async def revoke(
    session: Session, roles: Roles, grant_id: int, by: int, now: datetime
) -> tuple[Grant, Area]:
    """End a role; raises `NotAllowed`, `RoleOver`. Writes.

    What stands on it ends with it: see `shifts.relieve`.
    """
    grant, area = await endable(session, roles, grant_id)
    await session.refresh(grant, with_for_update=True)
    if grant.ended_at:
        raise RoleOver
    grant.ended_by, grant.ended_at = by, now
    return grant, area


async def held_by(session: Session, actor: int, role: Role, area_id: int) -> Grant | None:
    """The role that somebody has in just this area."""
    return await session.scalar(
        select(Grant)
        .where(Grant.actor_id == actor, Grant.role == role)
        .where(Grant.area_id == area_id, Grant.ended_at.is_(None))
        .limit(1)
    )


async def names(session: Session, actor_ids: Collection[int]) -> dict[int, str]:
    """What these actors were called when a role was given to them; admins have no grant."""
    found = await session.execute(
        select(Grant.actor_id, func.max(Grant.name))
        .where(Grant.actor_id.in_(actor_ids), Grant.name.is_not(None))
        .group_by(Grant.actor_id)
    )
    return {actor: name for actor, name in found if name is not None}


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
