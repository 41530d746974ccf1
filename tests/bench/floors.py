"""What the database's own driver takes for the rows of a drop-off: no rules, no objects."""

import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
from sqlalchemy import make_url

from tests.city import Estate

DROP_OFF = """
INSERT INTO drop_offs (household_id, area_id, day, "window", station_id, shift_id, volunteer_id,
    at, entered_later, recorded_at, quality, points, frozen, revision)
VALUES ($1, $2, $3, 0, $4, 1, 1, $5, false, $5, 'right', 5, 0, 0) RETURNING id
"""
ACCOUNT = "INSERT INTO accounts (kind, owner_id, balance) VALUES ('own', $1, 0) RETURNING id"
TRANSFER = """
INSERT INTO transfers (key, debit_id, credit_id, points, reason, drop_off_id, actor_id, at)
VALUES ($1, $2, $3, 5, 'drop-off', $4, 1, $5) RETURNING id
"""
BALANCES = """
UPDATE accounts SET balance = balance + CASE WHEN id = $1 THEN -5 ELSE 5 END
WHERE id IN ($1, $2) RETURNING id
"""
NOTICE = """
INSERT INTO notices ("to", about, kind, fields, posted_at, due_at, state, repeated)
VALUES ($1, $2, 'drop-off', $3, $4, $4, 'waiting', false) RETURNING id
"""
FIELDS = {
    "at": "2026-11-23T07:30:00+08:00", "station": "东门", "quality": "right", "points": 5,
    "frozen": 0, "balance": 5, "changed": False, "withdrawn": False, "mistakes": [],
}  # fmt: skip


class Floor(ABC):
    """Writes drop-offs raw: five statements each, in one transaction."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate
        self._issued = 0

    @classmethod
    async def open(cls, url: str, estate: Estate) -> "Floor":
        """A connection of its own to this database."""
        database = make_url(url)
        if database.get_backend_name() == "sqlite":
            return OnSQLite(estate, database.database or "")
        address = database.set(drivername="postgresql").render_as_string(hide_password=False)
        floor = OnPostgreSQL(estate, await asyncpg.connect(address))
        await floor.prepare()
        return floor

    @abstractmethod
    async def record(self, homes: Sequence[int]) -> None:
        """One household after the other."""

    @abstractmethod
    async def close(self) -> None: ...

    def _drop_off(self, home: int, day: date, now: Any) -> tuple[Any, ...]:
        return home, self._estate.area, day, self._estate.station, now

    def _notice(self, home: int, drop_off: int, now: Any) -> tuple[Any, ...]:
        return 1_000_000 + home, f"drop-off {drop_off} 0", json.dumps(FIELDS), now


ISSUED = "SELECT id FROM accounts WHERE kind = 'issued'"


class OnSQLite(Floor):
    """By sqlite3, with what it keeps prepared."""

    def __init__(self, estate: Estate, file: str) -> None:
        super().__init__(estate)
        self._connection = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self._connection.execute(f"PRAGMA {pragma}")

    async def record(self, homes: Sequence[int]) -> None:
        drop_off, account, transfer, balances, notice = (
            words.replace("$", "?") for words in (DROP_OFF, ACCOUNT, TRANSFER, BALANCES, NOTICE)
        )

        def write(words: str, *values: Any) -> int:
            return int(self._connection.execute(words, values).fetchall()[0][0])

        issued = write(ISSUED)
        for home in homes:
            moment = datetime.now(UTC)
            now, day = f"{moment:%Y-%m-%d %H:%M:%S.%f}", f"{moment:%Y-%m-%d}"
            write_now = self._connection.execute
            write_now("BEGIN IMMEDIATE")
            id_ = write(drop_off, *self._drop_off(home, day, now))  # type: ignore[arg-type]
            own = write(account, home)
            write(transfer, f"drop-off:{id_}:0", issued, own, id_, now)
            write(balances, issued, own)
            write(notice, *self._notice(home, id_, now))
            write_now("COMMIT")

    async def close(self) -> None:
        self._connection.close()


class OnPostgreSQL(Floor):
    """By asyncpg, each statement prepared once."""

    def __init__(self, estate: Estate, connection: Any) -> None:
        super().__init__(estate)
        self._connection = connection

    async def prepare(self) -> None:
        self._prepared = [
            await self._connection.prepare(words)
            for words in (DROP_OFF, ACCOUNT, TRANSFER, BALANCES, NOTICE)
        ]

    async def record(self, homes: Sequence[int]) -> None:
        drop_off, account, transfer, balances, notice = self._prepared
        issued = await self._connection.fetchval(ISSUED)
        for home in homes:
            now = datetime.now(UTC)
            async with self._connection.transaction():
                id_ = await drop_off.fetchval(*self._drop_off(home, now.date(), now))
                own = await account.fetchval(home)
                await transfer.fetchval(f"drop-off:{id_}:0", issued, own, id_, now)
                await balances.fetch(issued, own)
                await notice.fetchval(*self._notice(home, id_, now))

    async def close(self) -> None:
        await self._connection.close()
