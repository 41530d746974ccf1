"""What every table shares."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    MetaData,
    Text,
    TypeDecorator,
    cast,
    func,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncSession as Session
from sqlalchemy.orm import DeclarativeBase

__all__ = ["Base", "Fields", "Listed", "Moment", "Refusal", "Session"]


class Moment(TypeDecorator[datetime]):
    """An aware point in time, kept as UTC on every database.

    SQLite has no time zones: what it gives back would be naive, and a naive time compared
    with an aware one is a fault that shows only on the other database.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"{value} has no time zone"
            raise ValueError(msg)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Fields(TypeDecorator[dict[str, Any]]):
    """Values by name, kept as ASCII JSON: whatever people wrote, every database takes it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else dict(json.loads(value))


class Listed(TypeDecorator[list[Any]]):
    """Some values in order, kept as `Fields` are."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> list[Any] | None:
        return None if value is None else list(json.loads(value))


class Base(DeclarativeBase):
    """Every table; constraints are named alike on every database, so that migrations find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Refusal(Exception):
    """A request the rules forbid. The person is told why; nothing is changed."""

    def __init__(self, **values: str | int | datetime) -> None:
        """`values` are what its words need to know."""
        super().__init__()
        self.values = values


InsertOf = Callable[[Any], sqlite.Insert]
"""Makes an INSERT of a class's objects, or of a table's bare rows, which takes half as long."""


def insert_of(session: Session) -> InsertOf:
    """The INSERT of this database, which knows ON CONFLICT; both databases spell it alike."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert
    from sqlalchemy.dialects import postgresql  # late: most places never need it

    return postgresql.insert  # type: ignore[return-value]  # it takes the same calls


def each_of(session: Session, numbers: Iterable[int]) -> ColumnElement[int]:
    """These numbers as a column, one in each row, so that something can be looked up for each.

    In a table that PostgreSQL has not yet got to know, IN with many numbers reads all of it.
    """
    if session.get_bind().dialect.name == "sqlite":
        rows = func.json_each(json.dumps(list(numbers))).table_valued("value")
        return rows.c.value
    from sqlalchemy.dialects import postgresql

    listed = cast(list(numbers), postgresql.ARRAY(BigInteger))
    return func.unnest(listed).column_valued("number")


def storable(note: str | None) -> str | None:
    """A note without what a database refuses; a traceback may repeat what somebody wrote."""
    return note and note.replace("\0", "").encode("utf-8", "backslashreplace").decode("utf-8")


def fit(text: str) -> str:
    """A text that any database takes.

    NUL ends a text for SQLite and is refused by PostgreSQL; a lone surrogate is no text at all.
    """
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def announce(session: Session, what: str) -> None:
    """Have those told who listen for this (`Database.listen`), once it is committed."""
    session.info.setdefault("announced", set()).add(what)
