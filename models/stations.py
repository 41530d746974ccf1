"""Stations: where waste is dropped off."""

import secrets
from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt

from sqlalchemy import ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.streams import Stream
from models.areas import Area, ids_of, inside
from models.base import Base, Refusal, Session

EARTH_METRES = 6_371_000


class NoSuchStation(Refusal):
    """No station has this code."""


class Station(Base):
    """A place with bins, and a sign with its own code."""

    __tablename__ = "stations"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), index=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    """What staff call it in their files."""
    token: Mapped[bytes] = mapped_column(unique=True)
    """What the code on its sign says."""
    name: Mapped[str] = mapped_column(String(60))
    address: Mapped[str | None] = mapped_column(String(120))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    responsible: Mapped[str | None] = mapped_column(String(60))
    """Who empties it."""
    phone: Mapped[str | None] = mapped_column(String(40))
    destination: Mapped[str | None] = mapped_column(String(120))
    """Where what is collected goes."""
    takes: Mapped[str | None] = mapped_column(String(60))
    """Streams that are brought here beside the everyday ones, with commas: "bulky,renovation"."""

    def metres_to(self, latitude: float, longitude: float) -> float | None:
        """How far away a place is; None if nobody said where the station is."""
        if self.latitude is None or self.longitude is None:
            return None
        here, there = radians(self.latitude), radians(latitude)
        half = (
            sin((there - here) / 2) ** 2
            + cos(here) * cos(there) * sin(radians(longitude - self.longitude) / 2) ** 2
        )
        return 2 * EARTH_METRES * asin(sqrt(half))


def new_token() -> bytes:
    """What a new sign says."""
    return secrets.token_bytes(8)


async def by_token(session: Session, token: bytes) -> Station:
    """The station that a sign names."""
    station = await session.scalar(select(Station).where(Station.token == token))
    if station is None:
        raise NoSuchStation
    return station


async def within(session: Session, area_ids: Sequence[int]) -> Sequence[Station]:
    """The stations of these areas and of those in them."""
    found = await session.scalars(
        select(Station)
        .join(Area, Area.id == Station.area_id)
        .where(inside(area_ids))
        .order_by(Station.name, Station.id)
    )
    return list(found)


async def taking(session: Session, area_id: int, stream: Stream) -> Sequence[Station]:
    """Where things of this stream are brought, for those who live in an area: there and around.

    The nearest in the tree of areas come first.
    """
    area = await session.get_one(Area, area_id)
    around = [*ids_of(area.path)]
    found = await session.execute(
        select(Station, Area.path)
        .join(Area, Area.id == Station.area_id)
        .where(Station.takes.contains(stream))
        .where(or_(Area.id.in_(around), Area.path.startswith(area.path)))
        .order_by(Area.path.desc(), Station.name)
    )
    return [station for station, _ in found]
