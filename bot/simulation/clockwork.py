"""Time in a simulated month: it jumps from event to event, and nobody sleeps."""

import asyncio
from datetime import datetime

from bot.network import Clock
from bot.timetable import JOBS, Job
from knowledge.calendar import Civil
from models import Database


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop whose timers see the jumps, too: a second of the month is over at once."""

    def __init__(self) -> None:
        self._ahead_seconds = 0.0
        super().__init__()

    def time(self) -> float:
        """The loop's seconds, with those that were jumped over."""
        return super().time() + self._ahead_seconds

    def jump(self, seconds: float) -> None:
        """Let so many seconds be over."""
        self._ahead_seconds += seconds


class JumpingClock:
    """What the bot and the playground take for the time."""

    def __init__(self, now: datetime, loop: JumpingLoop) -> None:
        self._now = now
        self._loop = loop

    def __call__(self) -> datetime:
        return self._now

    def jump(self, to: datetime) -> None:
        """Go on to a later moment; never back."""
        seconds = (to - self._now).total_seconds()
        if seconds > 0:
            self._now = to
            self._loop.jump(seconds)


class Ticks:
    """The timetable of a bot whose clock jumps: what was jumped over is made up for, once."""

    def __init__(self, database: Database, clock: Clock, civil: Civil) -> None:
        self._database = database
        self._clock = clock
        self._civil = civil
        self._done: dict[Job, datetime] = dict.fromkeys(JOBS, clock())

    def start(self) -> None:
        """Nothing happens by itself: see `strike`."""

    def shutdown(self, wait: bool = True) -> None:
        """Nothing is left to end."""

    async def strike(self) -> None:
        """Do what is due now."""
        now = self._clock()
        for job, every in JOBS.items():
            if now - self._done[job] >= every:
                self._done[job] = now
                await job(self._database, self._clock, self._civil)
