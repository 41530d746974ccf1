"""Collections: when each stream is taken away, by whom, and where it goes.

Cities have to publish this. What is decided for an area holds in all areas within it; a row below
may decide another thing of a stream and leave the rest as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.calendar import Calendar
from knowledge.holidays import Holidays
from knowledge.streams import Stream
from models import areas
from models.areas import Area
from models.base import Base, Session


class CollectionRule(Base):
    """What an area decides about a stream; None is decided by the area around it."""

    __tablename__ = "collections"

    area_id: Mapped[int] = mapped_column(
        ForeignKey("areas.id"), primary_key=True, autoincrement=False
    )
    stream: Mapped[Stream] = mapped_column(String(16), primary_key=True)
    hours: Mapped[str | None] = mapped_column(Text)
    """When, as a schedule is written: "sa 09:00-11:00"."""
    responsible: Mapped[str | None] = mapped_column(String(60))
    """Who takes it away."""
    phone: Mapped[str | None] = mapped_column(String(40))
    destination: Mapped[str | None] = mapped_column(String(120))


DECIDED = ("hours", "responsible", "phone", "destination")
"""What can be decided of a stream, each by itself."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What holds for a stream in an area; None where nothing is published."""

    stream: Stream
    calendar: Calendar | None
    """When it is taken away."""
    responsible: str | None
    phone: str | None
    destination: str | None


Collections = tuple[Collection, ...]
"""Those of an area, in the order of the streams."""


async def of_area(session: Session, area_id: int, holidays: Holidays) -> Collections:
    """What holds in an area."""
    return await of_chain(session, await areas.above(session, area_id), holidays)


async def of_chain(session: Session, chain: Sequence[Area], holidays: Holidays) -> Collections:
    """What holds where these areas lie in each other, nearest first."""
    ids = [area.id for area in chain]
    rules = await session.scalars(select(CollectionRule).where(CollectionRule.area_id.in_(ids)))
    by_stream: dict[Stream, dict[int, CollectionRule]] = {}
    for rule in rules:
        by_stream.setdefault(Stream(rule.stream), {})[rule.area_id] = rule
    return tuple(
        _decided(stream, [by_stream[stream][id_] for id_ in ids if id_ in by_stream[stream]],
                 holidays)
        for stream in Stream
        if stream in by_stream
    )  # fmt: skip


def _decided(stream: Stream, chain: Sequence[CollectionRule], holidays: Holidays) -> Collection:
    found: Mapping[str, str | None] = {
        what: next((value for rule in chain if (value := getattr(rule, what)) is not None), None)
        for what in DECIDED
    }
    hours = found["hours"]
    calendar = Calendar(areas.schedule(hours), holidays) if hours is not None else None
    return Collection(stream, calendar, found["responsible"], found["phone"], found["destination"])
