"""Ending tasks that would go on by themselves."""

import asyncio
from collections.abc import Iterable
from typing import Any

AGAIN_SECONDS = 0.5
"""How long a task that was told to end may take until it is told again."""


async def end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel them until they have ended.

    Once is not enough: until Python 3.12 `asyncio.wait_for` swallows a cancellation that comes at
    the moment when what it waits for has happened, and SQLAlchemy's pool waits with it, too.
    """
    left = [task for task in tasks if not task.done()]
    while left:
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=AGAIN_SECONDS)
        left = [task for task in left if not task.done()]
