"""Broadcast trials: the bot is killed while it writes to many, and every message is counted.

The judge is what each chat received; what our tables say is held against it.
"""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from bot.playground import Answer, Call, Playground
from bot.playground.door import serve
from models import Database, broadcasts, notices, residents
from models.audiences import Audience
from models.broadcasts import Broadcast, Content
from models.notices import Notice, State
from models.roles import EVERYWHERE, Held, Role
from tests.trials.kills import PATIENCE_SECONDS, TOKEN
from tests.trials.tools import Tools, Zygote, as_text

IN_FLIGHT = 20
SLOW_SECONDS = 0.02
"""How long Telegram takes for a message, so that some are in the air at any moment."""

READY_SECONDS = 5.0
"""How long it may take from being ready until the broadcast goes on."""

NEWS = "明天收有害垃圾 <b>&amp;</b> 👨‍👩‍👧"


@dataclass(frozen=True)
class Size:
    """How many people, and how often the bot is killed."""

    people: int = 10_000
    kills: int = 10
    rate: int = 1000


class Slow:
    """A message arrives, and the answer takes its time."""

    def __init__(self) -> None:
        self.ready = asyncio.Event()
        """The bot asks for updates."""
        self.first = asyncio.Event()
        """The first message has come."""

    async def before(self, call: Call) -> None:
        if call.method == "getupdates":
            self.ready.set()

    async def after(self, call: Call, answer: Answer) -> None:
        if call.method == "sendmessage":
            self.first.set()
            await asyncio.sleep(SLOW_SECONDS)


@dataclass
class Cast:
    """A broadcast, who is to hear it, and what was seen."""

    database: Database
    size: Size
    chance: random.Random
    hook: Slow = field(default_factory=Slow)
    slowest: float = 0.0
    """Seconds from being ready until it went on."""

    def __post_init__(self) -> None:
        self.playground = Playground(token=TOKEN, clock=lambda: datetime.now(UTC), hook=self.hook)
        self.people = [self.playground.person(str(n)) for n in range(self.size.people)]
        for person in self.people:
            person.chat.is_open = True
        for person in self.chance.sample(self.people, self.size.people // 50):
            person.chat.is_blocked = True

    async def hand_in(self) -> None:
        """Everybody is known, and the broadcast is to begin at once."""
        now = datetime.now(UTC)
        async with self.database.write() as session:
            await residents.note_seen(session, [each.id for each in self.people], now)
            admin = (Held(Role.ADMIN, EVERYWHERE),)
            made = await broadcasts.draft(session, admin, EVERYWHERE, 1, "zh", now)
            made.content = Content(text=NEWS, entities=[]).fields
            made.audience, made.state = Audience.EVERYBODY, broadcasts.State.READY
            made.through_night = True

    async def over(self) -> None:
        """Wait for its end."""
        while True:
            async with self.database.read() as session:
                if await session.scalar(select(Broadcast.ended_at)):
                    return
            await asyncio.sleep(0.1)


async def killed(tools: Tools, database: str, seed: int, folder: Path) -> str:
    """Ten kills among ten thousand people; what went wrong, or nothing."""
    return await run(Size(), seed, tools.zygote, tools.databases.new(database), folder)


async def retried(tools: Tools, database: str, seed: int, folder: Path) -> str:
    """The control: sent again blindly, somebody hears it twice."""
    url = tools.databases.new(database)
    size = Size(people=2000, kills=4)
    wrong = await run(size, seed, tools.zygote, url, folder, retry_blindly=True)
    return "" if "twice" in wrong else f"nobody heard it twice: the trial is blind ({wrong})"


async def run(size: Size, seed: int, zygote: Zygote, url: str, folder: Path, **order: bool) -> str:
    """Have a broadcast sent through so many kills; what went wrong, or nothing."""
    opened = Database(url)
    try:
        cast = Cast(opened, size, random.Random(seed))
        await cast.hand_in()
        async with asyncio.timeout(PATIENCE_SECONDS + 10 * size.kills):
            await _through_kills(cast, zygote, url, folder / "log", order)
        return as_text(**await _wrong(cast))
    finally:
        await opened.close()


async def _through_kills(
    cast: Cast, zygote: Zygote, url: str, log: Path, order: dict[str, bool]
) -> None:
    runner, address = await serve(cast.playground, port=0, page=False)
    try:
        for kill in range(cast.size.kills + 1):
            cast.hook.ready.clear()
            cast.hook.first.clear()
            process = await zygote.do(
                do="start", seed=0, least=0, most=0, own_polling=False, log=str(log), **order,
                environment={
                    "GREENBIN_TOKEN": TOKEN, "GREENBIN_API_BASE": address,
                    "GREENBIN_DATABASE_URL": url, "GREENBIN_RATE": str(cast.size.rate),
                    "GREENBIN_IN_FLIGHT": str(IN_FLIGHT),
                },
            )  # fmt: skip
            is_last = kill == cast.size.kills
            await cast.hook.ready.wait()
            ready, ending = time.monotonic(), asyncio.create_task(cast.over())
            first = asyncio.create_task(cast.hook.first.wait())
            await asyncio.wait((first, ending), return_when=asyncio.FIRST_COMPLETED)
            if first.done():
                cast.slowest = max(cast.slowest, time.monotonic() - ready)
            if is_last:
                await ending
            else:
                share = cast.size.people / cast.size.rate / (cast.size.kills + 1)
                await asyncio.sleep(cast.chance.uniform(0.3, 1.2) * share)
            for task in (first, ending):
                task.cancel()
            os.kill(process, signal.SIGTERM if is_last else signal.SIGKILL)
            await zygote.do(do="wait", process=process)
    finally:
        await runner.cleanup()


async def _wrong(cast: Cast) -> dict[str, list[str]]:
    """I9–I11: one row each, in a final state; received as that says; few unknown."""
    heard = Counter(each.chat_id for each in cast.playground.deliveries())
    async with cast.database.read() as session:
        ended = {to: State(state) for to, state in await session.execute(
            select(Notice.to, Notice.state).where(Notice.kind == "broadcast")
        )}  # fmt: skip
        made = await session.scalar(select(Broadcast))
        assert made
        tally = (await notices.tallied(session, [made.id]))[made.id]
    final = {State.SENT: {1}, State.UNKNOWN: {0, 1}, State.BLOCKED: {0}, State.FAILED: {0}}
    unknown = sum(state is State.UNKNOWN for state in ended.values())
    most = IN_FLIGHT * cast.size.kills
    late = [f"{cast.slowest:.1f} s"] if cast.slowest > READY_SECONDS else []
    return {
        "twice": [str(id_) for id_, number in heard.items() if number > 1],
        "left out": [str(each.id) for each in cast.people if each.id not in ended],
        "not as written": [
            f"{id_} {state} and {heard[id_]}"
            for id_, state in ended.items()
            if heard[id_] not in final.get(state, set())
        ],
        "too many unknown": [f"{unknown} of {most}"] if unknown > most else [],
        "went on late": late,
        "state": [] if made.state == broadcasts.State.DONE else [str(made.state)],
        "tally": [] if tally == Counter(ended.values()) else [str(tally)],
    }
