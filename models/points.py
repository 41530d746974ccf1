"""Points: immutable transfers between accounts. Whatever happens, all balances add up to zero.

An area *issues* points, so its account is below zero by what its households have; what a household
*owes*, because a correction found the points spent, is below zero, too. No other account may be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import InstrumentedAttribute, Mapped, aliased, mapped_column
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from models import base
from models.base import Base, Moment, Refusal, Session

UNDO = timedelta(minutes=5)
"""How long what was earned may be corrected by a tap; only then it can be spent."""

OVERTAKING = timedelta(hours=1)
"""Two transfers further apart than this stand in the books in the order of their times."""


class NotEnoughPoints(Refusal):
    """The account does not hold that many."""


class KeyReused(Exception):
    """A key was used before, for something else: a fault that somebody must look at."""


class Kind(StrEnum):
    """What an account is for."""

    ISSUED = "issued"
    """An area's: where points come from."""
    OWN = "own"
    """A household's, to spend."""
    OWED = "owed"
    """What a household has spent though it was taken back: paid from what it earns next."""
    CLOSED = "closed"
    """An area's: what households left behind that staff have closed."""
    FROZEN = "frozen"
    """What is kept back from a household after a wrong drop-off, where the tariff says so."""


class Account(Base):
    """Something that holds points."""

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("kind", "owner_id"),
        CheckConstraint(
            "CASE WHEN kind IN ('issued', 'owed') THEN balance <= 0 ELSE balance >= 0 END",
            name="sign",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(String(8))
    owner_id: Mapped[int]
    """The household, or the area that issues."""
    balance: Mapped[int] = mapped_column(BigInteger, default=0)


class Transfer(Base):
    """One movement of points. Nobody changes or deletes one: triggers see to that."""

    __tablename__ = "transfers"
    __table_args__ = (
        CheckConstraint("points > 0", name="points"),
        CheckConstraint("debit_id <> credit_id", name="two_accounts"),
        Index("ix_transfers_debit_id_id", "debit_id", "id"),
        Index("ix_transfers_credit_id_id", "credit_id", "id"),
    )

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(sqlite.INTEGER(), "sqlite"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(60), unique=True)
    """Names what it is for, by the business: the same one never moves points twice."""
    debit_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    credit_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    points: Mapped[int]
    reason: Mapped[str] = mapped_column(String(20))
    """What kind of thing it was: the texts explain it."""
    drop_off_id: Mapped[int | None] = mapped_column(ForeignKey("drop_offs.id"), index=True)
    """The drop-off it can be traced to."""
    actor_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("transfers.id"))


@dataclass(frozen=True, slots=True)
class Cause:
    """Why points move: what a transfer says beside from where to where."""

    key: str
    reason: str
    actor_id: int
    at: datetime
    drop_off_id: int | None = None

    def then(self, suffix: str) -> "Cause":
        """The cause of what follows from this."""
        return Cause(f"{self.key}:{suffix}", suffix, self.actor_id, self.at, self.drop_off_id)


async def earn(
    session: Session, area_id: int, household_id: int, points: int, cause: Cause
) -> int:
    """Give a household points. What it owes is paid first, from these points.

    What it has then, after all.
    """
    books = await _open(session, area_id, household_id)
    own, owed = books[Kind.OWN], books.get(Kind.OWED)
    await _move(session, books[Kind.ISSUED].id, own.id, points, cause)
    paid = min(points, -owed.balance) if owed else 0
    if owed and paid:
        await _move(session, own.id, owed.id, paid, cause.then("pays-owed"))
    return own.balance + points - paid


async def take_back(
    session: Session, area_id: int, household_id: int, points: int, cause: Cause
) -> int:
    """Take back points that a drop-off had given: what is there, and the rest is owed.

    The transfers name the one that they reverse, the last that the drop-off gave. What the
    household has then, after all.
    """
    books = await _open(session, area_id, household_id)
    issued, own = books[Kind.ISSUED], books[Kind.OWN]
    earned = await session.scalar(
        select(Transfer.id)
        .where(Transfer.drop_off_id == cause.drop_off_id, Transfer.credit_id == own.id)
        .order_by(Transfer.id.desc())
        .limit(1)
    )
    taken = min(points, own.balance)
    if taken:
        await _move(session, own.id, issued.id, taken, cause, reverses=earned)
    if rest := points - taken:
        owed = await account(session, Kind.OWED, household_id)
        await _move(session, owed, issued.id, rest, cause.then("owed"), reverses=earned)
    return own.balance - taken


