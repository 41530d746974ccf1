"""One notice on its way: put into words, held until it may leave, sent, and judged."""

import asyncio
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from aiogram import Bot

from bot.failures import Outcome, is_gone, judge, moved
from bot.lanes import Pace
from bot.network import Clock
from bot.rate import Rate
from bot.replies import Call
from bot.responses import send
from handlers import notices as words
from handlers.drawn import draw
from handlers.texts import texts
from models.notices import Due, Ended, State

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How it went."""

    due: Due
    ended: Ended
    outcome: Outcome | None = None
    """What Telegram made of it; None if it was not asked."""
    fault: str | None = None
    """The kind of exception, if it failed."""
    rest_seconds: float = 0.0
    """How long this person has to be left in peace first."""

    @property
    def blocked(self) -> bool:
        return self.ended.state is State.BLOCKED


class Deliveries:
    """Delivers notices, each as soon as it may leave."""

    def __init__(
        self,
        bot: Bot,
        clock: Clock,
        *,
        language: str,
        pace: Pace,
        rate: Rate,
        paid: bool,
        stopping: asyncio.Event,
        redact: Callable[[str], str],
    ) -> None:
        self._bot = bot
        self._clock = clock
        self._language = language
        self._pace = pace
        self._rate = rate
        self._paid = paid
        self._stopping = stopping
        self._redact = redact
        self._loop = asyncio.get_running_loop()

    async def deliver(self, due: Due, may_leave: Callable[[], bool]) -> Delivery:
        """Send it, if it still may leave when its turn has come."""
        try:
            t = texts(due.language or self._language)
            call = words.render(due.kind, due.fields, t, due.to, due.repeated, self._clock())
            if self._paid and hasattr(call, "allow_paid_broadcast"):
                call = call.model_copy(update={"allow_paid_broadcast": True})
            await draw(call)
        except Exception as error:  # a mistake of ours, in this kind of notice only
            log.exception("notice %s cannot be made", due.id)
            return self._failed(due, error, "".join(traceback.format_exception(error)))
        if rest := self._pace.wait(due.to, self._loop.time()):
            return Delivery(due, Ended(due.id, State.WAITING), rest_seconds=rest)
        if seconds := self._rate.place(self._loop.time()):
            await self._hold(seconds)
        # Nothing is awaited between this question and the call: the answer would be too old.
        while may_leave():
            if departure := self._rate.leave(self._loop.time()):
                self._pace.note(due.to, self._loop.time())
                try:
                    return await self._send(due, call)
                finally:
                    self._rate.heard(departure, self._loop.time())
            if self._stopping.is_set():
                break
            await self._hold(self._rate.wait(self._loop.time()))
        return Delivery(due, Ended(due.id, State.WAITING))

    async def _send(self, due: Due, call: Call, *, elsewhere: bool = False) -> Delivery:
        try:
            await send(self._bot, call)
        except (Exception, asyncio.CancelledError) as error:
            there = moved(call, error)
            if there is not call and not elsewhere:
                return await self._send(due, there, elsewhere=True)
            return self._judged(due, error)
        return Delivery(due, Ended(due.id, State.SENT), Outcome.SENT)

    def _judged(self, due: Due, error: BaseException) -> Delivery:
        outcome, why = judge(error), self._redact(f"{type(error).__name__}: {error}")
        if outcome is Outcome.FINAL and not is_gone(why):
            log.warning("Telegram refused notice %s: %s", due.id, why)
            return self._failed(due, error, why, outcome)
        note = why if outcome is Outcome.UNKNOWN else None
        return Delivery(due, Ended(due.id, _STATES[outcome], note), outcome)

    def _failed(
        self, due: Due, error: BaseException, why: str, outcome: Outcome | None = None
    ) -> Delivery:
        ended = Ended(due.id, State.FAILED, self._redact(why))
        return Delivery(due, ended, outcome, fault=type(error).__name__)

    async def _hold(self, seconds: float) -> None:
        """Wait, unless the bot is stopped meanwhile."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return


_STATES = {
    Outcome.SENT: State.SENT,
    Outcome.NOT_SENT: State.WAITING,
    Outcome.UNKNOWN: State.UNKNOWN,
    Outcome.FINAL: State.BLOCKED,
}
