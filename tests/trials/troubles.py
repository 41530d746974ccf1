"""Trials of the database: while people ask, it is locked, full, or its backends are ended.

The bot is a process of its own, and it is not started again: it has to go on by itself.
"""

import asyncio
import os
import random
import resource
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
from sqlalchemy import make_url

from bot.playground import Person, Playground
from bot.playground.door import serve
from models import Database, updates
from tests.trials import kills
from tests.trials.kills import TOKEN, Outcome, Plan
from tests.trials.tools import Tools, Zygote, as_text

PATIENCE_SECONDS = 60.0
"""How long the bot may take to catch up; it waits 32 s between two looks at the most."""


@dataclass(frozen=True)
class Scene:
    """Where the trouble comes."""

    database_url: str
    process: int
    """The bot."""
    log: Path
    chance: random.Random


Trouble = Callable[[Scene], Awaitable[None]]

HOLD = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
other.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


async def locked(scene: Scene, seconds: float | None = None) -> None:
    """Another process holds the lock, for a tenth of a second to twenty seconds."""
    seconds = seconds or 0.1 * 200 ** scene.chance.random()
    if scene.database_url.startswith("sqlite"):
        other = await asyncio.create_subprocess_exec(
            sys.executable, "-c", HOLD, _file(scene),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert other.stdin
        assert other.stdout
        await other.stdout.readline()
        await asyncio.sleep(seconds)
        other.stdin.close()
        await other.wait()
        return
    connection = await asyncpg.connect(scene.database_url.replace("+asyncpg", ""))
    async with connection.transaction():
        await connection.execute("LOCK TABLE updates IN ACCESS EXCLUSIVE MODE")
        await asyncio.sleep(seconds)
    await connection.close()


async def full(scene: Scene, seconds: float | None = None) -> None:
    """The bot's files may not grow any more, for half a second to eight."""
    seconds = seconds or scene.chance.uniform(0.5, 8)
    sizes = [Path(name).stat().st_size for name in (_file(scene) + "-wal", scene.log)]
    # A line in the log costs little, a page of the database much.
    limit = max(sizes[0], sizes[1] + 50_000)
    most = resource.prlimit(scene.process, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(scene.process, resource.RLIMIT_FSIZE, (limit, most))
    await asyncio.sleep(seconds)
    resource.prlimit(scene.process, resource.RLIMIT_FSIZE, (most, most))


async def ended(scene: Scene) -> None:
    """PostgreSQL ends all backends that serve the bot, several times."""
    connection = await asyncpg.connect(scene.database_url.replace("+asyncpg", ""))
    for _ in range(scene.chance.randint(1, 20)):
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await asyncio.sleep(scene.chance.expovariate(10))
    await connection.close()


def _file(scene: Scene) -> str:
    return make_url(scene.database_url).database or ""


async def run(
    trouble: Trouble,
    zygote: Zygote,
    names: list[str],
    database_url: str,
    log: Path,
    *,
    seed: int,
    times: int = 3,
    seconds: float = 12.0,
    confirm_first: bool = False,
) -> Outcome:
    """People ask for these seconds, and the trouble comes and goes so many times; what each chat
    received is counted."""
    chance = random.Random(seed)
    plan = Plan(seed, signal=15, seconds=seconds)
    playground = Playground(token=TOKEN, clock=lambda: datetime.now(UTC))
    runner, address = await serve(playground, port=0, page=False)
    people = [playground.person(f"person {number}") for number in range(plan.people)]
    asked = {name: people[number % plan.people] for number, name in enumerate(names)}
    outcome = Outcome(seed, len(names))
    try:
        process = await zygote.do(
            do="start", seed=seed, least=0, most=0.3, own_polling=False, log=str(log),
            confirm_first=confirm_first,
            environment={
                "GREENBIN_TOKEN": TOKEN, "GREENBIN_API_BASE": address,
                "GREENBIN_DATABASE_URL": database_url,
            },
        )  # fmt: skip
        await kills.until(playground.world.updates.is_fetched)
        pouring = asyncio.create_task(kills.ask(asked, {}, playground, chance, plan))
        scene = Scene(database_url, process, log, random.Random(seed))
        for _ in range(times):
            await asyncio.sleep(scene.chance.uniform(0.1, seconds / 4))
            await trouble(scene)
        await pouring
        await _caught_up(playground, asked, database_url)
        os.kill(process, 15)
        outcome.statuses.append(await zygote.do(do="wait", process=process))
    finally:
        await runner.cleanup()
    heard = kills.heard(playground, asked)
    outcome.lost = [name for name in asked if not heard[name]]
    outcome.twice = [name for name in asked if heard[name] > 1]
    return outcome


async def _caught_up(playground: Playground, asked: dict[str, Person], database_url: str) -> None:
    """Wait until all have been answered and nothing is left to do, as long as is decent."""
    database = Database(database_url)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await kills.until(lambda: all(kills.heard(playground, asked).values()))
            while True:
                async with database.read() as session:
                    if not await updates.unsettled(session):
                        return
                await asyncio.sleep(0.1)
    except TimeoutError:
        return  # what is missing is counted
    finally:
        await database.close()


# In the campaign.


def in_campaign(trouble: Trouble) -> Callable[[Tools, str, int, Path], Awaitable[str]]:
    async def one(tools: Tools, database: str, seed: int, folder: Path) -> str:
        outcome = await _carried_out(trouble, tools, database, seed, folder)
        died = [] if outcome.statuses == [0] else [f"status {outcome.statuses}"]
        return as_text(lost=outcome.lost, twice=outcome.twice, died=died)

    return one


async def confirmed_first(tools: Tools, database: str, seed: int, folder: Path) -> str:
    outcome = await _carried_out(full, tools, database, seed, folder, confirm_first=True)
    return "" if outcome.lost else "nothing was lost: the trial is blind"


async def _carried_out(
    trouble: Trouble,
    tools: Tools,
    database: str,
    seed: int,
    folder: Path,
    *,
    confirm_first: bool = False,
) -> Outcome:
    names = kills.questions(tools.catalogue, tools.search, 150, seed)
    return await run(
        trouble, tools.zygote, names, tools.databases.new(database), folder / "log",
        seed=seed, confirm_first=confirm_first,
    )  # fmt: skip
