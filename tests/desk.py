"""A feature of tests only, for what no shipped feature does yet; and looking at what became of it.

Composting buckets are lent out: a handler that writes, one that refuses, one that breaks.
"""

import asyncio
from collections.abc import Callable

from aiogram import Router
from aiogram.filters import Command
from aiogram.methods import SendMessage
from aiogram.types import Message
from sqlalchemy import func, select

from models import Refusal, Session
from models.questions import Question
from models.updates import StoredUpdate
from tests.conftest import Town

FELL_DOWN = "the shelf fell down \ud83d \0"
"""With half a character and a zero, which no database takes."""


class NoneLeft(Refusal):
    """All the composting buckets are lent out."""


def desk() -> Router:
    """A feature of tests only: each bucket is written down as a question."""

    async def lend(message: Message, session: Session) -> SendMessage:
        await write_down(message, session)
        return message.answer("借给你了")

    async def refuse(message: Message, session: Session) -> None:
        await write_down(message, session)
        raise NoneLeft

    async def break_down(message: Message, session: Session) -> None:
        await write_down(message, session)
        raise RuntimeError(FELL_DOWN)

    async def write_down(message: Message, session: Session) -> None:
        assert message.from_user
        session.add(Question(text="bucket", asked_by=message.from_user.id, asked_at=message.date))
        await session.flush()  # so that there is something to roll back

    router = Router()
    for handler, command in ((lend, "lend"), (refuse, "refuse"), (break_down, "break")):
        router.message.register(handler, Command(command), flags={"writes": True})
    return router


async def lent(town: Town) -> int:
    """How many buckets are written down as lent."""
    async with town.database.read() as session:
        return await session.scalar(select(func.count()).select_from(Question)) or 0


async def all_updates(town: Town) -> list[StoredUpdate]:
    async with town.database.read() as session:
        return list(await session.scalars(select(StoredUpdate).order_by(StoredUpdate.id)))


async def states(town: Town) -> list[str]:
    return [str(update.state) for update in await all_updates(town)]


async def until(true: Callable[[], object]) -> None:
    """Let the others work until something is so; twenty seconds are more than enough."""
    async with asyncio.timeout(20):
        while not true():
            # Not 0: a loop that never rests keeps SQLite's thread waiting, 5 ms for each row.
            await asyncio.sleep(0.001)


async def no_time_passes(*_: object) -> None:
    """What a pause is, in a test."""
    await asyncio.sleep(0)
