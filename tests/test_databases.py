"""A database that was used before is as new for the next test, or it is not handed out again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from models import Base
from tests.databases import LEFT_BEHIND, NO_SERVER, Databases

USE = """
    INSERT INTO accounts (kind, owner_id, balance) VALUES ('issued', 1, -5), ('own', 1, 5);
    INSERT INTO transfers (key, debit_id, credit_id, points, reason, actor_id, at)
    VALUES ('a', 1, 2, 5, 'drop-off', 1, now());
    INSERT INTO actors (resident_id) VALUES (7);
    DELETE FROM actors;
    UPDATE alembic_version SET version_num = '9999';
"""
"""Transfers, which cannot be deleted; a number without a row; a row of the migrations."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    databases = Databases(tmp_path_factory.mktemp("own"))
    if not databases.server:
        pytest.skip(NO_SERVER)
    yield databases
    databases.remove()


async def run(url: str, orders: str) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    await connection.execute(orders)
    await connection.close()


async def contents(url: str) -> dict[str, list[Any]]:
    """All rows, and where numbers begin."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    found = {
        name: [tuple(row) for row in await connection.fetch(f'SELECT * FROM "{name}"')]
        for name in (*Base.metadata.tables, "alembic_version")
    }
    numbers = await connection.fetch("SELECT sequencename, last_value FROM pg_sequences")
    await connection.close()
    return found | {str(name): [last] for name, last in numbers}


async def test_what_was_used_comes_back_as_new(own: Databases) -> None:
    url = own.new("postgresql")
    new = await contents(url)
    await run(url, USE)
    assert await contents(url) != new
    forgotten = await asyncpg.connect(url.replace("+asyncpg", ""))
    await forgotten.execute("BEGIN; LOCK TABLE transfers")
    own.is_over(url)

    assert url in (own.new("postgresql"), own.new("postgresql"))
    assert await contents(url) == new
    assert forgotten.is_closed()


@pytest.mark.parametrize(
    "changed",
    [
        "DROP TRIGGER transfers_are_only_added ON transfers",
        "ALTER TABLE transfers DISABLE TRIGGER transfers_are_only_added",
        "DROP INDEX uq_drop_offs_window",
        "ALTER TABLE accounts DROP CONSTRAINT ck_accounts_sign",
        "ALTER TABLE accounts ALTER owner_id DROP NOT NULL",
        "ALTER TABLE stations ADD colour text",
        "CREATE TABLE bins (id integer)",
    ],
)
async def test_what_was_changed_in_more_than_its_rows_does_not_come_back(
    own: Databases, changed: str
) -> None:
    url = own.new("postgresql")
    await run(url, changed)
    own.is_over(url)

    assert url not in (own.new("postgresql"), own.new("postgresql"))


async def test_what_killed_tests_left_is_dropped_by_the_next(
    own: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = Databases(tmp_path)
    left = killed.new("postgresql")
    theirs, long_ago = killed._name.removeprefix("greenbin_"), "now()"
    wanted = LEFT_BEHIND.replace("[0-9a-f]{8}", theirs).replace(
        "now() - interval '1 day'", long_ago
    )
    monkeypatch.setattr("tests.databases.LEFT_BEHIND", wanted)
    later = Databases(tmp_path)
    later.new("postgresql")

    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await contents(left)
    for databases in (killed, later):
        databases.remove()


async def test_nothing_is_left_on_the_server(tmp_path: Path) -> None:
    databases = Databases(tmp_path)
    if not databases.server:
        pytest.skip(NO_SERVER)
    urls = [databases.new("postgresql") for _ in range(3)]
    databases.is_over(urls[0])
    forgotten = await asyncpg.connect(urls[1].replace("+asyncpg", ""))
    databases.remove()

    for url in urls:
        with pytest.raises(asyncpg.InvalidCatalogNameError):
            await contents(url)
    server = await asyncpg.connect(databases.server.replace("+asyncpg", ""))
    ours = "SELECT datname FROM pg_database WHERE starts_with(datname, $1)"
    assert await server.fetch(ours, databases._name) == []
    await server.close()
    forgotten.terminate()
