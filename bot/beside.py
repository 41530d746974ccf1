"""What goes on beside something else, such as writing down beside a chat."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any


@contextlib.asynccontextmanager
async def beside(
    work: Coroutine[Any, Any, None], stop: Callable[[], object]
) -> AsyncIterator[None]:
    """Let `work` go on meanwhile; at the end `stop` it, and wait until it has ended.

    If it breaks, nobody goes on without it: what stands in the context ends at once, with its
    fault. (A TaskGroup would do that too, but breaks the work off where the context ends, and puts
    every fault into a group.)
    """
    # Held until it has ended, and awaited below, whatever happens meanwhile.
    ours, going_on = asyncio.current_task(), asyncio.create_task(work)
    assert ours is not None

    def broke() -> bool:
        return going_on.done() and not going_on.cancelled() and going_on.exception() is not None

    def break_off(_: object) -> None:
        if broke():
            ours.cancel()

    going_on.add_done_callback(break_off)
    try:
        yield
    except asyncio.CancelledError:
        if not broke():
            raise  # somebody else wants us to end
        ours.uncancel()
    finally:
        going_on.remove_done_callback(break_off)
        stop()
        await going_on
