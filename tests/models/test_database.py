"""How SQLite is opened: readers cannot write, writers queue, nothing is lost."""

import asyncio
import gc
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, OperationalError

import models.database
from models import Database
from models.database import BadDatabaseUrl, password_in, unavailable
from tests.databases import Databases

ADD_ONE = "UPDATE pauses SET bot_id = bot_id + 1"


async def _count(database: Database) -> int:
    async with database.read() as session:
        return int(await session.scalar(text("SELECT bot_id FROM pauses")) or 0)


async def _count_up(database: Database) -> None:
    """Read, then write what was read plus one."""
    async with database.write() as session:
        found = await session.scalar(text(f"SELECT bot_id FROM pauses {_locked(database)}"))
        await asyncio.sleep(0)
        await session.execute(text("UPDATE pauses SET bot_id = :next"), {"next": found + 1})


def _locked(database: Database) -> str:
    """PostgreSQL locks what is read only where one says so."""
    return "" if database.is_sqlite else "FOR UPDATE"


@pytest.fixture
async def counter(database: Database) -> Database:
    async with database.write() as session:
        await session.execute(text("INSERT INTO pauses VALUES (0, CURRENT_TIMESTAMP)"))
    return database


async def test_twenty_who_read_and_then_write_lose_nothing(counter: Database) -> None:
    await asyncio.gather(*(_count_up(counter) for _ in range(20)))

    assert await _count(counter) == 20


async def test_without_the_lock_taken_first_two_processes_fail_each_other(
    sqlite: Database,
) -> None:
    counter = sqlite
    async with counter.write() as session:
        await session.execute(text("INSERT INTO pauses VALUES (0, CURRENT_TIMESTAMP)"))
    other = Database(counter.url.render_as_string(hide_password=False))
    both = (counter, other)
    for database in both:
        engine = database.engines[0].sync_engine
        for listener in list(engine.dispatch.begin):
            event.remove(engine, "begin", listener)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))

    counting = (_count_up(database) for database in both for _ in range(10))
    ended = await asyncio.gather(*counting, return_exceptions=True)  # nobody goes on afterwards
    await other.close()

    assert any("locked" in str(each) for each in ended)


async def test_two_processes_wait_for_each_other(counter: Database) -> None:
    other = Database(counter.url.render_as_string(hide_password=False))

    await asyncio.gather(*(_count_up(each) for each in (counter, other) for _ in range(10)))

    assert await _count(counter) == 20
    await other.close()


async def test_a_session_for_reading_cannot_write(database: Database) -> None:
    async with database.read() as session:
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            await session.execute(text("DELETE FROM updates"))


async def test_raising_takes_everything_back(counter: Database) -> None:
    async def fail() -> None:
        async with counter.write() as session:
            await session.execute(text(ADD_ONE))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    assert await _count(counter) == 0


async def test_a_locked_database_is_out_of_reach_and_a_wrong_question_is_not(
    database: Database,
) -> None:
    async with database.read() as session:
        with pytest.raises(DBAPIError) as raised:
            await session.execute(text("SELECT * FROM nowhere"))

    assert not unavailable(raised.value)
    assert unavailable(OperationalError("", {}, Exception("database is locked")))
    assert unavailable(OperationalError("", {}, Exception("database or disk is full")))
    assert not unavailable(ValueError("is locked"))


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://a/b", "sqlite+aiosqlite://", "sqlite:///x"]
)
def test_a_url_we_do_not_work_with_is_refused(url: str) -> None:
    with pytest.raises(BadDatabaseUrl):
        password_in(url)


async def test_pragmas_are_as_the_ledger_needs_them(databases: Databases) -> None:
    database = Database(databases.new("sqlite"))
    async with database.write() as session:
        found = {
            name: await session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    await database.close()

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_a_database_to_throw_away_works_in_the_callers_thread(sqlite: Database) -> None:
    played = Database(str(sqlite.url), throwaway=True)
    before = threading.active_count()
    async with played.write() as session:
        await session.execute(text("INSERT INTO pauses VALUES (0, CURRENT_TIMESTAMP)"))
    await asyncio.gather(*(_count_up(played) for _ in range(3)))

    assert await _count(played) == 3
    assert threading.active_count() <= before  # those of others may end meanwhile
    with pytest.raises(OperationalError, match="no such table"):
        async with played.read() as session:
            await session.execute(text("SELECT * FROM nowhere"))
    await played.close()
    gc.collect()  # would complain about a connection that is still open


async def test_a_connection_that_cannot_be_prepared_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models.database, "BUSY_TIMEOUT_MS", 1)
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/held.db")
    with closing(sqlite3.connect(tmp_path / "held.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OperationalError, match="locked"):
            async with database.write() as session:
                await session.execute(text("SELECT 1"))
    await database.close()

    gc.collect()  # would complain about a connection that is still open
