"""Questions per second over the HTTP door, a backlog, a flood: beside aiogram's bare echo."""

import asyncio
import gc
import random
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.playground import Person, Playground
from knowledge.catalogue import Catalogue
from tests.bench import plots
from tests.bench.bots import ECHO, RunningBot
from tests.bench.report import Report
from tests.databases import KINDS, Databases
from tests.trials.kills import TOKEN
from tests.trials.tools import Zygote

ROUNDS = 3
UPDATES = 2000
PEOPLE = 200
BACKLOG = 20_000
OTHERS = 100
FLOOD = 5000


@dataclass
class Run:
    """How a heap of questions was worked off."""

    rate: float = 0.0
    """Answers a second, from the first to the last."""
    stored: float = 0.0
    """Seconds until everything was fetched and confirmed, from the first answer."""
    left: list[tuple[float, float]] = field(default_factory=list)
    """So many seconds after the first answer, so many questions were not answered."""


async def throughput(report: Report, databases: Databases) -> None:
    kinds = KINDS if databases.server else KINDS[:1]
    bench = Bench(report, databases, await Zygote.begin(), kinds)
    try:
        live = await bench.rates()
        await bench.backlog(live)
        await bench.flood()
    finally:
        await bench.zygote.end()


@dataclass
class Bench:
    """Starts bots, and hands them work."""

    report: Report
    databases: Databases
    zygote: Zygote
    kinds: Iterable[str]

    def __post_init__(self) -> None:
        self.names = [item.name for item in Catalogue.load().items]
        self.ways = {f"Greenbin, {kind}": kind for kind in self.kinds} | {ECHO: ""}

    async def rates(self) -> dict[str, list[float]]:
        """Updates per second, each way in its turn."""
        found: dict[str, list[float]] = {way: [] for way in self.ways}
        for round_ in range(ROUNDS):
            for way, kind in self.ways.items():
                found[way].append((await self._run(kind, round_, UPDATES, PEOPLE)).rate)
        title = f"{UPDATES} questions of {PEOPLE} people waiting, one process"
        self.report.beside(title, "updates/s", ECHO, found)
        self.report.plot("updates", plots.bars("Updates per second", "/s", found))
        return found

    async def backlog(self, live: dict[str, list[float]]) -> None:
        runs = {
            way: await self._run(kind, 1, BACKLOG, BACKLOG // 10)
            for way, kind in self.ways.items()
        }
        floor = runs[ECHO]
        rows = [
            (
                way,
                f"{run.stored:.1f}",
                f"{run.stored / floor.stored:.2f}",
                f"{run.rate:.0f}",
                f"{run.rate / floor.rate:.2f}",
                f"{run.rate / statistics.median(live[way]):.2f}",
            )
            for way, run in runs.items()
        ]
        self.report.table(
            f"A backlog of {BACKLOG} questions after an outage",
            ("way", "fetched and confirmed, s", "ratio", "updates/s", "ratio", "ratio to live"),
            rows,
            "Greenbin confirms what it has stored; the echo confirms, and forgets at a restart.",
        )
        drained = {way: run.left for way, run in runs.items()}
        title = f"A backlog of {BACKLOG}: questions without an answer"
        self.report.plot("backlog", plots.lines(title, "s", "questions", drained))

    async def flood(self) -> None:
        """How long others wait while one person floods the bot; the floor: while nobody does."""
        rows, spread = [], {}
        for way, kind in self.ways.items():
            if not kind:
                continue
            calm, flooded = [await self._waits(kind, each) for each in (0, FLOOD)]
            p99 = [waited[int(len(waited) * 0.99) - 1] for waited in (calm, flooded)]
            rows.append((way, *(f"{each:.3f}" for each in p99), f"{p99[1] / p99[0]:.1f}"))
            for name, waited in ((f"{way}, in peace", calm), (f"{way}, flooded", flooded)):
                spread[name] = [
                    (100 * (place + 1) / len(waited), seconds * 1000)
                    for place, seconds in enumerate(waited)
                ]
        self.report.table(
            f"One person sends {FLOOD} messages while {OTHERS} others ask",
            ("way", "p99 in peace, s", "p99 in the flood, s", "ratio"),
            rows,
        )
        title = "How many per cent of the others are answered within so many ms"
        self.report.plot("flood", plots.lines(title, "%", "ms", spread, tenfold=True))

    def _bot(self, kind: str, playground: Playground, seed: int) -> RunningBot:
        url = self.databases.new(kind) if kind else ""
        return RunningBot(self.zygote, playground, url, seed)

    async def _run(self, kind: str, seed: int, questions: int, people: int) -> Run:
        """Let a bot that starts find so many questions waiting."""
        playground = Playground(token=TOKEN, clock=lambda: datetime.now(UTC))
        chance, run = random.Random(seed), Run()
        crowd = [playground.person(str(number)) for number in range(people)]
        for number in range(questions):
            crowd[number % people].say(chance.choice(self.names))
        # The server's own pauses grow with what it remembers; they are not the bot's.
        gc.collect()
        gc.freeze()
        async with self._bot(kind, playground, seed) as bot:
            begun = first = 0.0
            while (answered := len(playground.world.deliveries_made)) < questions:
                now = time.perf_counter()
                if answered and not begun:
                    begun, first = now, answered
                if begun and (not run.left or now - begun > run.left[-1][0] + 0.1):
                    run.left.append((now - begun, questions - answered))
                if begun and not run.stored and not playground.pending():
                    run.stored = now - begun
                await asyncio.sleep(0.005 if begun else 0.001)
            took = time.perf_counter() - begun
            await bot.ends()
        run.rate, run.stored = (questions - first) / took, run.stored or took
        run.left.append((took, 0))
        return run

    async def _waits(self, kind: str, flood: int) -> list[float]:
        """How long each of the others waited, in seconds, the shortest first."""
        playground = Playground(token=TOKEN, clock=lambda: datetime.now(UTC))
        chance = random.Random(1)
        crowd = [playground.person(str(number)) for number in range(OTHERS)]
        flooder = playground.person("flooder")
        asked_at: dict[int, float] = {}
        async with self._bot(kind, playground, 1) as bot:
            crowd[0].say(chance.choice(self.names))
            while not playground.deliveries():
                await asyncio.sleep(0.001)
            for person in crowd[1:]:
                for _ in range(flood // OTHERS):
                    flooder.say(chance.choice(self.names))
                person.say(chance.choice(self.names))
                asked_at[person.id] = time.time()
                await asyncio.sleep(0.05)
            while not _all_heard(playground, crowd):
                await asyncio.sleep(0.005)
            await bot.ends()
        waited: dict[int, float] = {}
        for each in playground.deliveries():
            if each.chat_id in asked_at:
                waited.setdefault(each.chat_id, each.at.timestamp() - asked_at[each.chat_id])
        return sorted(waited.values())


def _all_heard(playground: Playground, people: list[Person]) -> bool:
    return {person.id for person in people} <= {each.chat_id for each in playground.deliveries()}
