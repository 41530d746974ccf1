"""Scan trials: volunteers scan a queue while the bot is killed, and every point is counted.

The judges are what each chat received, and the books, with all invariants of them.
"""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from bot.playground import Person, Playground
from models import Database, points
from models.drop_off_tables import DropOff
from models.notices import Notice
from models.points import Account, Transfer
from tests import city, invariants
from tests.city import Estate
from tests.trials.amid import Killed, too_many, unknown
from tests.trials.kills import TOKEN
from tests.trials.tools import Tools, Zygote, as_text

VOLUNTEERS = 4

RESENT = 0.1
"""Share of scans that come again under another update id."""

TWICE = 0.1
"""Share of households that another volunteer scans, too."""

WORTH = 5
"""Points of a right drop-off where nothing is decided."""


@dataclass(frozen=True)
class Size:
    """How long the queue is, and how often the bot is killed while it is scanned."""

    homes: int = 60
    seconds: float = 5.0
    kills: int = 3


async def scanned(tools: Tools, database: str, seed: int, folder: Path) -> str:
    """Three times SIGKILL while a queue is scanned; what went wrong, or nothing."""
    return await run(Size(), seed, tools.zygote, tools.databases.new(database), folder)


async def run(size: Size, seed: int, zygote: Zygote, url: str, folder: Path) -> str:
    """Have a queue scanned on this database; what went wrong, or nothing."""
    opened = Database(url)
    try:
        return await _queue(Queue(opened, seed, size), zygote, url, folder / "log")
    finally:
        await opened.close()


class Queue:
    """Households in a queue, and who scans them."""

    def __init__(self, database: Database, seed: int, size: Size) -> None:
        self.database = database
        self.size = size
        self.chance = random.Random(seed)
        self.playground = Playground(token=TOKEN, clock=lambda: datetime.now(UTC))
        self.volunteers = [self.playground.person(f"volunteer {n}") for n in range(VOLUNTEERS)]
        self.members = [self.playground.person(f"member {n}") for n in range(size.homes)]
        self.cards: list[str] = []
        self.estate: Estate

    async def build(self) -> None:
        """An estate with somebody at home everywhere, and everybody known to the bot."""
        now = datetime.now(UTC)
        rooms = [f"{100 + number}" for number in range(self.size.homes)]
        guards = [each.id for each in self.volunteers]
        self.estate = await city.build(self.database, rooms, guards, now)
        async with self.database.write() as session:
            for home, member in zip(self.estate.homes, self.members, strict=True):
                await city.move_in(session, home, self.estate.area, member.id, "member", now)
                code, _ = await city.door_card(session, home, now)
                self.cards.append(code)
        for person in self.members:
            person.chat.is_open = True

    async def scan(self) -> None:
        """Scan everybody, some more than once, and some messages come again."""
        queue = [(card, self.chance.choice(self.volunteers)) for card in self.cards]
        queue += [
            (card, self.chance.choice(self.volunteers))
            for card in self.cards
            if self.chance.random() < TWICE
        ]
        for card, volunteer in queue:
            await asyncio.sleep(self.chance.expovariate(len(queue) / self.size.seconds))
            message_id = volunteer.start(card)
            if self.chance.random() < RESENT:
                message = volunteer.chat.messages[message_id]
                self.playground.world.updates.add("message", message)

    def heard(self, person: Person, mark: str) -> int:
        """How many messages with this in them reached a person."""
        made = self.playground.deliveries(person.id)
        return sum(mark in str(each.message.get("text", "")) for each in made)


async def _queue(queue: Queue, zygote: Zygote, url: str, log: Path) -> str:
    await queue.build()
    kills = queue.size.kills
    killed = Killed(zygote, queue.playground, url, log, queue.chance, kills, after=(0.1, 1.5))
    await killed.amid(queue.scan())
    untold = await unknown(queue.database)
    return as_text(**_chats(queue, killed, untold), **await _books(queue))


def _chats(queue: Queue, killed: Killed, unknown: Counter[int]) -> dict[str, list[str]]:
    """What the chats tell: every household heard, and nobody heard the same twice unmarked."""
    untold, doubled = [], []
    for number, member in enumerate(queue.members):
        told, marked = queue.heard(member, "东门"), queue.heard(member, "重发")
        if not told and not unknown[member.id]:
            untold.append(f"home {number}")
        if told - marked > 1:
            doubled.append(f"home {number}: {told} and {marked} marked")
    said = sum(queue.heard(each, "✅") for each in queue.volunteers)
    most = queue.size.homes + sum(killed.unmarked)
    many = [f"{said} confirmations, not {most}"] if said > most else []
    return {
        "untold": untold,
        "told twice": doubled,
        "confirmed": many,
        "too many unknown": too_many(unknown, killed.times),
    }


async def _books(queue: Queue) -> dict[str, list[str]]:
    """What the books tell."""
    async with queue.database.read() as session:
        found: Counter[int] = Counter(await session.scalars(select(DropOff.household_id)))
        accounts = await session.scalars(select(Account).where(Account.kind == points.Kind.OWN))
        own = {account.owner_id: account.balance for account in accounts}
        earned = await session.scalar(select(func.count()).select_from(Transfer)) or 0
        told = await session.scalar(select(func.count()).select_from(Notice)) or 0
        homes = queue.estate.homes
        return {
            "not once": [f"home {home}: {found[home]}" for home in homes if found[home] != 1],
            "points": [f"home {home}" for home in homes if own.get(home) != WORTH],
            "transfers": [] if earned == queue.size.homes else [str(earned)],
            "notices": [] if told == queue.size.homes else [str(told)],
            "invariants": await invariants.broken(queue.database),
        }
