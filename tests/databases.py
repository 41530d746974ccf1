"""Databases for tests: up to date, empty, and handed out in no time.

PostgreSQL writes three hundred files for each new one, and waits for the disk until it has
dropped one. So there are few: what a test is done with is emptied behind its back and handed out
again, unless the test changed more than rows.
"""

import asyncio
import itertools
import os
import secrets
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection

from models import Database, migrations

T = TypeVar("T")

KINDS = ("sqlite", "postgresql")
SERVER = "GREENBIN_TEST_POSTGRES"
NO_SERVER = f"no PostgreSQL: {SERVER} is not set (postgresql+asyncpg://USER@HOST:PORT/DATABASE)"

AT_ONCE = 12
"""So many are dropped side by side: they share the checkpoint for which each would wait alone."""

LEFT_BEHIND = """
    SELECT datname FROM pg_database WHERE datname ~ '^greenbin_[0-9a-f]{8}_'
        AND (pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification
            < now() - interval '1 day'
"""
"""What tests left that were killed: no run takes a day."""
END_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
SHAPE = """
    SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
        SELECT oid || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT attrelid || '.' || attnum || '.' || pg_attribute.xmin FROM pg_attribute
            JOIN pg_class ON oid = attrelid AND relnamespace = 'public'::regnamespace
        UNION ALL SELECT oid || '.' || xmin FROM pg_constraint
        UNION ALL SELECT oid || '.' || xmin FROM pg_trigger
        UNION ALL SELECT oid || '.' || xmin FROM pg_proc
    ) AS parts (part)
"""
"""Another one after any change but to rows: `xmin` is the transaction that wrote a line last."""
USED = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
"""
NUMBERS = "SELECT sequencename, coalesce(last_value, 1), last_value IS NOT NULL FROM pg_sequences"


@dataclass(frozen=True, slots=True)
class New:
    """What a new one is like."""

    shape: str
    rows: dict[str, list[asyncpg.Record]]
    """Those that the migrations write, by table."""
    numbers: list[asyncpg.Record]

    @classmethod
    async def read(cls, connection: asyncpg.Connection) -> "New":
        shape, numbers = await connection.fetchval(SHAPE), await connection.fetch(NUMBERS)
        rows = {
            name: await connection.fetch(f'SELECT * FROM "{name}"')
            for (name,) in await connection.fetch(USED)
        }
        return cls(shape, rows, numbers)

    async def makes(self, connection: asyncpg.Connection) -> bool:
        """Make this one so again; False if it was changed in more than its rows."""
        await connection.execute(END_OTHERS)
        if await connection.fetchval(SHAPE) != self.shape:
            return False
        async with connection.transaction():
            await connection.execute("SET LOCAL session_replication_role = replica")
            used = ", ".join(f'"{name}"' for (name,) in await connection.fetch(USED))
            await connection.execute(f"TRUNCATE {used} CASCADE")
            for name, rows in self.rows.items():
                await connection.copy_records_to_table(name, records=rows)
            await connection.executemany("SELECT setval($1, $2, $3)", self.numbers)
        return True


class Compiled(dict[Any, Any]):
    """Statements compiled once for all databases of a kind, and not anew for each test's own.

    SQLAlchemy tells them apart by the dialect's object, of which each engine has one; those of
    a kind are alike.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), value)


COMPILED = Compiled()


def open_quickly(url: str, *, in_line: bool = False) -> Database:
    """As the bot opens it, but that nobody waits for the disk: no power is lost here.

    (On PostgreSQL `Databases` sees to it.) `in_line`: SQLite has no thread of its own, which is a
    quarter of what a conversation costs; races and crashes keep it.
    """
    database = Database(url, throwaway=in_line)
    for engine in database.engines:
        engine.update_execution_options(compiled_cache=COMPILED)
    if database.is_sqlite:
        event.listen(database.engines[0].sync_engine, "connect", _hurry)
    return database


def _hurry(connection: DBAPIConnection, _: object) -> None:
    connection.cursor().execute("PRAGMA synchronous = OFF")


async def _left(connection: asyncpg.Connection) -> list[asyncpg.Record]:
    return await connection.fetch(LEFT_BEHIND)


