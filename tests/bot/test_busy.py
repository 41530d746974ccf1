"""When it is bad: people hear once that we are busy, and the answer comes later."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from types import SimpleNamespace

import pytest

import models.database
from bot import intake, workers
from bot.app import Place
from bot.playground import Playground
from models import Database
from tests.conftest import Clock, Town
from tests.databases import Databases
from tests.desk import until
from tests.people import Person

BUSY = "现在有点忙"


@pytest.fixture
async def town(
    playground: Playground,
    databases: Databases,
    place: Place,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Town]:
    """A town on SQLite where nobody is patient, so that the tests need not be."""
    monkeypatch.setattr(models.database, "BUSY_TIMEOUT_MS", 10)
    for room in (intake, workers):
        monkeypatch.setattr(room, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(intake, "FIRST_WAIT_SECONDS", 0.01)
    database = Database(databases.new("sqlite"))
    town = Town(playground, database, place, clock)
    await town.opens()
    await town.person("小李").says("你好")  # from here on the bot is at work
    yield town
    await town.closes()
    await database.close()
    assert playground.refused == []


@asynccontextmanager
async def _held(database: Database) -> AsyncIterator[sqlite3.Connection]:
    """Another process has the write lock."""
    assert database.file
    with closing(sqlite3.connect(database.file, isolation_level=None, timeout=0)) as other:
        while not other.in_transaction:
            with suppress(sqlite3.OperationalError):
                other.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(0.001)
        yield other


async def _hears(person: Person, words: str) -> None:
    await until(lambda: any(words in said for said in person.screen))


async def test_while_another_process_holds_the_database_people_hear_it_once_and_then_the_answer(
    town: Town,
) -> None:
    wang = town.person("王奶奶")
    async with _held(town.database) as other:
        wang.account.say("香蕉皮")
        wang.account.say("旧报纸")
        await _hears(wang, BUSY)
        other.rollback()
        await town.settle()

    assert [BUSY in said for said in wang.screen] == [True, False, False]
    assert "香蕉皮 → 厨余垃圾" in wang.screen[1]
    assert "可回收物" in wang.screen[2]


async def test_a_full_disk_takes_nothing_in_and_goes_on_by_itself_when_there_is_room(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    wang = town.person("王奶奶")
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1 << 20))
        wang.account.say("香蕉皮")
        await _hears(wang, BUSY)
    await town.settle()

    assert [BUSY in said for said in wang.screen] == [True, False]


async def test_a_database_that_says_it_is_full_half_way_loses_nothing(town: Town) -> None:
    wang = town.person("王奶奶")
    pages = await _limit_pages(town.database, 1)
    wang.account.say("香蕉皮" * 1000)
    await _hears(wang, BUSY)
    await _limit_pages(town.database, pages * 1000)
    await town.settle()

    assert len(wang.screen) == 2


async def _limit_pages(database: Database, most: int) -> int:
    """Let SQLite believe that the disk ends there; how many pages there are."""
    async with database.write() as session:
        connection = await session.connection()
        result = await connection.exec_driver_sql("PRAGMA page_count")
        pages = int(result.scalar_one())
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {max(most, pages)}")
    return pages


async def test_groups_are_left_in_peace(town: Town) -> None:
    wang = town.person("王奶奶")
    group = town.playground.group("三号楼", [wang.account])
    async with _held(town.database) as other:
        wang.account.say("/bin 香蕉皮", chat=group)
        wang.account.say("香蕉皮")
        await _hears(wang, BUSY)
        other.rollback()
        await town.settle()

    assert not any(BUSY in said for said in wang.in_group(group).screen)
    assert "香蕉皮" in wang.in_group(group).sees
