"""SQLite in a thread of its own, where each statement goes and comes back once; or in no thread.

aiosqlite goes four times: for a cursor, for the statement, for its rows, and to close the cursor.
Each way costs as much as the statement itself. And whoever is cancelled between them would leave
an open cursor behind: for as long as any trace of that holds it, even a closed connection keeps
its transaction, and everybody else from writing.

A thread is there so that the loop can go on meanwhile. In a program in which nobody waits for
anybody else, that one way is still half of what a statement costs: there it is done in line.
"""

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Self

import aiosqlite


class Cursor:
    """What SQLAlchemy asks of a cursor; the rows are here once the statement is done."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, words: str, parameters: Any = ()) -> Self:
        await self._connection.run(self._take_all, sqlite3.Connection.execute, words, parameters)
        return self

    async def executemany(self, words: str, parameters: Any) -> Self:
        run = sqlite3.Connection.executemany
        await self._connection.run(self._take_all, run, words, parameters)
        return self

    async def fetchall(self) -> Sequence[Any]:
        return self._rows

    async def close(self) -> None:
        """Nothing is open: the cursor was closed in the thread."""

    def _take_all(self, run: Callable[..., sqlite3.Cursor], words: str, parameters: Any) -> None:
        cursor = run(self._connection.sqlite, words, parameters)
        try:
            self.description = cursor.description
            self._rows = cursor.fetchall()
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class Connection(aiosqlite.Connection):
    """aiosqlite's, with such cursors."""

    def __init__(self, open_file: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(open_file, iter_chunk_size=64)
        self._thread.daemon = True  # as SQLAlchemy has it: whoever forgets to close can still end

    @property
    def sqlite(self) -> sqlite3.Connection:
        return self._conn

    async def run(self, work: Callable[..., None], *arguments: Any) -> None:
        """Do this in the thread."""
        await self._execute(work, *arguments)  # type: ignore[no-untyped-call]  # aiosqlite's

    def cursor(self) -> Cursor:  # type: ignore[override]  # ours does what is asked
        return Cursor(self)


class InLine(Connection):
    """The same in the caller's own thread."""

    def __init__(self, open_file: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(open_file)
        self._tx = _AtOnce()  # type: ignore[assignment]  # all that is asked of the queue
        self._thread = _NoThread()  # type: ignore[assignment]  # and of the thread


class _AtOnce:
    """A queue that does what is put into it."""

    def put_nowait(self, what: tuple[Any, Callable[[], Any]]) -> None:
        future, function = what
        try:
            result = function()
        except Exception as error:
            if future is None:
                raise
            future.set_exception(error)
        else:
            if future is not None:
                future.set_result(result)


class _NoThread:
    def start(self) -> None:
        """There is none."""


def connect(file: str, **options: Any) -> Connection:
    """As `aiosqlite.connect`."""
    return Connection(partial(sqlite3.connect, file, **options))


def connect_in_line(file: str, **options: Any) -> Connection:
    """As `connect`, for a program in which nobody waits for anybody else."""
    return InLine(partial(sqlite3.connect, file, **options))