class Databases:
    """Hands out databases."""

    def __init__(self, folder: Path, *, hurried: bool = False) -> None:
        """`hurried`: nobody waits for PostgreSQL's disk; what is measured must."""
        self._hurried = hurried
        self.server = os.environ.get(SERVER, "")
        """The URL of a database from which others may be made; empty if there is none."""
        self._folder = folder
        self._number = itertools.count(1)
        self._name = f"greenbin_{secrets.token_hex(4)}"
        self._ready: set[str] = set()
        self._there: list[str] = []
        """What is on the server by our doing."""
        self._empty: list[str] = []
        """What may be handed out again."""
        self._clearing: list[Future[None]] = []
        self._new: New
        self._next: Future[str]
        # A thread of its own: a test's loop may be running in this one.
        self._behind = ThreadPoolExecutor(1)

    def new(self, kind: str) -> str:
        """The URL of a new database, or of one that is as new."""
        if kind not in self._ready:
            self._make_template(kind)
            self._ready.add(kind)
        if kind == "sqlite":
            file = self._folder / f"{next(self._number)}.db"
            file.write_bytes((self._folder / "template.db").read_bytes())
            return f"sqlite+aiosqlite:///{file}"
        given, self._next = self._next, self._behind.submit(self._find_one)
        return self._url(given.result())

    def is_over(self, url: str) -> None:
        """Nobody needs this one any more."""
        name = url.rpartition("/")[2]
        if name in self._there:
            self._clearing.append(self._behind.submit(self._clear, name))

    def remove(self) -> None:
        """Drop all that is on the server."""
        self._behind.submit(self._drop, self._there).result()
        self._behind.shutdown()
        for cleared in self._clearing:
            cleared.result()

    def _make_template(self, kind: str) -> None:
        if kind == "sqlite":
            url = f"sqlite+aiosqlite:///{self._folder / 'template.db'}"
            self._behind.submit(migrations.upgrade, url).result()
            return
        self._behind.submit(self._drop_left_behind).result()
        template = f"{self._name}_template"
        self._behind.submit(self._make, template).result()
        self._behind.submit(migrations.upgrade, self._url(template)).result()
        self._new = self._behind.submit(asyncio.run, self._with(template, New.read)).result()
        self._next = self._behind.submit(self._find_one)

    def _find_one(self) -> str:
        if self._empty:
            return self._empty.pop()
        name = f"{self._name}_{next(self._number)}"
        self._make(name, f"TEMPLATE {self._name}_template")
        return name

    def _make(self, name: str, how: str = "") -> None:
        self._there.append(name)
        asyncio.run(self._tell(f"CREATE DATABASE {name} {how}"))
        if self._hurried:
            asyncio.run(self._tell(f"ALTER DATABASE {name} SET synchronous_commit = off"))

    def _clear(self, name: str) -> None:
        if asyncio.run(self._with(name, self._new.makes)):
            self._empty.append(name)

    def _drop_left_behind(self) -> None:
        self._drop([name for (name,) in asyncio.run(self._with(self._server_database, _left))])

    def _drop(self, names: Sequence[str]) -> None:
        for first in range(0, len(names), AT_ONCE):
            some = names[first : first + AT_ONCE]
            drops = (f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in some)
            asyncio.run(self._tell(*drops))

    @property
    def _server_database(self) -> str:
        return self.server.rpartition("/")[2]

    def _url(self, name: str) -> str:
        return f"{self.server.rpartition('/')[0]}/{name}"

    async def _with(self, name: str, act: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
        connection = await self._connect(name)
        try:
            return await act(connection)
        finally:
            await connection.close()

    async def _connect(self, name: str) -> asyncpg.Connection:
        return await asyncpg.connect(self._url(name).replace("+asyncpg", ""))

    async def _tell(self, *orders: str) -> None:
        """Give the server these orders at the same moment, by a connection each."""
        connections = [await self._connect(self._server_database) for _ in orders]
        try:
            await asyncio.gather(*map(asyncpg.Connection.execute, connections, orders))
        finally:
            for connection in connections:
                await connection.close()
