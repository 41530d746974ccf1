"""Whether the books stay fast: what a household asks, among few transfers and among a million."""

import random
import statistics
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from sqlalchemy import text

from models import Database, Session, points, statements
from tests import city
from tests.bench import plots
from tests.bench.report import Report
from tests.city import Estate
from tests.databases import KINDS, Databases

FEW, MANY = 10_000, 1_000_000
HOMES = 1_000
"""So each has ten transfers, or a thousand: more than a year of two visits a day."""
CALLS = 400
PAGE = 10

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)

Ask = Callable[[Session, int], Awaitable[object]]

# Two windows a day, and each visit gave five points; the last was yesterday.
VISITS = """
WITH RECURSIVE turns (turn) AS (
    SELECT {first} UNION ALL SELECT turn + 1 FROM turns WHERE turn < {last}
), visits AS (
    SELECT turn, households.id AS home, (turn - 1) * {homes} + households.id AS id
    FROM turns CROSS JOIN households
)
"""
DROP_OFFS = """
INSERT INTO drop_offs (id, household_id, area_id, day, "window", station_id, shift_id,
    volunteer_id, at, entered_later, recorded_at, quality, points, frozen, revision)
{visits} SELECT id, home, {area}, {day}, 1 + turn % 2, {station}, 1, 1, {at}, false, {at}, 'right',
    5, 0, 0 FROM visits ORDER BY id
"""
TRANSFERS = r"""
INSERT INTO transfers (key, debit_id, credit_id, points, reason, drop_off_id, actor_id, at)
{visits} SELECT 'drop-off\:' || visits.id || '\:0', {issued}, accounts.id, 5, 'drop-off',
    visits.id, 1, {at} FROM visits
    JOIN accounts ON accounts.kind = 'own' AND accounts.owner_id = home
    ORDER BY visits.id
"""
BALANCES = """
UPDATE accounts SET balance = CASE WHEN kind = 'own' THEN 5 ELSE -5 * {homes} END * {turns}
"""
AT_ONCE = 50
"""How many turns one statement makes."""
WHEN = {
    "sqlite": {
        "day": "date('2026-11-23', (turn / 2 - {turns} / 2 - 1) || ' days')",
        "at": "datetime('2026-11-23 08:00', (turn / 2 - {turns} / 2 - 1) || ' days') || '.000000'",
    },
    "postgresql": {
        "day": "date '2026-11-23' + (turn / 2 - {turns} / 2 - 1)",
        "at": "timestamptz '2026-11-23 08:00Z' + (turn / 2 - {turns} / 2 - 1) * interval '1 day'",
    },
}


async def books(report: Report, databases: Databases) -> None:
    kinds = KINDS if databases.server else KINDS[:1]
    for kind in kinds:
        few, many = [await _filled(databases.new(kind), kind, each) for each in (FEW, MANY)]
        await _flat(report, kind, few, many)
        await _audited(report, kind, many)
        for estate in (few, many):
            await estate.database.close()


async def _filled(url: str, kind: str, transfers: int) -> Estate:
    """An estate whose books hold so many transfers, all of them in order."""
    database = Database(url)
    rooms = [str(number) for number in range(HOMES)]
    estate = await city.build(database, rooms, [city.VOLUNTEER], NOW)
    async with database.write() as session:
        issued = await points.account(session, points.Kind.ISSUED, estate.area)
        for home in estate.homes:
            await points.account(session, points.Kind.OWN, home)
    turns = transfers // HOMES
    values = {
        "turns": turns, "homes": HOMES, "area": estate.area, "station": estate.station,
        "issued": issued,
    }  # fmt: skip
    when = {name: words.format(**values) for name, words in WHEN[kind].items()}
    for first in range(1, turns + 1, AT_ONCE):
        last = min(first + AT_ONCE - 1, turns)
        visits = VISITS.format(first=first, last=last, homes=HOMES)
        async with database.write() as session:
            for words in (DROP_OFFS, TRANSFERS):
                await session.execute(text(words.format(visits=visits, **when, **values)))
    async with database.write() as session:
        await session.execute(text(BALANCES.format(**values)))
    if not database.is_sqlite:  # where the server does so by itself, a little later
        async with database.write() as session:
            await session.execute(text("ANALYZE"))
    return estate


async def _flat(report: Report, kind: str, few: Estate, many: Estate) -> None:
    asked: dict[str, Ask] = {
        "balance": lambda session, home: points.balance(session, home, NOW),
        "newest page of history": lambda session, home: statements.page(session, home, PAGE),
        "an older page": lambda session, home: statements.page(
            session, home, PAGE, before=few_or_many[session.bind]
        ),
    }
    few_or_many = {few.database.engines[1]: FEW // 2, many.database.engines[1]: MANY // 2}
    rows, drawn = [], {}
    for what, ask in asked.items():
        took = await _in_turn(ask, few, many)
        middle = [statistics.median(each) for each in took]
        rows.append((what, *(f"{each:.2f}" for each in middle), f"{middle[1] / middle[0]:.2f}"))
        for number, each in zip((FEW, MANY), took, strict=True):
            drawn[f"{what}, {number:,}"] = statistics.quantiles(each, n=4)
    header = ("what is asked", f"p50 ms, {FEW:,}", f"p50 ms, {MANY:,}", "ratio")
    report.table(f"A household's books among so many transfers, {kind}", header, rows)
    report.plot(f"books-{kind}", plots.bars("Median and quartiles", "ms", drawn))


async def _in_turn(ask: Ask, few: Estate, many: Estate) -> list[list[float]]:
    """Milliseconds of each call; in turn, so that what else goes on meets both alike."""
    took: list[list[float]] = [[], []]
    chance = random.Random(1)
    for call in range(CALLS):
        for place, estate in enumerate((few, many)):
            home = chance.choice(estate.homes)
            async with estate.database.read() as session:
                begun = time.perf_counter()
                await ask(session, home)
                if call >= CALLS // 10:  # what is prepared at the first uses
                    took[place].append((time.perf_counter() - begun) * 1000)
    return took


async def _audited(report: Report, kind: str, estate: Estate) -> None:
    rows = []
    async with estate.database.read() as session:
        for name, audit in (("total", points.total), ("unbalanced", points.unbalanced)):
            begun = time.perf_counter()
            found = await audit(session)
            assert not found, f"the books do not add up: {found}"
            rows.append((name, f"{time.perf_counter() - begun:.3f}"))
    report.table(f"Whether {MANY:,} transfers add up, {kind}", ("audit", "s"), rows)
