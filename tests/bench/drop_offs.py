"""Drop-offs per second: by the rules alone, and through the whole bot over the HTTP door."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.playground import Person, Playground
from models import Database, codes, drop_offs, households
from models.codes import Kind
from models.memberships import Membership
from tests import city
from tests.bench import plots
from tests.bench.bots import ECHO, RunningBot
from tests.bench.floors import Floor
from tests.bench.report import Report
from tests.city import Estate
from tests.databases import KINDS, Databases
from tests.trials.kills import TOKEN
from tests.trials.tools import Zygote

ROUNDS = 3
RECORDED = 200
"""Drop-offs of a round that the rules record, and as many that the floor writes."""
SCANNED = 400
"""Drop-offs of a round that come through the bot."""
VOLUNTEERS = 40
"""Who scan; each chat hears at most twenty replies at once, then one a second."""
TWICE = 5
"""Every fifth household is scanned by another volunteer, too, who hears that it is there."""
FLOORS = {"sqlite": "raw sqlite3", "postgresql": "raw asyncpg"}


async def drop_off_rates(report: Report, databases: Databases) -> None:
    kinds = KINDS if databases.server else KINDS[:1]
    streets = {kind: await Street.build(databases.new(kind)) for kind in kinds}
    zygote = await Zygote.begin()
    try:
        for kind, street in streets.items():
            await _recorded(report, kind, street)
        await _scanned(report, streets, zygote)
    finally:
        await zygote.end()
        for street in streets.values():
            await street.database.close()


@dataclass
class Street:
    """Households that wait to be recorded, in a database of their own."""

    url: str
    database: Database
    estate: Estate
    playground: Playground
    volunteers: list[Person]
    members: list[Person]
    homes: list[int]
    """Those that were not recorded yet."""

    @classmethod
    async def build(cls, url: str) -> "Street":
        """A home for each drop-off, with somebody living there whom the bot knows."""
        database, now = Database(url), datetime.now(UTC)
        playground = Playground(token=TOKEN, clock=lambda: datetime.now(UTC))
        volunteers = [playground.person(f"volunteer {n}") for n in range(VOLUNTEERS)]
        rooms = [str(number) for number in range(ROUNDS * (2 * RECORDED + SCANNED))]
        estate = await city.build(database, rooms, [each.id for each in volunteers], now)
        members = [playground.person(f"member {room}") for room in rooms]
        async with database.write() as session:
            for home, member in zip(estate.homes, members, strict=True):
                member.chat.is_open = True
                session.add(
                    Membership(
                        household_id=home, resident_id=member.id, name="member", is_adult=True,
                        agreed_at=now, joined_at=now, approved_by=1,
                    )
                )  # fmt: skip
        homes = list(estate.homes)
        return cls(url, database, estate, playground, volunteers, members, homes)

    def next_(self, number: int) -> list[int]:
        taken, self.homes = self.homes[:number], self.homes[number:]
        return taken

    async def record(self, homes: Sequence[int]) -> None:
        """One household after the other, each in a transaction."""
        civil = self.estate.civil
        for number, home in enumerate(homes):
            by = self.estate.volunteer(self.volunteers[number % VOLUNTEERS].id)
            now = datetime.now(UTC)
            async with self.database.write() as session:
                await drop_offs.record(session, home, by, self.estate.report(at=now), civil, now)

    async def cards(self, homes: Sequence[int]) -> list[str]:
        """What the codes on their door cards say."""
        async with self.database.write() as session:
            found = [await households.card(session, home) for home in homes]
            now = datetime.now(UTC)
            tokens = [card.token for card in found if card]
            return [await codes.write(session, Kind.HOUSEHOLD, token, now) for token in tokens]


@dataclass(frozen=True, slots=True)
class Scanned:
    """How a queue was worked off."""

    drop_offs: float
    """A second."""
    updates: float
    """A second: repeated scans are updates, too."""
    milliseconds: float
    """Of the processor, for an update, with all that follows from it."""
    heard: float
    """Seconds until the last household had heard, from the first confirmation."""


async def _recorded(report: Report, kind: str, street: Street) -> None:
    floor = await Floor.open(street.url, street.estate)
    found: dict[str, list[float]] = {"Greenbin": [], FLOORS[kind]: []}
    await street.record(street.next_(1))  # what is prepared at the first use
    for _ in range(ROUNDS):
        for way, work in (("Greenbin", street.record), (FLOORS[kind], floor.record)):
            homes = street.next_(RECORDED)
            begun = time.perf_counter()
            await work(homes)
            found[way].append(len(homes) / (time.perf_counter() - begun))
    await floor.close()
    title = f"Drop-offs one after the other, {kind}: the rules, and the same rows written raw"
    report.beside(title, "drop-offs/s", FLOORS[kind], found)
    report.plot(f"recorded-{kind}", plots.bars("Drop-offs recorded per second", "/s", found))


async def _scanned(report: Report, streets: dict[str, Street], zygote: Zygote) -> None:
    runs: dict[str, list[Scanned]] = {f"Greenbin, {kind}": [] for kind in streets}
    echoed: list[float] = []
    for _ in range(ROUNDS):
        for kind, street in streets.items():
            runs[f"Greenbin, {kind}"].append(await _scan(street, zygote))
        echoed.append(await _echo(zygote))
    updates = {way: [run.updates for run in found] for way, found in runs.items()}
    title = f"{SCANNED} households scanned by {VOLUNTEERS} volunteers, every {TWICE}th twice"
    report.beside(title, "updates/s", ECHO, {**updates, ECHO: echoed})
    rows = [
        (way, *(f"{_median(found, name):.1f}" for name in ("drop_offs", "milliseconds", "heard")))
        for way, found in runs.items()
    ]
    header = ("way", "drop-offs/s", "ms of the processor an update", "last has heard after, s")
    report.table("The same scans", header, rows, "Notices may leave at 500 a second here.")
    drawn = {way: [run.drop_offs for run in found] for way, found in runs.items()}
    report.plot("scanned", plots.bars("Drop-offs through the whole bot", "/s", drawn))


async def _scan(street: Street, zygote: Zygote) -> Scanned:
    """Let a bot that starts find a queue waiting."""
    playground, homes = street.playground, street.next_(SCANNED)
    before = len(playground.deliveries())
    updates = _queue(street.volunteers, await street.cards(homes))
    guards = {each.id for each in street.volunteers}

    def answered() -> int:
        return sum(each.chat_id in guards for each in playground.deliveries()[before:])

    async with RunningBot(zygote, playground, street.url, GREENBIN_RATE="500") as bot:
        while not (first := answered()):
            await asyncio.sleep(0.001)
        begun, used = time.perf_counter(), bot.seconds_of_processor()
        while answered() < updates:
            await asyncio.sleep(0.02)
        took = time.perf_counter() - begun
        while len(playground.deliveries()) - before < updates + len(homes):
            await asyncio.sleep(0.02)
        heard = time.perf_counter() - begun
        used = bot.seconds_of_processor() - used
        await bot.ends()
    rate = (updates - first) / took
    return Scanned(rate * len(homes) / updates, rate, used * 1000 / (updates - first), heard)


async def _echo(zygote: Zygote) -> float:
    playground = Playground(token=TOKEN, clock=lambda: datetime.now(UTC))
    people = [playground.person(str(number)) for number in range(VOLUNTEERS)]
    updates = _queue(people, ["A" * codes.LENGTH] * SCANNED)
    async with RunningBot(zygote, playground, "") as bot:
        while not (first := len(playground.deliveries())):
            await asyncio.sleep(0.001)
        begun = time.perf_counter()
        while len(playground.deliveries()) < updates:
            await asyncio.sleep(0.005)
        took = time.perf_counter() - begun
        await bot.ends()
    return (updates - first) / took


def _queue(volunteers: Sequence[Person], cards: Sequence[str]) -> int:
    """Scan all these cards, some by two; how many messages that were."""
    updates = 0
    for number, card in enumerate(cards):
        for again in range(2 if number % TWICE == 0 else 1):
            volunteers[(number + again) % len(volunteers)].start(card)
            updates += 1
    return updates


def _median(found: Sequence[Scanned], name: str) -> float:
    values = sorted(float(getattr(run, name)) for run in found)
    return values[len(values) // 2]