async def freeze(
    session: Session, area_id: int, household_id: int, points: int, cause: Cause
) -> None:
    """Keep points back for a household; fewer than none gives them back to the area."""
    issued = await account(session, Kind.ISSUED, area_id)
    frozen = await account(session, Kind.FROZEN, household_id)
    if points > 0:
        await _move(session, issued, frozen, points, cause)
    elif points < 0:
        await _move(session, frozen, issued, -points, cause)


async def pass_on(session: Session, household_id: int, to: tuple[Kind, int], cause: Cause) -> int:
    """Move all that a household has to another account: passed on, or closed. How many."""
    books = await _books(session, ((Kind.OWN, household_id),))
    own = books.get(Kind.OWN)
    if own is None or not own.balance:
        return 0
    await _move(session, own.id, await account(session, *to), own.balance, cause)
    return own.balance


async def account(session: Session, kind: Kind, owner_id: int) -> int:
    """The id of an account, opened now if need be. Writes."""
    books = await _books(session, ((kind, owner_id),))
    if kind not in books:
        books = await _add(session, ((kind, owner_id),))
    return books[kind].id


@dataclass(frozen=True, slots=True)
class _Held:
    """An account as it is now."""

    id: int
    balance: int


async def _open(session: Session, area_id: int, household_id: int) -> dict[Kind, _Held]:
    """The accounts of a household and of the area that issues; those needed are opened."""
    needed = ((Kind.ISSUED, area_id), (Kind.OWN, household_id))
    books = await _books(session, (*needed, (Kind.OWED, household_id)))
    if missing := [each for each in needed if each[0] not in books]:
        books |= await _add(session, missing)
    return books


async def _books(session: Session, wanted: Sequence[tuple[Kind, int]]) -> dict[Kind, _Held]:
    """Those of these accounts that there are, by kind.

    On PostgreSQL they are read, not locked: whoever moves a household's points has its lock, and
    the area's balance is only added to.
    """
    asked: dict[str, Kind | int] = {}
    for number, (kind, owner) in enumerate(wanted):
        asked |= {f"kind_{number}": kind, f"owner_{number}": owner}
    rows = await session.execute(_some_books(len(wanted)), asked)
    return {Kind(row.kind): _Held(row.id, row.balance) for row in rows}


# What every drop-off asks is made once: to make a statement takes longer than to run it.
@cache
def _some_books(number: int) -> Select[int, Kind, int]:
    # A list of pairs would be shorter, but SQLite would look through all accounts for them.
    them = [
        and_(
            Account.kind == bindparam(f"kind_{each}"),
            Account.owner_id == bindparam(f"owner_{each}"),
        )
        for each in range(number)
    ]
    return select(Account.id, Account.kind, Account.balance).where(or_(*them))


async def _add(session: Session, wanted: Sequence[tuple[Kind, int]]) -> dict[Kind, _Held]:
    insert = base.insert_of(session)
    await session.execute(
        insert(Account).on_conflict_do_nothing(),
        [{"kind": kind, "owner_id": owner, "balance": 0} for kind, owner in wanted],
    )
    return await _books(session, wanted)


async def _move(
    session: Session,
    debit_id: int,
    credit_id: int,
    points: int,
    cause: Cause,
    *,
    reverses: int | None = None,
) -> None:
    """Move points, once: the same key and content again moves nothing.

    Both balances change in one statement that looks at the balance it takes from, and that the
    database checks, so what somebody else has spent meanwhile is not spent twice.
    """
    content = {
        "debit_id": debit_id,
        "credit_id": credit_id,
        "points": points,
        "reason": cause.reason,
        "drop_off_id": cause.drop_off_id,
        "reverses_id": reverses,
    }
    made = await session.scalar(
        _transfer_once(base.insert_of(session)),
        {"key": cause.key, "actor_id": cause.actor_id, "at": cause.at, **content},
    )
    if made is None:
        before = await session.scalar(select(Transfer).where(Transfer.key == cause.key))
        assert before is not None
        if any(getattr(before, name) != value for name, value in content.items()):
            raise KeyReused(cause.key)
        return
    moved = {"from": debit_id, "to": credit_id, "more": points, "less": -points}
    changed = await session.scalars(_BALANCES, moved)
    if not changed.all():
        raise NotEnoughPoints  # and the transaction, with the transfer in it, is rolled back


