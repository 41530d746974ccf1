"""Broadcasts: planning for a million while others ask, and the pace beside a strict server."""

import asyncio
import gc
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from bot.playground import Person, Playground
from bot.playground.door import serve
from models import Database, broadcasts, residents
from models.audiences import Audience
from models.broadcasts import Broadcast, Content
from models.roles import EVERYWHERE, Held, Role
from tests.bench.bots import RunningBot
from tests.bench.report import Report
from tests.databases import KINDS, Databases
from tests.trials.kills import TOKEN
from tests.trials.tools import ROOT, Zygote

MANY = 1_000_000
FIRST = 9_000_000_000
"""The id of the first of them; nobody can reach them: what is measured is the list."""
ASKING = 20
"""People who ask all the time while the list is made."""


@dataclass(frozen=True)
class Pace:
    """What a strict server allows, and how the bot is set: 2 % below."""

    allowed: int
    rate: float
    in_flight: int
    people: int
    paid: bool = False


PACES = (Pace(30, 29, 5, 600), Pace(1000, 980, 200, 15_000, paid=True))


async def broadcasting(report: Report, databases: Databases) -> None:
    """All of it, on each database."""
    zygote = await Zygote.begin()
    kinds = KINDS if databases.server else KINDS[:1]
    try:
        await _planning(report, databases, zygote, kinds)
        for pace in PACES:
            await _pace(report, databases, zygote, kinds, pace)
    finally:
        await zygote.end()


async def hand_in(database: Database) -> None:
    """A broadcast to everybody, to begin at once."""
    now = datetime.now(UTC)
    async with database.write() as session:
        admin = (Held(Role.ADMIN, EVERYWHERE),)
        made = await broadcasts.draft(session, admin, EVERYWHERE, 1, "zh", now)
        made.content = Content(text="明天收有害垃圾", entities=[]).fields
        made.audience, made.state = Audience.EVERYBODY, broadcasts.State.READY
        made.through_night = True


async def _planning(
    report: Report, databases: Databases, zygote: Zygote, kinds: Sequence[str]
) -> None:
    rows = []
    for kind in kinds:
        url = databases.new(kind)
        database = Database(url)
        await _meet(database, range(FIRST, FIRST + MANY))
        playground = Playground(token=TOKEN, clock=lambda: datetime.now(UTC))
        crowd = [playground.person(f"person {number}") for number in range(ASKING)]
        async with RunningBot(zygote, playground, url) as bot:
            calm = await _asking(playground, crowd, asyncio.create_task(asyncio.sleep(5)))
            before = bot.most_memory()
            await hand_in(database)
            busy = await _asking(playground, crowd, asyncio.create_task(_planned(database)))
            grown = bot.most_memory() - before
            async with database.read() as session:
                made = await session.scalar(select(Broadcast))
            await bot.ends()
        await database.close()
        assert made
        assert made.planned_at
        assert made.begun_at
        took = (made.planned_at - made.begun_at).total_seconds()
        rows.append((kind, f"{made.planned}", f"{took:.1f}", f"{grown / 2**20:.0f}",
                     f"{_p99(calm):.3f}", f"{_p99(busy):.3f}"))  # fmt: skip
    report.table(
        f"Planning a broadcast while {ASKING} people ask all the time",
        ("way", "people", "s", "memory, + MiB", "p99 before, s", "p99 meanwhile, s"),
        rows,
    )


async def _pace(
    report: Report, databases: Databases, zygote: Zygote, kinds: Sequence[str], pace: Pace
) -> None:
    rows = [await _measured("bare aiogram, paced (floor)", pace, None)]
    for kind in kinds:
        url = databases.new(kind)
        rows.append(await _measured(f"Greenbin, {kind}", pace, (zygote, url)))
    report.table(
        f"{pace.people} people, where a strict server allows {pace.allowed} a second",
        ("way", "set, /s", "reached, /s", "of the setting", "429s"),
        rows,
    )


async def _measured(way: str, pace: Pace, bot: tuple[Zygote, str] | None) -> Sequence[str]:
    clock = lambda: datetime.now(UTC)  # noqa: E731 (the playground's)
    playground = Playground(token=TOKEN, clock=clock, limits=True, pays=pace.paid)
    people = [playground.person(str(number)) for number in range(pace.people)]
    for person in people:
        person.chat.is_open = True
    # The server's own pauses are none of Telegram's: what waits meanwhile would come at once.
    gc.collect()
    gc.freeze()
    if bot is None:
        await _bare(playground, pace, people)
    else:
        zygote, url = bot
        database = Database(url)
        await _meet(database, [person.id for person in people])
        await hand_in(database)
        async with RunningBot(
            zygote, playground, url, GREENBIN_RATE=str(int(pace.rate)),
            GREENBIN_IN_FLIGHT=str(pace.in_flight), GREENBIN_PAID=str(pace.paid).lower(),
        ) as running:  # fmt: skip
            await _all_heard(playground, pace)
            await running.ends()
        await database.close()
    at = sorted(each.at.timestamp() for each in playground.deliveries())
    # The first and the last second are no steady state.
    steady = [each for each in at if at[0] + 1 <= each <= at[-1] - 1]
    reached = (len(steady) - 1) / (steady[-1] - steady[0])
    refused = sum(each.error.code == 429 for each in playground.refused)
    return (way, f"{pace.rate:.0f}", f"{reached:.1f}", f"{reached / pace.rate:.1%}", f"{refused}")


async def _bare(playground: Playground, pace: Pace, people: Sequence[Person]) -> None:
    """aiogram alone, in a process of its own, which keeps no books."""
    runner, address = await serve(playground, port=0, page=False)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.paced", address, str(pace.rate), str(pace.in_flight),
        str(people[0].id), str(pace.people), str(pace.paid), cwd=ROOT,
    )  # fmt: skip
    await _all_heard(playground, pace)
    await process.wait()
    await runner.cleanup()


async def _all_heard(playground: Playground, pace: Pace) -> None:
    # To look through what was delivered is a pause of the server's: not before it may be all.
    while len(playground.calls) < pace.people or len(playground.deliveries()) < pace.people:
        await asyncio.sleep(0.2)


async def _asking(
    playground: Playground, crowd: Sequence[Person], until: asyncio.Task[None]
) -> list[float]:
    """How long people waited for answers, until something was over."""
    waited: list[float] = []

    async def ask(person: Person) -> None:
        while not until.done():
            heard = len(playground.deliveries(person.id))
            begun = time.monotonic()
            person.say("香蕉皮")
            while len(playground.deliveries(person.id)) == heard:
                await asyncio.sleep(0.005)
            waited.append(time.monotonic() - begun)
            await asyncio.sleep(1)

    await asyncio.gather(*(ask(person) for person in crowd))
    return waited


async def _planned(database: Database) -> None:
    while True:
        async with database.read() as session:
            if await session.scalar(select(Broadcast.planned_at)):
                return
        await asyncio.sleep(0.5)


async def _meet(database: Database, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), 10_000):
        async with database.write() as session:
            await residents.note_seen(session, ids[start : start + 10_000], datetime.now(UTC))


def _p99(waited: Sequence[float]) -> float:
    return sorted(waited)[int(len(waited) * 0.99) - 1]
