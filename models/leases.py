"""Leases: what only one process may do at a time, and the number that keeps a sleeper out.

Whoever takes a lease gets a higher number (its fence) than all before. A process that was paused
and wakes up with an old number changes nothing any more: every write asks for the number.
"""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, String, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import base, presence
from models.base import Base, Moment, Session

LAPSES_AFTER = timedelta(seconds=15)
"""When a lease that was not renewed may be taken from a process that is still there."""


class Lease(Base):
    """Who does it now. Its times are the database's own: processes' clocks may differ."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    fence: Mapped[int] = mapped_column(BigInteger)
    holder: Mapped[str] = mapped_column(String(40))
    """Empty when it was given up."""
    renewed_at: Mapped[datetime] = mapped_column(Moment)


class LeaseLost(Exception):
    """Another process has taken it."""


async def take(session: Session, name: str, holder: str) -> int | None:
    """Take the lease, if nobody is there and awake who has it: our fence; or else None.

    On SQLite one process is alone, so whoever held it is gone.
    """
    insert = base.insert_of(session)
    lease = await session.scalar(
        select(Lease).where(Lease.name == name).execution_options(populate_existing=True)
    )
    if lease is None:
        await session.execute(
            insert(Lease)
            .values(name=name, fence=0, holder="", renewed_at=func.now())
            .on_conflict_do_nothing()
        )
    was = lease.fence if lease else 0
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    if not (is_sqlite or lease is None or lease.holder in ("", holder)):
        asleep = await session.scalar(
            select(Lease.renewed_at < func.now() - LAPSES_AFTER).where(Lease.name == name)
        )
        if not asleep and not await presence.is_absent(session, lease.holder):
            return None
    # Of several who see it free at once, one finds the number it has seen.
    return await session.scalar(
        update(Lease)
        .where(Lease.name == name, Lease.fence == was)
        .values(fence=was + 1, holder=holder, renewed_at=func.now())
        .returning(Lease.fence)
        .execution_options(synchronize_session=False)
    )


async def renew(session: Session, name: str, fence: int) -> None:
    """Stay its holder, and keep everybody else from taking it until the transaction ends."""
    renewed = await session.scalar(
        update(Lease)
        .where(Lease.name == name, Lease.fence == fence)
        .values(renewed_at=func.now())
        .returning(Lease.fence)
        .execution_options(synchronize_session=False)
    )
    if renewed is None:
        raise LeaseLost


async def give_up(session: Session, name: str, fence: int) -> None:
    """Let the next one have it at once."""
    await session.execute(
        update(Lease)
        .where(Lease.name == name, Lease.fence == fence)
        .values(holder="")
        .execution_options(synchronize_session=False)
    )
