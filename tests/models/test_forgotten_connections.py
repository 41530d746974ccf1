"""No connection is forgotten: neither when a database is closed nor when its user is cancelled."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Coroutine
from contextlib import closing
from functools import partial
from itertools import count
from types import coroutine
from typing import Any

import aiosqlite
import asyncpg
import pytest
from sqlalchemy import event, text

from models import Database, sqlite_connections
from tests.databases import Databases


class Watched:
    """A database whose connections are watched."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self._made: list[Any] = []
        for engine in self.database.engines:
            event.listen(engine.sync_engine, "connect", self._note)

    def _note(self, _: Any, record: Any) -> None:
        self._made.append(record.driver_connection)

    @property
    def still_open(self) -> int:
        return sum(map(_is_open, self._made))


def _is_open(connection: aiosqlite.Connection | asyncpg.Connection) -> bool:
    if isinstance(connection, aiosqlite.Connection):
        return connection._connection is not None
    return not connection.is_closed()


async def _use(database: Database, how: str) -> None:
    async with getattr(database, how)() as session:
        await session.execute(text("SELECT 1"))
        await session.execute(text("SELECT 2"))


@pytest.fixture
async def watched(database_url: str) -> AsyncIterator[Watched]:
    watched = Watched(database_url)
    yield watched
    await watched.database.close()


async def _close_while_in_use(watched: Watched) -> None:
    database = watched.database
    async with database.read() as reading, database.write() as writing:
        for session in (reading, writing):
            await session.execute(text("SELECT 1"))
        await database.close()
        for session in (reading, writing):
            await session.execute(text("SELECT 1"))
        assert watched.still_open == 2


async def test_what_is_in_use_when_the_database_is_closed_is_closed_when_it_comes_back(
    watched: Watched,
) -> None:
    await _close_while_in_use(watched)

    assert watched.still_open == 0


async def test_if_nobody_waited_for_what_comes_back_it_would_be_forgotten(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "_come_home", lambda *_: None)
    watched = Watched(database_url)
    await _close_while_in_use(watched)

    assert watched.still_open == 2
    for connection in watched._made:
        await connection.close()


async def test_what_is_opened_after_the_end_is_closed_after_its_use(watched: Watched) -> None:
    await watched.database.close()
    await _use(watched.database, "read")

    assert len(watched._made) == 1
    assert watched.still_open == 0


@pytest.mark.parametrize("how", ["read", "write"])
@pytest.mark.parametrize("late", [False, True], ids=["waiting", "just served"])
async def test_whoever_is_cancelled_anywhere_leaves_neither_a_connection_nor_a_lock(
    database_url: str, how: str, late: bool
) -> None:
    for place in count(1):
        watched = Watched(database_url)
        cut_short = await _cancel(_use(watched.database, how), place, late=late)
        await watched.database.close()

        assert watched.still_open == 0, f"cancelled at its {place}. await"
        assert not _is_locked(watched.database), f"cancelled at its {place}. await"
        if cut_short is None:
            assert place > 10
            break


async def test_with_open_cursors_whoever_is_cancelled_would_keep_others_from_writing(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_connections, "connect", aiosqlite.connect)
    locked = 0
    for place in count(1):
        watched = Watched(databases.new("sqlite"))
        cut_short = await _cancel(_use(watched.database, "write"), place, late=False)
        await watched.database.close()
        locked += _is_locked(watched.database)
        if cut_short is None:
            break

    assert locked


def _is_locked(database: Database) -> bool:
    """Whether SQLite would let nobody else write."""
    if database.file is None:
        return False
    with closing(sqlite3.connect(database.file, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        other.rollback()
    return False


async def _cancel(
    work: Coroutine[Any, Any, None], place: int, *, late: bool
) -> asyncio.Task[None] | None:
    """Cancel work where it awaits for this time; the task that was cut short, or None if the
    work was done before."""
    task = asyncio.create_task(_cancelled(work, place, late=late))
    await asyncio.wait({task})
    return task if task.cancelled() or task.exception() else None


def _end(task: asyncio.Task[None], _: object) -> None:
    task.cancel()


@coroutine
def _cancelled(work: Coroutine[Any, Any, None], place: int, *, late: bool) -> Any:
    """Cancel the task when it awaits something for this time: before it has it or, if `late`,
    in the moment in which it would have gone on with it."""
    go_on = partial(work.send, None)
    for number in count(1):
        try:
            awaited = go_on()
        except StopIteration:
            return
        task = asyncio.current_task()
        assert task
        if number == place and late and awaited is not None:
            awaited.add_done_callback(partial(_end, task))
        elif number == place:
            task.cancel()
        try:
            yield awaited
        except BaseException as error:
            go_on = partial(work.throw, error)
        else:
            go_on = partial(work.send, None)
