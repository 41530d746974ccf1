"""Households: the people of one home, who share one points account and one code."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge import numbers
from knowledge.households import Address, Number
from models import areas
from models.areas import Area
from models.base import Base, Moment, Refusal, Session


class SeveralHouseholds(Refusal):
    """The address fits more than one household: a unit must be named."""


class NoMoreNumbers(Exception):
    """Every short number was given out: a deployment has room for a million cards."""


class NoSuchHousehold(Refusal):
    """No household has this number, code or address."""


class OldCard(Refusal):
    """The code was replaced by a new one."""


class HouseholdClosed(Refusal):
    """Nobody lives there any more, as far as we know."""


class Household(Base):
    """A home."""

    __tablename__ = "households"
    __table_args__ = (
        # One household at an address; who lived there before is closed, and stays in the books.
        Index(
            "uq_households_address",
            *("area_id", "building", "unit", "room"),
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    building: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(20))
    """Empty where a building has no units."""
    room: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def address(self) -> str:
        """Building, unit and room, as people say them: "3-1-502"."""
        return "-".join(part for part in (self.building, self.unit, self.room) if part)


class Card(Base):
    """A household's code and number. A new one is made when the old one may be in wrong hands."""

    __tablename__ = "cards"
    __table_args__ = (
        Index(
            "uq_cards_household_id",
            "household_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    token: Mapped[bytes] = mapped_column(primary_key=True)
    """What the code says: eight bytes that say nothing."""
    number: Mapped[int] = mapped_column(unique=True)
    """The same to type, without its check digit; never given out twice."""
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


async def found(
    session: Session, area: Area, building: str, unit: str, room: str, now: datetime
) -> Household:
    """A new household at an address that is free, with a card. Writes."""
    household = Household(
        area_id=area.id, building=building, unit=unit, room=room, made_at=now, closed_at=None
    )
    session.add(household)
    await session.flush()  # the card needs its id
    await _give_card(session, household.id, now)
    return household


async def renew_card(session: Session, household_id: int, now: datetime) -> Card:
    """A new code and number; the old ones stop at once."""
    old = await card(session, household_id)
    if old:
        old.ended_at = now
        await session.flush()  # before there are two
    return await _give_card(session, household_id, now)


async def card(session: Session, household_id: int) -> Card | None:
    """The card that counts; None for a household that is closed."""
    return await session.scalar(
        select(Card).where(Card.household_id == household_id, Card.ended_at.is_(None))
    )


async def by_token(session: Session, token: bytes) -> Household:
    """The household that a code names."""
    return await _of(session, await session.get(Card, token))


async def by_number(session: Session, number: int) -> Household:
    """The household that a number names."""
    return await _of(session, await session.scalar(select(Card).where(Card.number == number)))


async def at_address(
    session: Session, area_ids: Sequence[int], building: str, unit: str | None, room: str
) -> Sequence[Household]:
    """The households of these areas at an address; a unit that was not said may be any."""
    wanted = select(Household).where(
        Household.area_id.in_(area_ids),
        Household.building == building,
        Household.room == room,
        Household.closed_at.is_(None),
    )
    if unit is not None:
        wanted = wanted.where(Household.unit == unit)
    return list(await session.scalars(wanted.order_by(Household.area_id, Household.unit).limit(9)))


async def called(session: Session, area_ids: Collection[int], name: Number | Address) -> Household:
    """The household that a volunteer or staff of these areas name, by number or address."""
    if isinstance(name, Number):
        return await by_number(session, name.serial)
    inside = await areas.within(session, area_ids)
    found = await at_address(session, inside, name.building, name.unit, name.room)
    if not found:
        raise NoSuchHousehold
    if len(found) > 1:
        raise SeveralHouseholds(addresses=", ".join(each.address for each in found))
    return found[0]


async def lock(session: Session, household_id: int) -> Household:
    """The household, for this transaction alone: whoever changes anything of it comes here first.

    On SQLite the one writer is alone anyhow.
    """
    household = await session.get(
        Household, household_id, with_for_update=True, populate_existing=True
    )
    if household is None:
        raise NoSuchHousehold
    return household


async def succeed(session: Session, household: Household, now: datetime) -> Household:
    """Close a household whose people are gone; the address has a new one, still empty. Writes."""
    household.closed_at = now
    if old := await card(session, household.id):
        old.ended_at = now
    await session.flush()  # before there are two at the address
    area = await session.get_one(Area, household.area_id)
    return await found(session, area, household.building, household.unit, household.room, now)


def digest(token: bytes) -> bytes:
    """What is kept of a one-time token: who reads the database cannot use it."""
    return hashlib.sha256(token).digest()


async def _of(session: Session, card: Card | None) -> Household:
    if card is None:
        raise NoSuchHousehold
    household = await session.get_one(Household, card.household_id)
    if household.closed_at:
        raise HouseholdClosed
    if card.ended_at:
        raise OldCard
    return household


async def _give_card(session: Session, household_id: int, now: datetime) -> Card:
    new = Card(
        token=secrets.token_bytes(8),
        number=await _free_number(session),
        household_id=household_id,
        made_at=now,
        ended_at=None,
    )
    session.add(new)
    await session.flush()
    return new


async def _free_number(session: Session) -> int:
    """A number that was never given out, and does not tell of the neighbours'."""
    for _ in range(1000):
        number = secrets.randbelow(numbers.SERIALS)
        if not await session.scalar(select(Card.number).where(Card.number == number)):
            return number
    raise NoMoreNumbers
