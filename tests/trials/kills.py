"""Kill trials: people ask while the bot is killed or stopped, and every question is counted.

The judge is what each chat received, not what our tables say.
"""

import asyncio
import os
import random
import re
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from bot.playground import Person, Playground
from bot.playground.door import serve
from handlers.texts import HERE, texts
from knowledge.answers import Found
from knowledge.catalogue import Catalogue
from knowledge.search import Search
from models import Database, updates
from models.notices import Notice
from models.updates import State, StoredUpdate
from tests.trials.tools import Tools, Zygote, as_text

TOKEN = "777000777:token-of-a-bot-that-is-killed"

PATIENCE_SECONDS = 120
"""How long a trial waits for its end before it is red."""


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
    seconds: float = 4.0
    """How long people ask."""


def questions(catalogue: Catalogue, search: Search, number: int, seed: int) -> list[str]:
    """Names that are answered surely, so that each answer tells which question it is to."""
    sure = [
        item.name
        for item in catalogue.items
        for answer in search.answers(item.name)[:1]
        if isinstance(answer, Found) and answer.item is item and item.group and not answer.state
    ]
    wishes = _wishes()
    return random.Random(seed).sample([name for name in sure if name not in wishes], number)


def _wishes() -> set[str]:
    """Words that are no question, since they ask for one of our functions."""
    t = texts("zh")
    keys = re.findall(r"^(wish-[a-z-]+) =", "\n".join(_words()), re.MULTILINE)
    return {wish.strip() for key in keys for wish in t(key).split("|")}


def _words() -> list[str]:
    return [file.read_text("utf-8") for file in (HERE / "zh").glob("*.ftl")]


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
        pouring = asyncio.create_task(ask(asked, sent, playground, chance, plan))
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
                await until(playground.world.updates.is_fetched)
                await asyncio.sleep(chance.uniform(0.1, 2.0))
                os.kill(process, plan.signal)
            else:
                await pouring
                if plan.own_polling:
                    await _quiet(playground)
                else:
                    await over(playground, database_url)
                os.kill(process, 15)
            begun = asyncio.get_running_loop().time()
            outcome.statuses.append(await zygote.do(do="wait", process=process))
            took = asyncio.get_running_loop().time() - begun
            outcome.slowest_stop = max(outcome.slowest_stop, took)
            if kill < plan.kills and not plan.own_polling:
                received = heard(playground, asked)
                for name in await _marked(database_url, sent):
                    marked.setdefault(name, received[name])
    finally:
        await runner.cleanup()
    received = heard(playground, asked)
    outcome.lost = [name for name in asked if not received[name]]
    outcome.twice = [name for name in asked if received[name] > 1]
    outcome.twice_though_marked = [name for name in marked if received[name] > marked[name]]
    return outcome


async def ask(
    asked: dict[str, Person],
    sent: dict[str, str],
    playground: Playground,
    chance: random.Random,
    plan: Plan,
) -> None:
    """People ask for a while; some questions come again under another update id.

    `sent` learns chat and message of each question.
    """
    for name, person in asked.items():
        await asyncio.sleep(chance.expovariate(len(asked) / plan.seconds))
        message_id = person.say(name)
        sent[name] = f"{person.chat.id} {message_id}"
        if chance.random() < plan.resent and not plan.own_polling:
            playground.world.updates.add("message", person.chat.messages[message_id])


async def until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(0.02)


async def over(playground: Playground, database_url: str) -> None:
    """Wait until everything is taken, answered and told."""
    database = Database(database_url)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                # First: what is confirmed is stored, and so among what is left.
                pending = playground.pending()
                async with database.read() as session:
                    left = await updates.unsettled(session)
                    untold = await session.scalar(
                        select(func.count()).where(Notice.settled_at.is_(None))
                    )
                if not (pending or left or untold):
                    return
                await asyncio.sleep(0.2)
    finally:
        await database.close()


async def _quiet(playground: Playground, seconds: float = 3.0) -> None:
    """Wait until the bot has taken everything and has said nothing for twice a slow handler."""
    said = -1
    while playground.pending() or said != len(playground.deliveries()):
        said = len(playground.deliveries())
        await asyncio.sleep(seconds)


def heard(playground: Playground, asked: dict[str, Person]) -> Counter[str]:
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


# In the campaign.

QUESTIONS = 300


async def killed(tools: Tools, database: str, seed: int, folder: Path) -> str:
    outcome = await _carried_out(tools, database, Plan(seed, signal.SIGKILL, QUESTIONS), folder)
    return as_text(lost=outcome.lost, again=outcome.twice_though_marked)


async def stopped(tools: Tools, database: str, seed: int, folder: Path) -> str:
    plan = Plan(seed, signal.SIGTERM, QUESTIONS, kills=1)
    outcome = await _carried_out(tools, database, plan, folder)
    late = [f"{outcome.slowest_stop:.1f} s"] if outcome.slowest_stop > 10 else []
    return as_text(lost=outcome.lost, twice=outcome.twice, late=late)


async def own_polling(tools: Tools, database: str, seed: int, folder: Path) -> str:
    how = random.Random(seed).choice((signal.SIGTERM, signal.SIGKILL))
    plan = Plan(seed, how, QUESTIONS, own_polling=True)
    outcome = await _carried_out(tools, database, plan, folder)
    return "" if outcome.lost else "aiogram's own polling lost nothing: the trial is blind"


async def _carried_out(tools: Tools, database: str, plan: Plan, folder: Path) -> Outcome:
    names = questions(tools.catalogue, tools.search, plan.questions, plan.seed)
    url = tools.databases.new(database)
    return await run(plan, tools.zygote, names, url, folder / "log")
