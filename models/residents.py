"""Residents: the people who talk with the bot."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import base
from models.base import Base, Moment, Session

SEEN_AGAIN_AFTER = timedelta(hours=12)
"""How exactly we know when somebody was here last: one write a visit, not one a message."""


class Resident(Base):
    """A person with Telegram."""

    __tablename__ = "residents"

    telegram_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str | None] = mapped_column(String(8))
    """What the person chose; None for the language of the place."""
    first_seen_at: Mapped[datetime] = mapped_column(Moment)
    last_seen_at: Mapped[datetime] = mapped_column(Moment)
    left_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the person blocked the bot; None while it may write."""


async def known(session: Session, telegram_ids: Collection[int]) -> dict[int, Resident]:
    """Those of these people whom the bot has met."""
    if not telegram_ids:
        return {}
    found = await session.scalars(select(Resident).where(Resident.telegram_id.in_(telegram_ids)))
    return {resident.telegram_id: resident for resident in found}


async def recognise(session: Session, telegram_id: int, now: datetime) -> Resident:
    """The person behind a Telegram account, met now if not before. Writes, where that is news."""
    resident = await session.get(Resident, telegram_id)
    if resident and seen_lately(resident, now):
        return resident
    await note_seen(session, [telegram_id], now)
    return await session.get_one(Resident, telegram_id, populate_existing=True)


async def note_seen(session: Session, telegram_ids: Collection[int], now: datetime) -> None:
    """Write down that these people were here. Two who meet somebody new at once both succeed."""
    if not telegram_ids:
        return
    insert = base.insert_of(session)
    await session.execute(
        insert(Resident).on_conflict_do_update(
            index_elements=[Resident.telegram_id], set_={"last_seen_at": now, "left_at": None}
        ),
        [
            {"telegram_id": telegram_id, "first_seen_at": now, "last_seen_at": now}
            for telegram_id in sorted(set(telegram_ids))
        ],
    )


async def note_left(session: Session, telegram_ids: Collection[int], now: datetime) -> None:
    """Write down that these people have blocked the bot."""
    if telegram_ids:
        await session.execute(
            update(Resident)
            .where(Resident.telegram_id.in_(telegram_ids))
            .values(left_at=now)
            .execution_options(synchronize_session=False)
        )


def seen_lately(resident: Resident | None, now: datetime) -> bool:
    """Whether there is nothing new to write down about this person's being here."""
    return (
        resident is not None
        and resident.left_at is None
        and now - resident.last_seen_at < SEEN_AGAIN_AFTER
    )
