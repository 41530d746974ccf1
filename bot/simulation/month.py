"""A month goes by: the people act, the bot deals with it, the clock jumps on."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.types import TelegramObject

from bot.app import App, Place
from bot.beside import beside
from bot.playground import Answer, Call, Playground, PlaygroundSession
from bot.simulation.acts import Event
from bot.simulation.clockwork import JumpingClock, Ticks
from bot.simulation.people import People
from handlers import refusals
from knowledge.calendar import Civil
from models import Database, Refusal

BREATH = timedelta(minutes=4)
"""What happens within so long reaches the bot together, as over a slow network. It must be less
than the five minutes in which a drop-off is mended."""

PRESSED = timedelta(seconds=10)
"""The same after a press on a button: Telegram waits no longer for the answer to it."""

MOST_AT_ONCE = 60

NOTICES_AT_ONCE = 100


@dataclass(slots=True)
class Heard(BaseMiddleware):
    """What the handlers raised: refusals by their kind, and faults."""

    refused: Counter[str] = field(default_factory=Counter)
    faults: int = 0

    async def __call__(self, handler: Any, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except Refusal as refusal:
            self.refused[refusals.text_key(type(refusal)).removeprefix("refusal-")] += 1
            raise
        except Exception:
            self.faults += 1
            raise


class Asked:
    """Tells when the bot asks for updates, and so confirms those before."""

    def __init__(self) -> None:
        self._asked = asyncio.Event()

    async def before(self, call: Call) -> None:
        if call.method == "getupdates":
            self._asked.set()

    async def after(self, call: Call, answer: Answer) -> None:
        """Nothing: what matters was the question."""

    async def again(self) -> None:
        self._asked.clear()
        await self._asked.wait()


class Month:
    """One bot and its people, from the first event to the last."""

    def __init__(
        self,
        playground: Playground,
        database: Database,
        place: Place,
        clock: JumpingClock,
        people: People,
        *,
        at_once: Collection[int] = (),
    ) -> None:
        """`at_once`: people who are answered at once, because somebody will read their chats."""
        self._playground = playground
        self._database = database
        self._place = place
        self._clock = clock
        self._people = people
        self._at_once = at_once
        self._breath: list[Event] = []
        """What the bot has not dealt with yet."""
        self.heard = Heard()
        self._asked = playground.hook = Asked()

    async def passes(self, events: Sequence[Event], each_day: Callable[[datetime], None]) -> None:
        """Let all of this happen; tell at the end of each day."""
        bot = Bot(self._playground.token, session=PlaygroundSession(self._playground))
        self._app = App(
            bot, await bot.me(), self._database, self._place, self._clock,
            rate=1_000_000, in_flight=NOTICES_AT_ONCE, timetable=self._timetable,
        )  # fmt: skip
        self._app.dispatcher.update.outer_middleware(self.heard)
        stopping = asyncio.Event()
        # A bot that breaks answers nobody: without it we should wait for ever.
        async with beside(self._app.run(stopping), stopping.set):
            for event in events:
                if self._must_settle(event):
                    await self._settle()
                if event.at.date() > self._clock().astimezone(event.at.tzinfo).date():
                    each_day(self._clock())
                self._clock.jump(event.at)
                self._people.do(event)
                self._breath.append(event)
            await self._settle()
            self._clock.jump(self._clock() + timedelta(hours=6))  # the last shift ends by itself
            await self._settle()

    def _timetable(self, database: Database, clock: Any, civil: Civil) -> Ticks:
        self._ticks = Ticks(database, clock, civil)
        return self._ticks

    def _must_settle(self, event: Event) -> bool:
        """Whether the bot must have dealt with what was before."""
        if not self._breath:
            return False
        first = self._breath[0]
        return (
            event.looks
            or self._breath[-1].person in self._at_once
            or len(self._breath) >= MOST_AT_ONCE
            or event.at - first.at > (PRESSED if first.looks else BREATH)
            or any(
                one.person != event.person and not {*one.doors}.isdisjoint(event.doors)
                for one in self._breath
            )
        )

    async def _settle(self) -> None:
        """Let the bot deal with everything that waits."""
        while self._playground.pending():
            await self._asked.again()
        await self._app.workers.idle()
        await self._ticks.strike()
        await self._app.sender.idle()
        self._breath.clear()
