"""Kill trials: people ask while the bot is killed or stopped, and every question is counted.

The judge is what each chat received, not what our tables say.
"""

import asyncio
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.playground import Person, Playground
from bot.playground.door import serve
from knowledge.answers import Found
from knowledge.catalogue import Catalogue
from knowledge.search import Search
from models import Database
from models.updates import State, StoredUpdate

ROOT = Path(__file__).parents[2]
TOKEN = "777000777:token-of-a-bot-that-is-killed"


@dataclass
class Zygote:
    """Forks bots."""

    process: asyncio.subprocess.Process

    @classmethod
    async def begin(cls) -> "Zygote":
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.trials.zygote", cwd=ROOT,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        zygote = cls(process)
        assert await zygote._line() == "ready"
        return zygote

    async def end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        await self.process.wait()

    async def do(self, **order: Any) -> int:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        return int(await self._line())

    async def _line(self) -> str:
        assert self.process.stdout
        line = await self.process.stdout.readline()
        assert line, "the process that forks bots has ended"
        return line.decode().strip()


@dataclass
class Outcome:
    """How a trial ended."""

    seed: int
    asked: int
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    twice_though_marked: list[str] = field(default_factory=list)
    """Answered again though the mark was committed when the bot was killed."""
    slowest_stop: float = 0.0
    """Seconds from SIGTERM to the end of the process."""
    statuses: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """One trial; the seed decides everything else."""

    seed: int
    signal: int
    questions: int = 100
    kills: int = 3
    people: int = 20
    own_polling: bool = False
    """Use aiogram's polling instead of ours: the control."""
    resent: float = 0.1
    """Share of questions that come again under another update id."""


def questions(catalogue: Catalogue, search: Search, number: int, seed: int) -> list[str]:
    """Names that are answered surely, so that each answer tells which question it is to."""
    sure = [
        item.name
        for item in catalogue.items
        for answer in search.answers(item.name)[:1]
        if isinstance(answer, Found) and answer.item is item and item.group and not answer.state
    ]
    return random.Random(seed).sample(sure, number)


async def run(
    plan: Plan, zygote: Zygote, names: list[str], database_url: str, log: Path
) -> Outcome:
    """Carry a trial out, on a database that is up to date."""
    chance = random.Random(plan.seed)
    playground = Playground(token=TOKEN, clock=lambda: datetime.now(UTC))
    runner, address = await serve(playground, port=0, page=False)
    people = [playground.person(f"person {number}") for number in range(plan.people)]
    asked = {name: people[number % plan.people] for number, name in enumerate(names)}
    outcome = Outcome(plan.seed, len(names))
    sent: dict[str, str] = {}
    marked: dict[str, int] = {}
    """How often a question had been answered when it was first seen marked as answered."""
    try:
        pouring = asyncio.create_task(_ask(asked, sent, playground, chance, plan))
        for kill in range(plan.kills + 1):
            process = await zygote.do(
                do="start", seed=chance.randrange(1 << 30), least=0.2, most=1.5,
                own_polling=plan.own_polling, log=str(log),
                environment={
                    "GREENBIN_TOKEN": TOKEN, "GREENBIN_API_BASE": address,
                    "GREENBIN_DATABASE_URL": database_url,
                },
            )  # fmt: skip
            if kill < plan.kills:
                await _until(playground.world.updates.is_fetched)
                await asyncio.sleep(chance.uniform(0.1, 2.0))
                os.kill(process, plan.signal)
            else:
                await pouring
                await _quiet(playground)
                os.kill(process, 15)
            begun = asyncio.get_running_loop().time()
            outcome.statuses.append(await zygote.do(do="wait", process=process))
            took = asyncio.get_running_loop().time() - begun
            outcome.slowest_stop = max(outcome.slowest_stop, took)
            if kill < plan.kills and not plan.own_polling:
                heard = _heard(playground, asked)
                for name in await _marked(database_url, sent):
                    marked.setdefault(name, heard[name])
    finally:
        await runner.cleanup()
    heard = _heard(playground, asked)
    outcome.lost = [name for name in asked if not heard[name]]
    outcome.twice = [name for name in asked if heard[name] > 1]
    outcome.twice_though_marked = [name for name in marked if heard[name] > marked[name]]
    return outcome


async def _ask(
    asked: dict[str, Person],
    sent: dict[str, str],
    playground: Playground,
    chance: random.Random,
    plan: Plan,
) -> None:
    """People ask over a few seconds; some questions come again under another update id.

    `sent` learns chat and message of each question.
    """
    for name, person in asked.items():
        await asyncio.sleep(chance.expovariate(len(asked) / 4))
        message_id = person.say(name)
        sent[name] = f"{person.chat.id} {message_id}"
        if chance.random() < plan.resent and not plan.own_polling:
            playground.world.updates.add("message", person.chat.messages[message_id])


async def _until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(0.02)


async def _quiet(playground: Playground, seconds: float = 3.0) -> None:
    """Wait until the bot has taken everything and has said nothing for twice a slow handler."""
    said = -1
    while playground.pending() or said != len(playground.deliveries()):
        said = len(playground.deliveries())
        await asyncio.sleep(seconds)


def _heard(playground: Playground, asked: dict[str, Person]) -> Counter[str]:
    """How often each question was answered, by what its chat received."""
    received: Counter[tuple[int, str]] = Counter()
    for delivery in playground.deliveries():
        text = str(delivery.message.get("text", ""))
        name = text.split("\n", maxsplit=1)[0].partition(" ")[2].partition(" → ")[0]
        received[delivery.message["chat"]["id"], name] += 1
    return Counter({name: received[person.chat.id, name] for name, person in asked.items()})


async def _marked(database_url: str, sent: dict[str, str]) -> list[str]:
    """The questions whose updates were marked as answered when the process ended."""
    database = Database(database_url)
    async with database.read() as session:
        answered = await session.scalars(
            select(StoredUpdate.origin).where(StoredUpdate.state == State.ANSWERED)
        )
        # An origin reads "BOT message CHAT MESSAGE DIGEST".
        origins = {" ".join(origin.split(" ")[2:4]) for origin in answered}
    await database.close()
    return [name for name, origin in sent.items() if origin in origins]
