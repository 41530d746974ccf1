"""The database's steps from one version of the code to the next."""

import asyncio
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, text

from models.database import Database

HEAD = "0010"
"""The revision this code is written for. A test holds it against the newest step."""


class UnknownRevision(Exception):
    """The database is newer than the code, or another program's."""

    def __init__(self, revision: str) -> None:
        super().__init__(revision)
        self.revision = revision


def known_revisions() -> frozenset[str]:
    """Every revision this code knows, by the steps' file names; the start loads no alembic."""
    steps = (Path(__file__).parent / "versions").glob("[0-9]*.py")
    return frozenset(step.name.partition("_")[0] for step in steps)


async def revision(database: Database) -> str | None:
    """The revision of this database; None if it is new."""
    async with database.engines[-1].connect() as connection:
        if not await connection.run_sync(lambda sync: inspect(sync).has_table("alembic_version")):
            return None
        found: str | None = await connection.scalar(
            text("SELECT version_num FROM alembic_version")
        )
    if found is not None and found not in known_revisions():
        raise UnknownRevision(found)
    return found


async def back_up(file: Path, found: str, now: datetime) -> Path:
    """Copy a SQLite database beside itself, whole, though somebody may be writing to it."""
    copy = file.with_name(f"{file.name}.{found}.{now:%Y%m%d-%H%M%S}.backup")

    def copy_all() -> None:
        source, target = sqlite3.connect(file), sqlite3.connect(copy)
        try:
            source.backup(target)
        finally:
            source.close()
            target.close()

    await asyncio.to_thread(copy_all)
    return copy


def upgrade(url: str, to: str = "head") -> None:
    """Bring a database up to a revision. Loads alembic; the start calls it in a child process."""
    _run("upgrade", url, to)


def downgrade(url: str, to: str) -> None:
    """Take a database back to a revision."""
    _run("downgrade", url, to)


def _run(command: str, url: str, to: str) -> None:
    import alembic.command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = url
    getattr(alembic.command, command)(config, to)
