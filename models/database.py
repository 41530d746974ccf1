"""Opening the database: one place that knows how SQLite wants to be written to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError
from sqlalchemy.exc import TimeoutError as SQLAlchemyTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine

from models.base import Session

__all__ = ["BadDatabaseUrl", "Database", "DatabaseError", "password_in", "unavailable"]

DRIVERS = ("sqlite+aiosqlite",)

BUSY_TIMEOUT_MS = 5000
"""How long SQLite waits for another process to let go of the file."""


class BadDatabaseUrl(ValueError):
    """Not the URL of a database that this version works with."""


def password_in(url: str) -> str:
    """The password in a database's URL, empty if it has none; raises `BadDatabaseUrl`."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise BadDatabaseUrl from None
    if parsed.drivername not in DRIVERS or not parsed.database:
        raise BadDatabaseUrl
    return parsed.password or ""


def unavailable(error: BaseException) -> bool:
    """Whether this is the database being out of reach for now: locked, full, restarting.

    Nothing is wrong with what was asked, so it is asked again later. SQLite reports its own
    faults and ours as the same error; only the words tell them apart.
    """
    if isinstance(error, SQLAlchemyTimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    words = str(error.orig).lower()
    return any(sign in words for sign in _OUT_OF_REACH)


_OUT_OF_REACH = ("is locked", "is full", "disk i/o", "unable to open", "readonly database")


class Database:
    """The only way to a session: `read()` for looking, `write()` for one transaction.

    On SQLite there are two engines. Readers never take the write lock, so an answer does not
    wait for a write. The one writer takes the lock at the start (`BEGIN IMMEDIATE`): a deferred
    transaction that reads and then writes fails at once when somebody else has written in
    between, whatever the time-out. Before the lock stands a first-in-first-out queue, since
    SQLite's own waiting is not fair (1.7 s at worst against 0.1 s, reliability M11).
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self._turn = asyncio.Lock()
        if self.is_sqlite:
            self._writer = create_async_engine(self.url, pool_size=1, max_overflow=0)
            self._reader = create_async_engine(self.url)
            _prepare_sqlite(self._writer.sync_engine, writes=True)
            _prepare_sqlite(self._reader.sync_engine, writes=False)
        else:
            self._writer = self._reader = create_async_engine(self.url, pool_pre_ping=True)
        self._write_sessions = async_sessionmaker(self._writer, expire_on_commit=False)
        self._read_sessions = async_sessionmaker(self._reader, expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The file behind SQLite; None for a server."""
        name = self.url.database
        return Path(name) if self.is_sqlite and name else None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Session]:
        """A session for looking. On SQLite the database itself refuses to write through it."""
        async with self._read_sessions() as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Session]:
        """One write transaction: leaving commits, raising rolls back."""
        if not self.is_sqlite:
            async with self._write_sessions.begin() as session:
                yield session
            return
        async with self._turn, self._write_sessions.begin() as session:
            yield session

    @property
    def engines(self) -> tuple[AsyncEngine, ...]:
        return (self._writer,) if self._writer is self._reader else (self._writer, self._reader)

    async def close(self) -> None:
        for engine in self.engines:
            await engine.dispose()


def _prepare_sqlite(engine: Engine, *, writes: bool) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _: object) -> None:
        # Python's own transaction handling begins only at the first change; ours begins where
        # the `begin` event below says.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
