"""Cases as they are kept: what each is about, who reported it, and everything that was said."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.cases import Act, Kind, State
from models.base import Base, Moment


class Filed(StrEnum):
    """What kind of file came with the words."""

    PHOTO = "photo"
    VOICE = "voice"


class Case(Base):
    """A message to the staff of a place, or a problem at one of its stations."""

    __tablename__ = "cases"
    __table_args__ = (
        # One for all who report the same, however many do at once. One that was reopened may
        # stand beside another that was reported meanwhile.
        Index(
            "uq_cases_station_id_kind_day",
            *("station_id", "kind", "day"),
            unique=True,
            sqlite_where=sql("closed_at IS NULL AND kind <> 'other' AND NOT is_reopened"),
            postgresql_where=sql("closed_at IS NULL AND kind <> 'other' AND NOT is_reopened"),
        ),
        # Only what is open: the list stays cheap beside years of what is over.
        Index(
            "ix_cases_open", "area_id", "opened_at",
            sqlite_where=sql("closed_at IS NULL"), postgresql_where=sql("closed_at IS NULL"),
        ),
        Index(
            "ix_cases_details", "closed_at",
            sqlite_where=sql("has_details"), postgresql_where=sql("has_details"),
        ),
        CheckConstraint(
            "(closed_at IS NOT NULL) = (state IN ('solved', 'dismissed'))", name="closed"
        ),
        CheckConstraint("kind <> 'message' OR station_id IS NULL", name="message"),
        CheckConstraint("state <> 'under_way' OR owner IS NOT NULL", name="owner"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    """Its number, as people are told it."""
    kind: Mapped[Kind] = mapped_column(String(10))
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    """Whose staff it is for."""
    station_id: Mapped[int | None] = mapped_column(ForeignKey("stations.id"))
    """None for a message, and where the words say where it is."""
    day: Mapped[date]
    """The day of the place on which it was reported."""
    state: Mapped[State] = mapped_column(String(10))
    revision: Mapped[int]
    """How many entries it has, less one."""
    opened_at: Mapped[datetime] = mapped_column(Moment)
    owner: Mapped[int | None]
    """An actor: who of the staff has it in hand."""
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    is_reopened: Mapped[bool]
    """Whether somebody has said once that it is still so."""
    has_details: Mapped[bool]
    """Whether words and files are still there; they are forgotten some time after its end."""


class Reporter(Base):
    """Somebody who has reported a case, and is told what becomes of it."""

    __tablename__ = "case_reporters"
    __table_args__ = (Index("ix_case_reporters_actor_id_at", "actor_id", "at"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    actor_id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


class Entry(Base):
    """A step of a case: who did or said what, and when. The first is that it was reported."""

    __tablename__ = "case_entries"
    __table_args__ = (
        Index(
            "ix_case_entries_album", "album",
            sqlite_where=sql("album IS NOT NULL"), postgresql_where=sql("album IS NOT NULL"),
        ),
    )  # fmt: skip

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """The case's revision after it."""
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int]
    act: Mapped[Act] = mapped_column(String(10))
    was: Mapped[State | None] = mapped_column(String(10))
    state: Mapped[State] = mapped_column(String(10))
    words: Mapped[str | None] = mapped_column(Text)
    filed: Mapped[Filed | None] = mapped_column(String(8))
    file_id: Mapped[str | None] = mapped_column(String(200))
    """Telegram's."""
    album: Mapped[str | None] = mapped_column(String(40))
    """Telegram's mark of photos that were sent together: each comes as a message of its own."""
