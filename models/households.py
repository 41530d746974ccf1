"""Households: the people of one home, who share one points account and one code."""

import hashlib
import re
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, Row, String, bindparam, func, select, text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from knowledge import numbers
from knowledge.households import Address, Number
from models import areas
from models.areas import Area
from models.base import Base, Moment, Refusal, Session


class NoSuchAddress(Refusal):
    """Nobody whom the volunteer or staff look after lives at this address."""


class SeveralHouseholds(Refusal):
    """The address fits more than one household: a unit must be named."""


class NoMoreNumbers(Exception):
    """Every short number was given out: a deployment has room for a million cards."""


class NoSuchHousehold(Refusal):
    """No household has this number, code or address."""


class MistypedNumber(Refusal):
    """One digit of the number must be wrong."""


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


async def by_token(session: Session, token: bytes, *, lock: bool = False) -> Household:
    """The household that a code names.

    `lock`: the card still counts when this transaction is over.
    """
    named = (await session.execute(_BY_TOKEN, {"token": token})).one_or_none()
    return await _locked(session, named) if lock else _counting(named)


# Made once: every scan asks it.
_BY_TOKEN = (
    select(Card, Household)
    .join(Household, Household.id == Card.household_id)
    .where(Card.token == bindparam("token"))
)


async def by_number(session: Session, number: int, *, lock: bool = False) -> Household:
    """The household that a number names; `lock` as by token."""
    found = await session.execute(
        select(Card, Household)
        .join(Household, Household.id == Card.household_id)
        .where(Card.number == number)
    )
    named = found.one_or_none()
    return await _locked(session, named) if lock else _counting(named)


async def by_typed_number(session: Session, typed: str) -> Household:
    """The household that a number names, as somebody typed it."""
    return await by_number(session, serial(typed))


def serial(typed: str) -> int:
    """What a number says, as somebody typed it."""
    try:
        return numbers.parse(typed)
    except numbers.WrongCheckDigit:
        raise MistypedNumber from None
    except numbers.NotANumber:
        raise NoSuchHousehold from None


async def of_card(session: Session, number: int) -> Household:
    """The household that had this number, even if it has another now or is closed: for staff."""
    card = await session.scalar(select(Card).where(Card.number == number))
    if card is None:
        raise NoSuchHousehold
    return await session.get_one(Household, card.household_id)


async def by_id(session: Session, household_id: int) -> Household:
    household = await session.get(Household, household_id)
    if household is None:
        raise NoSuchHousehold
    return household


async def area_of(session: Session, household: Household) -> Area:
    """Where a household lives."""
    return await session.get_one(Area, household.area_id)


async def buildings(session: Session, area_id: int) -> Sequence[Household]:
    """One household in each building of an area, by which the building can be named."""
    return await _one_of_each(session, Household.building, Household.area_id == area_id)


async def units(session: Session, in_building: Household) -> Sequence[Household]:
    """One household in each unit of a building; one in all if there are no units."""
    return await _one_of_each(session, Household.unit, *_same_building(in_building))


async def rooms(session: Session, in_unit: Household) -> Sequence[Household]:
    """The households of a unit."""
    same = (*_same_building(in_unit), Household.unit == in_unit.unit)
    return await _one_of_each(session, Household.room, *same)


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
    """The household that a volunteer of these areas names, by number or address. Writes."""
    if isinstance(name, Number):
        return await by_number(session, name.serial, lock=True)
    inside = await areas.within(session, area_ids)
    found = await at_address(session, inside, name.building, name.unit, name.room)
    if not found:
        raise NoSuchAddress(address=str(name))
    if len(found) > 1:
        raise SeveralHouseholds(addresses=", ".join(each.address for each in found))
    return found[0]


async def lock(session: Session, household_id: int) -> Household:
    """The household, for this transaction alone: whoever changes anything of it comes here first.

    On SQLite the one writer is alone anyhow.
    """
    household = await session.scalar(_LOCKED, {"household_id": household_id})
    if household is None:
        raise NoSuchHousehold
    return household


# Made once: every drop-off asks it. What only names the household goes on meanwhile (`key_share`):
# somebody who holds a day and writes down what happens there must not wait for us, who want it.
_LOCKED = (
    select(Household)
    .where(Household.id == bindparam("household_id"))
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
)


async def succeed(session: Session, household: Household, now: datetime) -> Household:
    """Close a household whose people are gone; the address has a new one, still empty. Writes."""
    household.closed_at = now
    if old := await card(session, household.id):
        old.ended_at = now
    await session.flush()  # before there are two at the address
    area = await session.get_one(Area, household.area_id)
    return await found(session, area, household.building, household.unit, household.room, now)


def _same_building(household: Household) -> tuple[ColumnElement[bool], ...]:
    return (
        Household.area_id == household.area_id,
        Household.building == household.building,
    )


async def _one_of_each(
    session: Session, part: InstrumentedAttribute[str], *where: ColumnElement[bool]
) -> Sequence[Household]:
    """The first household with each value of this part of the address, in their order."""
    first = (
        select(func.min(Household.id)).where(*where, Household.closed_at.is_(None)).group_by(part)
    )
    found = await session.scalars(select(Household).where(Household.id.in_(first)))
    return sorted(found, key=lambda each: order(getattr(each, part.key)))


def order(part: str) -> tuple[list[tuple[bool, int, str]], str]:
    """How parts of addresses are sorted: numbers in them by their size, 2 before 10."""
    pieces = re.findall(r"[0-9]+|[^0-9]+", part)
    return [
        (False, int(piece), "") if piece.isdecimal() else (True, 0, piece) for piece in pieces
    ], part


def digest(token: bytes) -> bytes:
    """What is kept of a one-time token: who reads the database cannot use it."""
    return hashlib.sha256(token).digest()


async def _locked(session: Session, named: Row[Card, Household] | None) -> Household:
    """The household that a card names, under its lock: somebody may be renewing the card."""
    if named is not None and session.get_bind().dialect.name != "sqlite":
        card, household = named
        await lock(session, household.id)
        await session.refresh(card)
    return _counting(named)


def _counting(named: Row[Card, Household] | None) -> Household:
    """The household that a card names, if the card counts."""
    if named is None:
        raise NoSuchHousehold
    card, household = named
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
