"""How long it takes to plan tomorrow's reminders for a city, and how long others wait for it."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bot import reminding
from knowledge.calendar import Civil
from knowledge.holidays import Holidays
from knowledge.reminders import Slot, Topic, Wishes
from models import Database, residents
from models.areas import Area, Kind
from models.reminder_plans import ReminderDay
from tests.bench import plots
from tests.bench.report import Report
from tests.databases import KINDS, Databases

HOUSEHOLDS, ESTATES = 300_000, 300

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)

WISHES = tuple(
    Wishes(topics, slots).write()
    for topics in (frozenset({Topic.HAZARDOUS}), frozenset(Topic))
    for slots in (frozenset({Slot.EVENING}), frozenset({Slot.MORNING}), frozenset(Slot))
)
"""Six ways to be reminded; each as often as the others, so five messages for three people."""

FILL = (
    """
    INSERT INTO areas (id, parent_id, path, kind, code, name)
    WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i <= {estates})
    SELECT i, 1, '/1/' || i || '/', 'estate', 'e' || i, 'estate ' || i FROM n
    """,
    """
    INSERT INTO collections (area_id, stream, hours)
    SELECT id, 'hazardous', 'mo-su 09:00-11:00' FROM areas WHERE kind = 'estate'
    """,
    """
    INSERT INTO households (id, area_id, building, unit, room, made_at)
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {homes} - 1)
    SELECT i + 1, i % {estates} + 2, '1', '1', CAST(i AS VARCHAR(20)), :then FROM n
    """,
    """
    INSERT INTO residents (telegram_id, first_seen_at, last_seen_at)
    SELECT 1000000 + id, :then, :then FROM households
    """,
    """
    INSERT INTO memberships (household_id, resident_id, name, is_adult, agreed_at, joined_at,
        approved_by)
    SELECT id, 1000000 + id, 'x', true, :then, :then, 1 FROM households
    """,
    """
    INSERT INTO reminders (resident_id, wishes, chosen_at)
    SELECT 1000000 + id, CASE id / {estates} % 6 {wishes} END, :then FROM households
    """,
)

SAME = """
INSERT INTO notices ("to", about, kind, fields, posted_at, due_at, until, state, repeated)
SELECT "to", 'x' || about, kind, fields, posted_at, due_at, until, state, repeated
FROM notices WHERE kind = 'reminder'
"""


@dataclass(frozen=True, slots=True)
class Planned:
    """How it went."""

    seconds: float
    notices: int
    waited: float
    """The longest that a small write had to wait meanwhile, in seconds."""


async def reminders(report: Report, databases: Databases) -> None:
    """Plan as the timetable does; the floor is the same rows in one INSERT … SELECT."""
    kinds = KINDS if databases.server else KINDS[:1]
    for kind in kinds:
        database = await _filled(databases.new(kind))
        planned = await _planned(database)
        floor = await _floor(database)
        await database.close()
        title = f"Tomorrow's reminders of {HOUSEHOLDS:,} households, {kind}"
        found = {"Greenbin": [planned.seconds], "one INSERT … SELECT": [floor]}
        report.beside(title, "s", "one INSERT … SELECT", found)
        report.table(
            f"The same, {kind}",
            ("notices", "longest wait of a small write, ms"),
            [(f"{planned.notices:,}", f"{planned.waited * 1000:.0f}")],
        )
        report.plot(f"reminders-{kind}", plots.bars("Planning reminders", "s", found))


async def _filled(url: str) -> Database:
    database = Database(url)
    wishes = " ".join(f"WHEN {n} THEN '{each}'" for n, each in enumerate(WISHES))
    values = {"estates": ESTATES, "homes": HOUSEHOLDS, "wishes": wishes}
    then = LONG_AGO if not database.is_sqlite else "2026-01-01 00:00:00.000000"
    async with database.write() as session:
        session.add(Area(id=1, parent_id=None, path="/1/", kind=Kind.CITY, code="c", name="c"))
        await session.flush()
        for words in FILL:
            given = {"then": then} if ":then" in words else {}
            await session.execute(text(words.format(**values)), given)
        session.add(  # today was planned yesterday
            ReminderDay(day=NOON.date(), planned_at=NOON, is_stale=False, revision=0)
        )
    if not database.is_sqlite:
        async with database.write() as session:
            await session.execute(text("ANALYZE"))
    return database


async def _planned(database: Database) -> Planned:
    civil = Civil(ZoneInfo("Asia/Shanghai"), Holidays.load())
    waited = 0.0

    async def others() -> None:
        nonlocal waited
        while True:
            begun = time.perf_counter()
            async with database.write() as session:
                await residents.note_seen(session, [1], NOON)
            waited = max(waited, time.perf_counter() - begun)
            await asyncio.sleep(0.05)

    # Others write all the while that is measured, and are stopped below.
    writing = asyncio.create_task(others())
    begun = time.perf_counter()
    await reminding.plan(database, lambda: NOON, civil, rate=1000, admins=[1])
    seconds = time.perf_counter() - begun
    writing.cancel()
    await asyncio.wait((writing,))
    async with database.read() as session:
        made = await session.scalar(text("SELECT count(*) FROM notices WHERE kind = 'reminder'"))
    return Planned(seconds, made or 0, waited)


async def _floor(database: Database) -> float:
    """What the database needs to write these rows once more, under other names."""
    begun = time.perf_counter()
    async with database.write() as session:
        await session.execute(text(SAME))
    return time.perf_counter() - begun
