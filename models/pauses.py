"""Pauses: until when Telegram has asked us not to call. It can be hours, so it outlives us."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, Session


class Pause(Base):
    """The bot's pause."""

    __tablename__ = "pauses"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    until: Mapped[datetime] = mapped_column(Moment)


async def until(session: Session, bot_id: int) -> datetime | None:
    """Until when this bot may not call Telegram; None if nothing was ever asked."""
    pause = await session.get(Pause, bot_id)
    return pause.until if pause else None


async def extend(session: Session, bot_id: int, moment: datetime) -> None:
    """Keep quiet at least until then."""
    pause = await session.get(Pause, bot_id)
    if pause is None:
        session.add(Pause(bot_id=bot_id, until=moment))
    else:
        pause.until = max(pause.until, moment)
