"""Which processes are at work. On PostgreSQL several share it, and any of them may die.

A process holds an advisory lock under its name for as long as its connection lives: when it is
killed, the server lets go of the lock by itself, and what the process had taken up is free. On
SQLite one process is alone (the start sees to that), so nobody else is ever there.
"""

import asyncio
import logging
from types import TracebackType

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from models.base import Session
from models.database import Database, unavailable

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
"""How often a process makes sure that it is still known to be there, and looks who is gone."""

_HERE = text("SELECT pg_advisory_lock(hashtextextended(:name, 0))")
_LEAD = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
_HELD = """
    SELECT (classid::bigint << 32 | objid::bigint) FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
_FREE = text(
    "UPDATE updates SET claimed_by = NULL"  # noqa: S608 (what is put in is ours, see above)
    " WHERE settled_at IS NULL AND claimed_by IS NOT NULL"
    f" AND hashtextextended(claimed_by, 0) NOT IN ({_HELD})"
)
_ABSENT = text(f"SELECT hashtextextended(:name, 0) NOT IN ({_HELD})")


class Presence:
    """This process among the others: `async with Presence(database, name) as presence`."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._name = name
        self._connection: AsyncConnection | None = None
        self._leading: set[str] = set()
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> "Presence":
        await self.renew()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._let_go()

    async def renew(self) -> None:
        """Make sure that the others see us; raises if the database is out of reach."""
        if self._database.is_sqlite:
            return
        async with self._turn:
            try:
                if self._connection is None:
                    await self._appear()
                else:
                    await self._connection.execute(text("SELECT 1"))
            except Exception:
                await self._let_go()
                raise

    async def leads(self, what: str) -> bool:
        """Whether this process is the one that does `what`; on SQLite it always is."""
        if self._database.is_sqlite:
            return True
        try:
            await self.renew()
            async with self._turn:
                if self._connection is None:
                    return False
                if what not in self._leading and await self._connection.scalar(
                    _LEAD, {"name": f"greenbin {what}"}
                ):
                    self._leading.add(what)
        except Exception as error:
            if not unavailable(error):
                raise
            return False
        return what in self._leading

    async def _appear(self) -> None:
        connection = await self._database.engines[0].connect()
        try:
            connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(_HERE, {"name": self._name})
        except BaseException:
            await connection.invalidate()
            raise
        self._connection = connection

    async def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        self._leading.clear()
        if connection is not None:
            # Not back to the pool: the locks would live on in it.
            await connection.invalidate()
            await connection.close()


async def free_what_the_absent_held(session: Session) -> None:
    """Give back what processes had taken up that are gone (PostgreSQL)."""
    await session.execute(_FREE)


async def is_absent(session: Session, name: str) -> bool:
    """Whether the process of this name is gone (PostgreSQL)."""
    return bool(await session.scalar(_ABSENT, {"name": name}))
