"""`make bench`: what things take, each beside its floor in the same run.

These machines are noisy: the ratios count, the absolute figures only tell the scale.
"""

import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.playground import Person, Playground
from bot.playground.door import serve
from knowledge.catalogue import Catalogue
from knowledge.schemes import load_scheme
from knowledge.search import Search
from models import migrations
from tests.databases import KINDS, Databases
from tests.trials.kills import TOKEN, Zygote

ROUNDS = 3
UPDATES = 2000
PEOPLE = 200
SOME_NAMES, MANY_NAMES = 12_000, 120_000
BACKLOG = 20_000

Table = list[tuple[str, ...]]


def table(title: str, header: tuple[str, ...], rows: Table) -> None:
    print(f"\n## {title}\n")
    for row in (header, tuple("---" for _ in header), *rows):
        print("| " + " | ".join(row) + " |")


def look_up() -> None:
    """A question's way through the search, beside the nearest name of all by rapidfuzz."""
    shipped, chance = Catalogue.load(), random.Random(1)
    rows: Table = []
    for wanted in (SOME_NAMES, MANY_NAMES):
        catalogue = _with_names(shipped, wanted, chance)
        names = [name for item in catalogue.items for name in item.names]
        queries = [_as_typed(chance.choice(names), chance) for _ in range(1000)]
        ways: dict[str, Callable[[str], object]] = {
            "Greenbin": Search(catalogue, load_scheme("four_way")).answers,
            "extractOne, ratio": partial(_nearest, names, fuzz.ratio),
            "extractOne, WRatio": partial(_nearest, names, fuzz.WRatio),
        }
        for way, find in ways.items():
            took = _times(find, queries if way == "Greenbin" else queries[:100])
            half, most = took[len(took) // 2], took[int(len(took) * 0.99)]
            rows.append((str(len(names)), way, f"{half:.3f}", f"{most:.3f}"))
    table("Look-up (milliseconds of the processor)", ("names", "way", "p50", "p99"), rows)


def loading() -> None:
    """Reading the catalogue and making it ready, and the memory of a process that has."""
    code = (
        "import pathlib, re, time; from knowledge.catalogue import Catalogue;"
        "from knowledge.schemes import load_scheme; from knowledge.search import Search;"
        "begun = time.process_time(); Search(Catalogue.load(), load_scheme('four_way'));"
        "took = time.process_time() - begun; said = pathlib.Path('/proc/self/status').read_text();"
        "print(took, int(re.search(r'VmHWM:\\s+(\\d+)', said)[1]) / 1024)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(ROUNDS)
    ]
    found = sorted(tuple(map(float, run.stdout.split())) for run in runs)
    seconds, mebibytes = found[len(found) // 2]
    rows = [(f"{seconds:.2f}", f"{mebibytes:.0f}")]
    table("Loading the catalogue", ("seconds of the processor", "MiB of the process"), rows)


def _nearest(names: list[str], scorer: Callable[..., float], query: str) -> object:
    return process.extractOne(query, names, scorer=scorer)


def _times(find: Callable[[str], object], queries: list[str]) -> list[float]:
    """Milliseconds that each took, the shortest first."""
    for query in queries[:20]:
        find(query)  # what is loaded at the first use
    took = []
    for query in queries:
        # Time of this thread alone: others work on the machine, too.
        begun = time.thread_time()
        find(query)
        took.append((time.thread_time() - begun) * 1000)
    return sorted(took)


def _with_names(shipped: Catalogue, wanted: int, chance: random.Random) -> Catalogue:
    """As many names as wanted: some of ours, or more, made of beginnings and ends of ours."""
    known = [name for item in shipped.items for name in item.names]
    made = set(known)
    while len(made) < wanted:
        one, other = chance.choice(known), chance.choice(known)
        made.add((one[: chance.randrange(1, 4)] + other[-chance.randrange(1, 5) :]).strip())
    more = iter(sorted(made - set(known)))
    share = max(0, wanted - len(known)) // len(shipped.items) + 1
    items, count = [], 0
    for item in shipped.items:
        extra = tuple(islice(more, share)) if wanted > len(known) else ()
        items.append(replace(item, names=item.names + extra, members=(), parts=()))
        count += len(items[-1].names)
        if count >= wanted:
            break
    return Catalogue(tuple(items), shipped.groups, shipped.questions, shipped.not_rubbish)


def _as_typed(name: str, chance: random.Random) -> str:
    """A name as people type it: exact, with chatter, with a typing mistake, or nonsense."""
    kind = chance.random()
    if kind < 0.1:
        return name
    if kind < 0.3:
        return f"请问{name}是什么垃圾"
    if kind < 0.4:
        return "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(5))
    place = chance.randrange(len(name))
    return name[:place] + chr(chance.randrange(0x4E00, 0x9FA5)) + name[place + 1 :]


@dataclass
class Run:
    """How long a waiting heap of questions took."""

    rate: float
    """Answers a second, from the first to the last."""
    stored: float
    """Seconds until everything was stored and confirmed, from the first answer."""
    slowest_other: float = 0.0
    """Seconds that the 99th of a hundred others waited while one person flooded the bot."""


async def throughput(databases: Databases) -> None:
    """Updates per second over the HTTP door: ours, and aiogram's own polling with an echo."""
    kinds = KINDS if databases.server else KINDS[:1]
    ways = {**{f"Greenbin, {kind}": kind for kind in kinds}, "bare aiogram echo": ""}
    found: dict[str, list[float]] = {way: [] for way in ways}
    zygote = await Zygote.begin()
    try:
        for round_ in range(ROUNDS):
            for way, kind in ways.items():
                url = databases.new(kind) if kind else ""
                found[way].append((await _run(zygote, url, round_, UPDATES, PEOPLE)).rate)
        floor = statistics.median(found["bare aiogram echo"])
        table(
            f"{UPDATES} questions of {PEOPLE} people waiting, one process, medians of {ROUNDS}",
            ("bot", "updates/s", "ratio", "all rounds"),
            [
                (
                    way,
                    f"{statistics.median(rates):.0f}",
                    f"{statistics.median(rates) / floor:.2f}",
                    ", ".join(f"{rate:.0f}" for rate in rates),
                )
                for way, rates in found.items()
            ],
        )
        rows: Table = []
        for kind in kinds:
            run = await _run(zygote, databases.new(kind), 1, BACKLOG, BACKLOG // 10)
            live = statistics.median(found[f"Greenbin, {kind}"])
            rows.append((kind, f"{run.stored:.1f}", f"{run.rate:.0f}", f"{run.rate / live:.2f}"))
        header = ("database", "stored, s", "updates/s", "ratio to live")
        table(f"A backlog of {BACKLOG} questions after an outage", header, rows)
        rows = []
        for kind in kinds:
            run = await _run(zygote, databases.new(kind), 1, 100, 100, flood=5000)
            rows.append((kind, f"{run.slowest_other:.2f}"))
        header = ("database", "p99 of the others, s")
        table("One person sends 5,000 messages while a hundred others ask", header, rows)
    finally:
        await zygote.end()


async def _run(
    zygote: Zygote, url: str, seed: int, questions: int, people: int, flood: int = 0
) -> Run:
    playground = Playground(token=TOKEN, clock=lambda: datetime.now(UTC))
    runner, address = await serve(playground, port=0, page=False)
    names = [item.name for item in Catalogue.load().items]
    chance = random.Random(seed)
    crowd = [playground.person(str(number)) for number in range(people)]
    flooder = playground.person("flooder")
    asked_at: dict[int, float] = {}
    for number in range(questions if not flood else 1):
        crowd[number % people].say(chance.choice(names))
    try:
        with tempfile.TemporaryDirectory() as folder:
            child = await zygote.do(
                do="start", seed=seed, least=0, most=0, own_polling=not url, log=f"{folder}/log",
                environment={
                    "GREENBIN_TOKEN": TOKEN, "GREENBIN_API_BASE": address,
                    "GREENBIN_DATABASE_URL": url,
                },
            )  # fmt: skip
            while not playground.deliveries():
                await asyncio.sleep(0.001)
            begun, first, stored = time.perf_counter(), len(playground.deliveries()), 0.0
            if flood:
                for person in crowd[1:]:
                    for _ in range(flood // people):
                        flooder.say(chance.choice(names))
                    person.say(chance.choice(names))
                    asked_at[person.id] = time.perf_counter()
                    await asyncio.sleep(0.05)
            waited: dict[int, float] = {}
            while not (
                _all_heard(playground, crowd)
                if flood
                else len(playground.deliveries()) >= questions
            ):
                if not stored and not playground.pending():
                    stored = time.perf_counter() - begun
                await asyncio.sleep(0.005)
            for each in playground.deliveries():
                if each.chat_id in asked_at:
                    at = each.at.timestamp() - time.time() + time.perf_counter()
                    waited.setdefault(each.chat_id, at - asked_at[each.chat_id])
            took = time.perf_counter() - begun
            os.kill(child, 15)
            await zygote.do(do="wait", process=child)
    finally:
        await runner.cleanup()
    slowest = sorted(waited.values())[int(len(waited) * 0.99) - 1] if waited else 0.0
    return Run((questions - first) / took, stored or took, slowest)


def _all_heard(playground: Playground, people: list[Person]) -> bool:
    return {person.id for person in people} <= {each.chat_id for each in playground.deliveries()}


TRIVIAL_BOT = """
import asyncio, os
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
dispatcher = Dispatcher()
@dispatcher.message()
async def echo(message):
    await message.answer(message.text)
server = TelegramAPIServer.from_base(os.environ["GREENBIN_API_BASE"])
session = AiohttpSession(api=server)
asyncio.run(dispatcher.start_polling(Bot(os.environ["GREENBIN_TOKEN"], session=session)))
"""


async def start() -> None:
    """From the command to the first answer, on a database that is there."""
    took: dict[str, list[float]] = {"Greenbin": [], "trivial aiogram bot": []}
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/greenbin.db"
        await asyncio.to_thread(migrations.upgrade, url)
        for _ in range(ROUNDS):
            for way, seconds in took.items():
                arguments = ["-m", "bot", "run"] if way == "Greenbin" else ["-c", TRIVIAL_BOT]
                seconds.append(await _start(arguments, url, folder))
    floor = statistics.median(took["trivial aiogram bot"])
    table(
        f"Start: from the command to the first answer, medians of {ROUNDS}",
        ("bot", "seconds", "ratio"),
        [
            (way, f"{statistics.median(found):.2f}", f"{statistics.median(found) / floor:.2f}")
            for way, found in took.items()
        ],
    )


async def _start(arguments: list[str], url: str, folder: str) -> float:
    # The database remembers the last round: this one's numbers are new.
    playground = Playground(
        token=TOKEN, clock=lambda: datetime.now(UTC), first_number=time.time_ns() // 1_000_000
    )
    runner, address = await serve(playground, port=0, page=False)
    playground.person("somebody").say("香蕉皮")
    environment = {
        "GREENBIN_TOKEN": TOKEN, "GREENBIN_API_BASE": address, "GREENBIN_DATABASE_URL": url,
        "PYTHONPATH": str(Path.cwd()),
    }  # fmt: skip
    begun = time.perf_counter()
    child = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=folder, env=os.environ | environment,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not playground.deliveries():
            await asyncio.sleep(0.005)
        return time.perf_counter() - begun
    finally:
        child.terminate()
        await child.wait()
        await runner.cleanup()


def main() -> None:
    print(f"# Greenbin, measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {os.cpu_count()} cores")
    loading()
    look_up()
    with tempfile.TemporaryDirectory() as folder:
        databases = Databases(Path(folder))
        try:
            asyncio.run(throughput(databases))
        finally:
            databases.remove()
    asyncio.run(start())


if __name__ == "__main__":
    main()