@cache
def _transfer_once(insert: base.InsertOf) -> ReturningInsert[int]:
    """A transfer, unless its key was used before."""
    table = Transfer.__table__
    return insert(table).on_conflict_do_nothing(index_elements=["key"]).returning(table.c.id)


def _balances() -> ReturningUpdate[int]:
    """Both balances change, if the one has enough or may be below zero."""
    debit, credit = bindparam("from", type_=Integer), bindparam("to", type_=Integer)
    more, less = bindparam("more", type_=Integer), bindparam("less", type_=Integer)
    taken_from = aliased(Account)
    enough = exists().where(
        taken_from.id == debit,
        or_(taken_from.balance >= more, taken_from.kind.in_((Kind.ISSUED, Kind.OWED))),
    )
    return (
        update(Account)
        .where(or_(Account.id == debit, Account.id == credit), enough)
        .values(balance=Account.balance + case((Account.id == debit, less), else_=more))
        .returning(Account.id)
        .execution_options(synchronize_session=False)
    )


_BALANCES = _balances()


@dataclass(frozen=True, slots=True)
class Balance:
    """What a household has."""

    points: int
    pending: int
    """Of these, what may still be corrected and cannot be spent yet."""
    owed: int
    frozen: int
    """Kept back after a wrong drop-off."""


async def balance(session: Session, household_id: int, now: datetime) -> Balance:
    """What a household has, can spend and owes."""
    held = {
        Kind(kind): (id_, points)
        for id_, kind, points in await session.execute(
            select(Account.id, Account.kind, Account.balance).where(
                Account.owner_id == household_id,
                Account.kind.in_((Kind.OWN, Kind.OWED, Kind.FROZEN)),
            )
        )
    }
    own_id, own = held.get(Kind.OWN, (0, 0))
    fresh = await net(session, own_id, now - UNDO, now) if own_id else 0
    return Balance(
        own,
        pending=max(0, min(own, fresh)),
        owed=-held.get(Kind.OWED, (0, 0))[1],
        frozen=held.get(Kind.FROZEN, (0, 0))[1],
    )


async def net(session: Session, account_id: int, since: datetime, until: datetime) -> int:
    """How many points an account has won in a span of time, less what left it again."""
    span = {"since": since, "until": until, "long_before": since - OVERTAKING}
    won, lost = [
        int(await session.scalar(_moved(side), {"account": account_id, **span}) or 0)
        for side in (Transfer.credit_id, Transfer.debit_id)
    ]
    return won - lost


@cache
def _moved(side: InstrumentedAttribute[int]) -> Select[int]:
    """How many points went to an account, or left it, in a span of time.

    It goes back from the newest to what is long before, and looks at nothing older: a household
    may have thousands.
    """
    older = aliased(Transfer)
    long_before = (
        select(older.id)
        .where(
            getattr(older, side.key) == bindparam("account"), older.at < bindparam("long_before")
        )
        .order_by(older.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return select(func.sum(Transfer.points)).where(
        side == bindparam("account"),
        Transfer.id > func.coalesce(long_before, 0),
        Transfer.at.between(bindparam("since"), bindparam("until")),
    )


async def total(session: Session) -> int:
    """The sum of all balances. It is zero, or something is very wrong."""
    return int(await session.scalar(select(func.coalesce(func.sum(Account.balance), 0))) or 0)


async def unbalanced(session: Session) -> Sequence[int]:
    """Accounts whose balance is not what their transfers add up to. There are none."""
    moved = (
        select(Transfer.credit_id.label("account_id"), Transfer.points.label("points"))
        .union_all(select(Transfer.debit_id, -Transfer.points))
        .subquery()
    )
    added = (
        select(moved.c.account_id, func.sum(moved.c.points).label("points"))
        .group_by(moved.c.account_id)
        .subquery()
    )
    found = await session.scalars(
        select(Account.id)
        .outerjoin(added, added.c.account_id == Account.id)
        .where(Account.balance != func.coalesce(added.c.points, 0))
    )
    return list(found)
