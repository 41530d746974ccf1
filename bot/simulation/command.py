"""`greenbin simulate`: a month in a minute or two, in a database of its own."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bot import console, demo, logs
from bot.app import Place
from bot.commands import PLAYGROUND_TOKEN, place_of
from bot.playground import Playground
from bot.playground.disk import Disk
from bot.simulation import city, plan, report
from bot.simulation.clockwork import JumpingClock, JumpingLoop
from bot.simulation.month import Month
from bot.simulation.people import People
from bot.simulation.report import Report
from bot.starting import CannotStart, alone, bring_up_to_date, now, read_settings
from models import Database, figures

UNTIL = date(2026, 11, 1)
"""The day after the last of the month that is simulated if nobody says which."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be simulated."""

    households: int
    days: int
    seed: int
    until: date

    @property
    def first(self) -> date:
        return self.until - timedelta(days=self.days)


def run(
    households: int, days: int, seed: int, file: Path, until: date | None, *, keep: bool
) -> int:
    """Simulate, say what it was like, and keep the playground for `greenbin run` if wanted."""
    begun, worked = time.monotonic(), time.process_time()
    settings = read_settings().model_copy(update={"language": "zh", "timezone": "Asia/Shanghai"})
    logs.set_up(settings.secrets())
    url = f"sqlite+aiosqlite:///{file}"
    kept = file.with_suffix(".json") if keep else None
    try:
        today = now().astimezone(settings.zone).date()
        wanted = Wanted(households, days, seed, until or (today if keep else UNTIL))
        with alone(url):
            asyncio.run(_prepare(url, file, kept))
            console.say(console.simulating(wanted.first, wanted.until, households, seed, file))
            made = simulate(url, place_of(settings), wanted, kept=kept, told=console.say)
    except CannotStart as why:
        return console.fail(why.lines)
    except KeyboardInterrupt:
        return console.fail(console.BROKEN_OFF)
    seconds, cpu = time.monotonic() - begun, time.process_time() - worked
    for line in console.simulated(made, seconds, cpu):
        console.say(line)
    if kept:
        console.say(console.kept_playground(kept))
    return 0 if made.is_right else 1


def simulate(
    url: str,
    place: Place,
    wanted: Wanted,
    *,
    kept: Path | None = None,
    told: Callable[[str], object] = str,
) -> Report:
    """Let the month happen in this database, which is up to date and empty."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(_simulate(url, place, wanted, kept, told))


async def _simulate(
    url: str, place: Place, wanted: Wanted, kept: Path | None, told: Callable[[str], object]
) -> Report:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, JumpingLoop)
    first, zone = wanted.first, place.civil.zone
    clock = JumpingClock(datetime(first.year, first.month, first.day, tzinfo=zone), loop)
    playground = Playground(token=PLAYGROUND_TOKEN, clock=clock)
    database = Database(url, throwaway=True)
    try:
        estates = await city.build(database, wanted.households, place.civil, clock())
        things = sorted(item.name for item in place.catalogue.items)
        made = plan.make(estates, first, wanted.days, place.civil, things, wanted.seed)
        people = People(playground, made.people, demo.STAFF)
        cast = [one.id for one in demo.CAST if one.id is not None] if kept else []
        month = Month(playground, database, place, clock, people, at_once=cast)

        def each_day(day: datetime) -> None:
            number = (day.astimezone(zone).date() - first).days + 1
            if number % 10 == 0:
                told(console.days_over(number, wanted.days))

        await month.passes(made.events, each_day)
        if kept:
            Disk(kept, playground.world).save()
        return await report.draw_up(database, playground, people, month, made.events)
    finally:
        await database.close()


async def _prepare(url: str, file: Path, kept: Path | None) -> None:
    """Have an empty database, up to date; anything else is not touched."""
    if kept and kept.exists():
        raise CannotStart(console.not_empty(kept))
    if file.exists() and file.stat().st_size:
        database = Database(url)
        try:
            async with database.read() as session:
                is_empty = await figures.is_empty(session)
        except Exception as error:  # another version's, or none of ours
            raise CannotStart(console.cannot_open(file, error)) from None
        finally:
            await database.close()
        if not is_empty:
            raise CannotStart(console.not_empty(file))
    await bring_up_to_date(url)
