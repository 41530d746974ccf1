"""What is kept of a drop-off: its streams, its mistakes, and how it stood before each change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.qualities import Quality
from knowledge.streams import Stream
from models.base import Base, Moment, Session


@dataclass(frozen=True, slots=True)
class Found:
    """One stream of a drop-off, as the volunteer saw it."""

    stream: Stream
    grams: int | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that was in the wrong bag."""

    stream: Stream | None = None
    """The bag it was in, if the volunteer said so."""
    item: str = ""
    """What it was, in the volunteer's words."""
    belongs: Stream | None = None
    """Where that belongs, if we know."""


class DropOff(Base):
    """A household was here."""

    __tablename__ = "drop_offs"
    __table_args__ = (
        # One for each household and window, however many volunteers scan at once.
        Index(
            "uq_drop_offs_window",
            *("household_id", "day", "window"),
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        Index("ix_drop_offs_volunteer_id_day", "volunteer_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    """Where the household lived then; it issues the points."""
    day: Mapped[date]
    window: Mapped[int]
    """The number of the window that day; 0 if it was not open: then the day is the window."""
    station_id: Mapped[int] = mapped_column(ForeignKey("stations.id"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id"), index=True)
    volunteer_id: Mapped[int]
    """An actor."""
    at: Mapped[datetime] = mapped_column(Moment)
    entered_later: Mapped[bool]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    quality: Mapped[Quality] = mapped_column(String(8))
    points: Mapped[int]
    """What the household has for it, as it stands now."""
    frozen: Mapped[int]
    """What is kept back for it."""
    revision: Mapped[int]
    """How often it was changed."""
    photo: Mapped[str | None] = mapped_column(String(200))
    """Telegram's file id of a picture."""
    voided_at: Mapped[datetime | None] = mapped_column(Moment)
    """When it was taken back, as if it had not been."""


class DropOffPart(Base):
    """One stream of a drop-off."""

    __tablename__ = "drop_off_parts"

    drop_off_id: Mapped[int] = mapped_column(ForeignKey("drop_offs.id"), primary_key=True)
    stream: Mapped[Stream] = mapped_column(String(20), primary_key=True)
    grams: Mapped[int | None]

    @property
    def said(self) -> Found:
        return Found(Stream(self.stream), self.grams)


class DropOffMistake(Base):
    """Something that was in the wrong bag."""

    __tablename__ = "drop_off_mistakes"

    id: Mapped[int] = mapped_column(primary_key=True)
    drop_off_id: Mapped[int] = mapped_column(ForeignKey("drop_offs.id"), index=True)
    stream: Mapped[Stream | None] = mapped_column(String(20))
    item: Mapped[str] = mapped_column(String(64))
    belongs: Mapped[Stream | None] = mapped_column(String(20))

    @property
    def said(self) -> Mistake:
        bag, bin_ = self.stream, self.belongs
        return Mistake(Stream(bag) if bag else None, self.item, Stream(bin_) if bin_ else None)


class DropOffChange(Base):
    """How a drop-off stood before somebody changed it."""

    __tablename__ = "drop_off_changes"

    drop_off_id: Mapped[int] = mapped_column(ForeignKey("drop_offs.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int]
    quality: Mapped[Quality] = mapped_column(String(8))
    points: Mapped[int]


async def parts_of(session: Session, drop_off_id: int) -> Sequence[DropOffPart]:
    """Its streams, in the order of their names."""
    found = await session.scalars(
        select(DropOffPart)
        .where(DropOffPart.drop_off_id == drop_off_id)
        .order_by(DropOffPart.stream)
    )
    return list(found)


async def mistakes_of(session: Session, drop_off_id: int) -> Sequence[DropOffMistake]:
    """What was in the wrong bag, in the order in which it was said."""
    found = await session.scalars(
        select(DropOffMistake)
        .where(DropOffMistake.drop_off_id == drop_off_id)
        .order_by(DropOffMistake.id)
    )
    return list(found)
