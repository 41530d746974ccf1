"""Reminders: what a person wants to be reminded of, and what a day brings to an area.

Who lives in a household is reminded of what happens there; who lives in none that the bot knows of
has chosen an area.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint, select, true
from sqlalchemy.orm import Mapped, mapped_column

from knowledge import reminders
from knowledge.calendar import Calendar, Civil
from knowledge.reminders import Event, Reminding, Topic, Wishes
from knowledge.streams import Stream
from models import areas, base, collections, stations
from models.base import Base, Fields, Moment, Session
from models.households import Household
from models.memberships import Membership

KIND = "reminder"

STREAMS = {Topic.HAZARDOUS: Stream.HAZARDOUS, Topic.RECYCLABLE: Stream.RECYCLABLE}


class Reminder(Base):
    """What a person wants to be reminded of."""

    __tablename__ = "reminders"
    __table_args__ = (Index("ix_reminders_area_id", "area_id"),)

    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.telegram_id", ondelete="CASCADE"), primary_key=True
    )
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))
    """Where, for who lives in no household that the bot knows of."""
    wishes: Mapped[str] = mapped_column(String(80))
    """As `Wishes.write` has it: who wants the same in the same area hears the same."""
    chosen_at: Mapped[datetime] = mapped_column(Moment)
    """Nobody is reminded at once of what was chosen a moment ago."""
    paused_until: Mapped[date | None] = mapped_column(Date)
    """The first day of which there are reminders again."""
    pickups: Mapped[bool] = mapped_column(server_default=true())
    """Whether of the household's bulky pickups, too: a pause does not hold up what is booked."""


class Occasion(Base):
    """What those are told of a day who live in an area and have the same wishes."""

    __tablename__ = "reminder_occasions"
    __table_args__ = (UniqueConstraint("area_id", "wishes", "about"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date)
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    wishes: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(40))
    """What the notice is about: the day and the slot, so that nobody hears it twice."""
    fields: Mapped[dict[str, Any]] = mapped_column(Fields)
    due_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Place:
    """An area, as far as reminders are about it."""

    area_id: int
    name: str
    calendars: Mapping[Topic, Calendar]
    stations: Mapping[str, str]
    """Names of stations that serve in place of others, by code."""


async def of(session: Session, resident_id: int) -> Reminder | None:
    """What a person wants; None if nothing was ever said."""
    return await session.get(Reminder, resident_id)


async def home_of(session: Session, resident_id: int) -> int | None:
    """The area in which a person's household lies; None for who lives in none we know of."""
    return await session.scalar(
        select(Household.area_id)
        .join(Membership, Membership.household_id == Household.id)
        .where(Membership.resident_id == resident_id, Membership.ended_at.is_(None))
    )


async def area_of(session: Session, resident_id: int) -> int | None:
    """Which area a person is reminded of: the household's, or the chosen one."""
    if (home := await home_of(session, resident_id)) is not None:
        return home
    reminder = await of(session, resident_id)
    return reminder.area_id if reminder else None


async def of_pickups(session: Session, residents: Collection[int]) -> tuple[set[int], set[int]]:
    """Who of these is reminded of pickups: those who want no sound at night, and the others.

    Who has never chosen anything is reminded, and hears nothing at night.
    """
    chosen = await session.execute(
        select(Reminder.resident_id, Reminder.pickups, Reminder.wishes).where(
            Reminder.resident_id.in_(residents)
        )
    )
    quiet, loud = set(residents), set()
    for who, reminded, wishes in chosen:
        if reminded and Wishes.read(wishes).quiet:
            continue
        quiet.remove(who)
        if reminded:
            loud.add(who)
    return quiet, loud


async def save(
    session: Session, resident_id: int, area_id: int | None, wishes: Wishes, paused: date | None,
    now: datetime, *, pickups: bool,
) -> None:  # fmt: skip
    """Keep what a person wants from now on. Writes."""
    insert = base.insert_of(session)
    values = {
        "area_id": area_id,
        "wishes": wishes.write(),
        "chosen_at": now,
        "paused_until": paused,
        "pickups": pickups,
    }
    await session.execute(
        insert(Reminder)
        .values(resident_id=resident_id, **values)
        .on_conflict_do_update(index_elements=[Reminder.resident_id], set_=values)
    )


async def place(session: Session, area_id: int, civil: Civil) -> Place:
    """What holds in an area."""
    chain = await areas.above(session, area_id)
    policy = areas.decided(chain, civil.holidays)
    taken = await collections.of_chain(session, chain, civil.holidays)
    by_stream = {one.stream: one.calendar for one in taken}
    calendars = {Topic.WINDOW: policy.calendar} | {
        topic: calendar for topic, stream in STREAMS.items() if (calendar := by_stream.get(stream))
    }
    codes = {code for calendar in calendars.values() for code in calendar.stations()}
    names = await stations.names(session, codes)
    return Place(area_id, chain[0].name, calendars, names)


def messages(day: date, at: Place, wishes: Wishes, civil: Civil) -> tuple[Reminding, ...]:
    """What those are told of a day who live there and have these wishes."""
    brings = reminders.events(day, at.calendars, civil.zone)
    return reminders.remindings(day, wishes, brings, civil.zone)


def about(day: date, slot: str) -> str:
    """What a reminder tells of."""
    return f"{about_day(day)}{slot}"


def about_day(day: date) -> str:
    """What all reminders of a day begin with."""
    return f"{KIND} {day.isoformat()} "


def fields(
    day: date, at: Place, brings: tuple[Event, ...], wishes: Wishes, civil: Civil
) -> dict[str, Any]:
    """What a notice says of a day; the words are made when it is sent."""
    return {
        "day": day.isoformat(),
        "zone": str(civil.zone),
        "place": at.name,
        "quiet": wishes.quiet,
        "events": [
            [
                str(one.topic),
                one.starts_at.astimezone(civil.zone).isoformat() if one.starts_at else "",
                one.ends_at.astimezone(civil.zone).isoformat() if one.ends_at else "",
                at.stations.get(one.station, one.station) if one.station else "no",
            ]
            for one in brings
        ],
    }
