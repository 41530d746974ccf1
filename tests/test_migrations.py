"""The way up, down and up again, and that it leads to the tables the code has."""

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

import alembic.command
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from models import Base, Database, migrations

STEPS = Path(migrations.__file__).parent


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.attributes["url"] = url
    return config


@pytest.fixture
def url(database_url: str) -> str:
    """A database with nothing in it."""
    migrations.downgrade(database_url, "base")
    return database_url


def test_every_step_goes_up_down_and_up(url: str) -> None:
    steps = [each.revision for each in ScriptDirectory.from_config(_config(url)).walk_revisions()]
    for revision in reversed(steps):
        migrations.upgrade(url, revision)
        migrations.downgrade(url, "-1")
        migrations.upgrade(url, revision)

    assert len(steps) == len(migrations.known_revisions())
    migrations.downgrade(url, "base")
    assert asyncio.run(_tables(url)) == ["alembic_version"]
    migrations.upgrade(url)
    assert asyncio.run(_tables(url)) == sorted({"alembic_version", *Base.metadata.tables})


async def _tables(url: str) -> list[str]:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await engine.dispose()
    return sorted(names)


def test_the_models_are_what_the_steps_make(url: str) -> None:
    migrations.upgrade(url)

    alembic.command.check(_config(url))


def test_the_code_knows_the_newest_step(url: str) -> None:
    script = ScriptDirectory.from_config(_config(url))

    assert script.get_current_head() == migrations.HEAD
    assert migrations.HEAD in migrations.known_revisions()


def test_a_new_database_has_no_revision_and_a_ready_one_has_ours(url: str) -> None:
    async def revisions() -> tuple[str | None, str | None]:
        database = Database(url)
        before = await migrations.revision(database)
        await database.close()
        await asyncio.to_thread(migrations.upgrade, url)
        database = Database(url)
        after = await migrations.revision(database)
        await database.close()
        return before, after

    assert asyncio.run(revisions()) == (None, migrations.HEAD)


async def test_a_database_newer_than_the_code_is_recognised(database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(migrations.UnknownRevision) as raised:
        await migrations.revision(database)

    assert raised.value.revision == "9999"


async def test_the_copy_made_before_a_step_holds_what_was_written_last(
    sqlite: Database, tmp_path: Path
) -> None:
    database = sqlite
    async with database.write() as session:
        await session.execute(text("INSERT INTO pauses VALUES (7, '2026-11-22 08:00:00')"))
    assert database.file

    copy = await migrations.back_up(database.file, "0001", datetime(2026, 11, 22, tzinfo=UTC))

    shutil.move(copy, tmp_path / "restored.db")
    restored = Database(f"sqlite+aiosqlite:///{tmp_path}/restored.db")
    async with restored.read() as session:
        assert await session.scalar(text("SELECT bot_id FROM pauses")) == 7
    await restored.close()
