"""Opening the database: one place that knows how SQLite wants to be written to."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as SQLAlchemyTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from models import sqlite_connections
from models.base import Session

__all__ = ["BadDatabaseUrl", "Database", "NoRoom", "password_in", "unavailable"]

DRIVERS = ("sqlite+aiosqlite", "postgresql+asyncpg")

ROOM_BYTES = 64 << 20
"""Free bytes below which SQLite takes in nothing new."""

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


class NoRoom(Exception):
    """The disk is nearly full: what is left is kept for marks and for what is under way."""


def unavailable(error: BaseException) -> bool:
    """Whether this is the database being out of reach for now: locked, full, restarting.

    Nothing is wrong with what was asked, so it is asked again later.
    """
    if isinstance(error, (NoRoom, SQLAlchemyTimeoutError, ConnectionError, TimeoutError)):
        return True  # the pool is empty, or asyncpg does not get through to the server
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return str(state).startswith(_STATES)
    # SQLite reports its own faults and ours as the same error; only the words tell them apart.
    words = str(error.orig).lower()
    return error.connection_invalidated or any(sign in words for sign in _WORDS)


def in_brief(error: BaseException) -> str:
    """What the database says, in one line: without the statement and the link to a manual."""
    words = str(error.orig if isinstance(error, DBAPIError) else error) or type(error).__name__
    return " ".join(words.split())


_STATES = ("08", "53", "57P", "58", "40001", "40P01", "25006")
"""PostgreSQL: connection, resources, operator, system, serialization, deadlock, standby."""

_WORDS = (
    *("is locked", "is full", "disk i/o", "unable to open", "readonly database"),
    *("connection is closed", "connection was closed", "connection reset"),
)


class Database:
    """The only way to a session: `read()` for looking, `write()` for one transaction.

    On SQLite there are two engines. Readers never take the write lock, so an answer does not
    wait for a write. The one writer takes the lock at the start (`BEGIN IMMEDIATE`): a deferred
    transaction that reads and then writes fails at once when somebody else has written in
    between, whatever the time-out. Before the lock stands a first-in-first-out queue, since
    SQLite's own waiting is not fair (1.7 s at worst against 0.1 s, reliability M11).
    """

    def __init__(self, url: str, *, throwaway: bool = False) -> None:
        """`throwaway`: what is lost with the machine is made again, and nobody waits meanwhile.

        Then SQLite works in the caller's own thread, and does not wait for the disk.
        """
        self.url = make_url(url)
        self._turn = asyncio.Lock()
        self._listeners: dict[str, Callable[[], None]] = {}
        self._is_closed = False
        if self.is_sqlite:
            in_thread, in_line = sqlite_connections.connect, sqlite_connections.connect_in_line
            opens = in_line if throwaway else in_thread
            more: dict[str, Any] = {"connect_args": {"async_creator_fn": opens}}
            self._writer = create_async_engine(self.url, pool_size=1, max_overflow=0, **more)
            self._reader = create_async_engine(self.url, **more)
            _prepare_sqlite(self._writer.sync_engine, writes=True, waits_for_disk=not throwaway)
            _prepare_sqlite(self._reader.sync_engine, writes=False)
        else:
            self._writer = _postgresql(self.url, writes=True)
            self._reader = _postgresql(self.url, writes=False)
        for engine in self.engines:
            event.listen(engine.sync_engine, "checkin", self._come_home)
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

    @property
    def shown(self) -> str:
        """What it is called in messages: no password."""
        return str(self.file or self.url.render_as_string(hide_password=True))

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Session]:
        """A session for looking. On SQLite the database itself refuses to write through it."""
        session = self._read_sessions()
        try:
            yield session
        finally:
            # Most questions are answered from memory. Then there is nothing to close, and the
            # task that SQLAlchemy closes in takes longer than finding the answer.
            if session.in_transaction():
                async with session:  # closes it to the end, even where somebody is cancelled
                    pass

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Session]:
        """One write transaction: leaving commits, raising rolls back."""
        if not self.is_sqlite:
            async with self._write_sessions.begin() as session:
                yield session
        else:
            async with self._turn, self._write_sessions.begin() as session:
                yield session
        for what in session.info.get("announced", ()):
            if listener := self._listeners.get(what):
                listener()

    def listen(self, what: str, listener: Callable[[], None]) -> None:
        """Call this whenever a transaction is committed that announced `what`."""
        self._listeners[what] = listener

    def has_room(self) -> bool:
        """Whether the disk has room for more; a server looks after its own."""
        file = self.file
        return file is None or shutil.disk_usage(file.parent).free >= ROOM_BYTES

    @property
    def engines(self) -> tuple[AsyncEngine, AsyncEngine]:
        """The one that writes, and the one that only reads."""
        return self._writer, self._reader

    async def close(self) -> None:
        """Close every connection; one that is in use is closed when it comes back."""
        self._is_closed = True
        for engine in self.engines:
            await engine.dispose()

    def _come_home(self, _: Any, record: ConnectionPoolEntry) -> None:
        # `dispose` closes what lies in the pool, and forgets the pool. What comes back later
        # would lie in a pool that nobody knows, open until it is found among the rubbish.
        if self._is_closed:
            record.invalidate()


def _postgresql(url: URL, *, writes: bool) -> AsyncEngine:
    # A connection that the server has ended meanwhile is noticed before it is used.
    return create_async_engine(
        url,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        pool_timeout=10,
        connect_args={
            "timeout": 10,
            "command_timeout": 30,
            "server_settings": {"default_transaction_read_only": "off" if writes else "on"},
        },
    )


def _prepare_sqlite(engine: Engine, *, writes: bool, waits_for_disk: bool = True) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _: object) -> None:
        # Python's own transaction handling begins only at the first change; ours begins where
        # the `begin` event below says.
        connection.isolation_level = None
        cursor = connection.cursor()
        # First, so that what follows waits for another process, too.
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute(f"PRAGMA synchronous = {'FULL' if waits_for_disk else 'OFF'}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
