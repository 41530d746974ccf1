"""SQLite in the caller's own thread: for a program in which nobody waits for anybody else.

aiosqlite hands each statement to a thread and waits for it, so that the loop can go on meanwhile.
Where all the loop could do is wait, the handing over is half of what a statement costs.
"""

from collections.abc import Callable
from typing import Any

import aiosqlite


async def connect(file: str, **options: Any) -> aiosqlite.Connection:
    """A connection as aiosqlite makes it, without its thread."""
    made = aiosqlite.connect(file, **options)
    made._tx = _AtOnce()  # type: ignore[assignment]  # noqa: SLF001 (SQLAlchemy does, too)
    made._thread = _NoThread()  # type: ignore[assignment]  # noqa: SLF001
    return await made


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
    daemon = True

    def start(self) -> None:
        """There is none."""
