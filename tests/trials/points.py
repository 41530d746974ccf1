"""Named crash points: before and after every commit and every send, as the code has them.

The list is generated from the source, so a commit that somebody adds is a point that has to be
visited. The process under test kills itself at the point that the trial names.
"""

import ast
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from aiogram import Bot

from models import Database, Session

BOT = Path(__file__).parents[2] / "bot"

MAY_BE_MADE_TWICE = frozenset({"bot.app:App._insist"})
"""Calls that set something, such as our commands: nobody hears them."""

NOT_SERVING = frozenset({"bot.checks", "bot.demo", "bot.imports", "bot.printing"})
"""What only commands beside the bot do, and a playground before it opens."""

ONLY_POSTGRESQL = frozenset({"bot.app:App._look_around"})
"""On SQLite a process is alone and does not look who else is there."""


def points(kind: str) -> list[str]:
    """Every point on this kind of database: "before commit in bot.intake:Intake._store"."""
    places = [
        place
        for file in sorted(BOT.glob("*.py"))
        if f"bot.{file.stem}" not in NOT_SERVING
        for place in [f"commit in {each}" for each in _found(file, _writes)]
        + [f"send in {each}" for each in _found(file, _sends)]
        if place.rpartition(" ")[2] not in ONLY_POSTGRESQL or kind == "postgresql"
    ]
    return [f"{when} {place}" for place in places for when in ("before", "after")]


def _found(file: Path, wanted: Callable[[ast.AST], bool]) -> list[str]:
    """The functions of a file in which there is something wanted."""
    found: set[str] = set()

    def look(node: ast.AST, inside: tuple[str, ...]) -> None:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            inside = (*inside, node.name)
        if wanted(node):
            found.add(f"bot.{file.stem}:{'.'.join(inside)}")
        for child in ast.iter_child_nodes(node):
            look(child, inside)

    look(ast.parse(file.read_text("utf-8")), ())
    return sorted(found - MAY_BE_MADE_TWICE)


def _writes(node: ast.AST) -> bool:
    """Whether it opens a write transaction."""
    return isinstance(node, ast.AsyncWith) and any(
        isinstance(item.context_expr, ast.Call)
        and isinstance(item.context_expr.func, ast.Attribute)
        and item.context_expr.func.attr == "write"
        for item in node.items
    )


def _sends(node: ast.AST) -> bool:
    """Whether it makes the call to Telegram that it was given."""
    return isinstance(node, ast.Await) and ast.unparse(node.value) == "self._bot(call)"


def watch(log: Path, deadly: str | None, time: int = 1) -> None:
    """In the process under test: note every point that is passed, and die at one of them."""
    passed: Counter[str] = Counter()

    def passes(point: str) -> None:
        passed[point] += 1
        with log.open("a") as file:
            file.write(point + "\n")
        if point == deadly and passed[point] == time:
            os.kill(os.getpid(), signal.SIGKILL)

    write, call = Database.write, Bot.__call__
    sending = {place for file in BOT.glob("*.py") for place in _found(file, _sends)}

    @asynccontextmanager
    async def watched(database: Database, place: str) -> AsyncIterator[Session]:
        async with write(database) as session:
            yield session
            passes(f"before commit in {place}")
        passes(f"after commit in {place}")

    def watched_write(database: Database) -> AbstractAsyncContextManager[Session]:
        frame = sys._getframe(1)
        return watched(database, f"{frame.f_globals['__name__']}:{frame.f_code.co_qualname}")

    async def watched_call(bot: Bot, method: Any, request_timeout: int | None = None) -> Any:
        frame = sys._getframe(1)
        place = f"{frame.f_globals['__name__']}:{frame.f_code.co_qualname}"
        if place in sending:
            passes(f"before send in {place}")
        result = await call(bot, method, request_timeout)
        if place in sending:
            passes(f"after send in {place}")
        return result

    Database.write = watched_write  # type: ignore[method-assign]
    Bot.__call__ = watched_call  # type: ignore[method-assign]
