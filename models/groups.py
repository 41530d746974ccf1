"""Groups and channels that the bot is in, and which area each belongs to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Select, String, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import audiences, base, roles
from models.areas import EVERYWHERE, Area
from models.base import Base, Moment, Refusal, Session
from models.roles import Role, Roles


class UnknownGroup(Refusal):
    """The bot is not in this chat."""


class Group(Base):
    """A chat of many, with the bot in it."""

    __tablename__ = "groups"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(String(128))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    """Whose broadcasts it gets; None before staff have said so."""
    linked_by: Mapped[int | None]
    """An actor."""
    joined_at: Mapped[datetime] = mapped_column(Moment)
    left_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the bot may write there no more; None while it may."""


async def note_joined(session: Session, chat_id: int, title: str, now: datetime) -> Group:
    """The bot may write there from now on. A group that comes back has its area still. Writes."""
    insert = base.insert_of(session)
    values = {"title": title[:128], "joined_at": now, "left_at": None}
    await session.execute(
        insert(Group)
        .values(chat_id=chat_id, **values)
        .on_conflict_do_update(index_elements=[Group.chat_id], set_=values)
    )
    return await session.get_one(Group, chat_id, populate_existing=True)


async def known(session: Session, chat_id: int) -> Group:
    """A group where the bot may write; raises `UnknownGroup`."""
    group = await session.get(Group, chat_id)
    if group is None or group.left_at is not None:
        raise UnknownGroup
    return group


async def note_left(session: Session, chat_id: int, now: datetime) -> None:
    """The bot may not write there any more. Writes."""
    await session.execute(
        update(Group)
        .where(Group.chat_id == chat_id)
        .values(left_at=now)
        .execution_options(synchronize_session=False)
    )


async def link(
    session: Session,
    held: Roles,
    chat_id: int,
    area_id: int,
    by: int,
    now: datetime,
    *,
    title: str,
) -> Area:
    """Let a group get the broadcasts of an area; raises `NotAllowed`. Writes."""
    area = await session.get(Area, area_id)
    if area is None:
        raise roles.NotAllowed
    roles.require(held, Role.STAFF, Role.ADMIN, path=area.path)
    group = await note_joined(session, chat_id, title, now)
    group.area_id, group.linked_by = area.id, by
    return area


async def move(session: Session, chat_id: int, to: int) -> None:
    """A group has become a supergroup and has a new id. Writes."""
    old = await session.get(Group, chat_id)
    if old is not None and await session.get(Group, to) is None:
        await session.execute(
            update(Group)
            .where(Group.chat_id == chat_id)
            .values(chat_id=to)
            .execution_options(synchronize_session=False)
        )


async def count(session: Session, area_id: int) -> int:
    """How many groups and channels get what is sent to an area."""
    return await session.scalar(select(func.count()).select_from(of(area_id).subquery())) or 0


def of(area_id: int) -> Select[int]:
    """The chats that get what is sent to an area: its own and those of all that lies in it."""
    there = select(Group.chat_id).where(Group.left_at.is_(None), Group.area_id.is_not(None))
    if area_id == EVERYWHERE:
        return there
    return there.where(Group.area_id.in_(audiences.inside(area_id)))


async def linkable(session: Session, held: Roles, limit: int) -> Sequence[Area]:
    """The areas to which somebody may link a group, from the top down."""
    found = await session.scalars(select(Area).order_by(Area.path))
    return [one for one in found if roles.may(held, (Role.STAFF, Role.ADMIN), one.path)][:limit]
