"""The sender: notices leave, and what became of each is written down.

One process sends at a time. It holds a lease with a number (`models/leases.py`), takes a few
notices at once and commits that before it calls Telegram: so what a crash leaves without a known
end is never more than those few.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from aiogram import Bot

from bot.delivery import Deliveries, Delivery
from bot.ending import end
from bot.failures import Outcome
from bot.lanes import Pace
from bot.logs import complain
from bot.network import Clock, Pausing, until_telegram_answers
from bot.rate import Rate
from bot.staff import Staff
from knowledge.nights import is_night
from models import Database, Session, broadcast_plans, faults, leases, notices, residents
from models.faults import Fault
from models.leases import LeaseLost
from models.notices import Due

log = logging.getLogger(__name__)

LEASE = "sender"

POLL_SECONDS = 1.0
"""How often we look for what has become due, and for what other processes have posted."""

RENEW_SECONDS = 2.0
"""How often the lease is renewed at least, and how often one that is not ours is looked at."""

FRESH_SECONDS = 10.0
"""When the lease was not renewed for so long, nothing leaves: another may have taken it. It must
be less than `leases.LAPSES_AFTER`."""

STOP_SECONDS = 8.0
"""How long calls in the air may take when the bot is stopped; the whole stop takes ten."""

LONGEST_WAIT_SECONDS = 20.0
"""How long nothing is tried, at most, while calls do not even reach Telegram."""


class Sender:
    """Sends notices until it is stopped."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        clock: Clock,
        *,
        name: str,
        language: str,
        pausing: Pausing,
        pace: Pace,
        staff: Staff,
        rate: float,
        in_flight: int,
        paid: bool = False,
        redact: Callable[[str], str] = str,
    ) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._name = name
        self._pausing = pausing
        self._staff = staff
        self._in_flight = in_flight
        self._rate = rate
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self._deliveries = Deliveries(
            bot, clock, language=language, pace=pace, rate=Rate(rate), paid=paid,
            stopping=self._stopping, redact=redact,
        )  # fmt: skip
        self._fence: int | None = None
        """The number of our lease; None while it is not ours."""
        self._take_at = 0.0
        self._renewed_at = 0.0
        self._look = True
        """Whether there may be something to take, so that it is not asked first."""
        self._in_hand: dict[int, Due] = {}
        """What we have taken and not settled yet."""
        self._ended: list[Delivery] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._unheard = False
        """Whether we may have taken something without hearing of it."""
        self._resting: dict[int, float] = {}
        """People who have just heard enough, and until when."""
        self._failures = 0
        self._try_at = 0.0
        self._asking: asyncio.Task[None] | None = None
        """Asks whether Telegram answers at all."""
        self._moved = asyncio.Event()
        self._turned = asyncio.Event()
        database.listen(notices.POSTED, self.wake)

    def wake(self) -> None:
        """There may be something to send."""
        self._look = True
        self._moved.set()

    def stop(self) -> None:
        """Begin no more."""
        self._stopping.set()
        self._moved.set()

    async def run(self) -> None:
        """Send until `stop`; then finish what is in the air, and give the rest back."""
        while not self._stopping.is_set():
            self._moved.clear()
            seconds = POLL_SECONDS
            try:
                if self._fence is None and not await self._take_over():
                    seconds = RENEW_SECONDS
                elif await self._turn():
                    continue
            except LeaseLost:
                log.warning("another process sends the notices now")
                self._forget()
            except Exception as error:
                complain(log, "does not hand out notices", error)
                self._unheard = True
                await self._pause(POLL_SECONDS)
                continue
            await self._wait(seconds)
        await self._end()

    async def idle(self) -> None:
        """Wait until nothing is left that is due."""
        while True:
            self._turned.clear()
            async with self._database.read() as session:
                now = self._clock()
                personal = await notices.open_now(session, now)
                is_over = not personal and not await self._broadcasts_wait(session, now)
            if is_over and not self._in_hand:
                return
            self.wake()
            await self._turned.wait()

    async def _take_over(self) -> bool:
        """Take the lease if it is free, and what the last holder left behind."""
        begun = self._loop.time()
        if begun < self._take_at:
            return False
        async with self._database.write() as session:
            fence = await leases.take(session, LEASE, self._name)
            if fence is None:
                self._take_at = begun + RENEW_SECONDS
                return False
            await notices.recover(session, fence, self._clock())
        self._fence, self._renewed_at, self._look = fence, begun, True
        return True

    async def _turn(self) -> bool:
        """Settle what has ended and take what is next, in one transaction; False if idle."""
        assert self._fence is not None
        ended, begun, now = list(self._ended), self._loop.time(), self._clock()
        room = self._room(len(ended))
        to_do = ended or self._must_renew() or (room and (self._look or await self._is_due(now)))
        if not to_do:
            return False
        self._look = False
        due: list[Due] = []
        async with self._database.write() as session:
            await leases.renew(session, LEASE, self._fence)
            await self._write_down(session, ended, now)
            if self._unheard:
                await notices.give_back(session, self._fence, self._in_hand)
            if room:
                due = await self._take(session, room, now)
            if room and not due:
                await notices.expire(session, now)
        self._renewed_at, self._unheard = begun, False
        self._clear(ended)
        for one in due:
            self._in_hand[one.id] = one
            self._begin(one)
        self._look = self._look or (room > 0 and len(due) == room)
        self._turned.set()
        return bool(due or ended)

    async def _take(self, session: Session, room: int, now: datetime) -> list[Due]:
        """The next ones: what is told to one person first, then what is told to many."""
        assert self._fence is not None
        over = self._passed_over()
        due = await notices.claim(session, self._fence, room, now, over)
        room = min(room - len(due), self._most_of_broadcasts())
        if room > 0:
            over += [one.to for one in due]
            due += await broadcast_plans.claim(
                session, self._fence, room, now, over, is_night=self._is_night(now)
            )
        return due

    def _most_of_broadcasts(self) -> int:
        """How many of broadcasts may be taken now.

        Who is in hand waits for a place in the line: a person's own notice comes behind those,
        and shall come within the second.
        """
        in_hand = sum(one.kind == broadcast_plans.KIND for one in self._in_hand.values())
        return (
            max(1, int(self._rate))
            - in_hand
            + sum(one.due.kind == broadcast_plans.KIND for one in self._ended)
        )

    def _is_night(self, now: datetime) -> bool:
        return is_night(now, self._staff.zone)

    async def _broadcasts_wait(self, session: Session, now: datetime) -> bool:
        return await broadcast_plans.waits(session, is_night=self._is_night(now))

    def _room(self, ended: int) -> int:
        """How many more may be taken now."""
        held_up = self._asking or self._loop.time() < self._try_at or self._pausing.left()
        if held_up or self._stopping.is_set():
            return 0
        return max(0, self._in_flight - len(self._in_hand) + ended)

    def _must_renew(self) -> bool:
        """Whether the lease needs it: on SQLite nobody else wants it, so only while we send."""
        at_stake = self._in_hand or not self._database.is_sqlite
        return bool(at_stake) and self._loop.time() - self._renewed_at >= RENEW_SECONDS

    async def _is_due(self, now: datetime) -> bool:
        async with self._database.read() as session:
            return await notices.is_due(session, now) or await self._broadcasts_wait(session, now)

    def _passed_over(self) -> list[int]:
        now = self._loop.time()
        self._resting = {to: until for to, until in self._resting.items() if until > now}
        ended = {one.due.id for one in self._ended}
        busy = [one.to for one in self._in_hand.values() if one.id not in ended]
        return [*busy, *self._resting]

    async def _write_down(
        self, session: Session, ended: Sequence[Delivery], now: datetime
    ) -> None:
        assert self._fence is not None
        await notices.settle(session, self._fence, [one.ended for one in ended], now)
        gone = [one.due.to for one in ended if one.blocked]
        await residents.note_left(session, gone, now)
        broken = [
            Fault(one.fault, "notice", one.due.id)
            for one in ended
            if one.fault and one.due.kind != faults.KIND
        ]
        await self._staff.hear_of(session, broken, now)

    def _clear(self, settled: Sequence[Delivery]) -> None:
        self._ended = [one for one in self._ended if one not in settled]
        for one in settled:
            self._in_hand.pop(one.due.id, None)

    def _begin(self, due: Due) -> None:
        # `deliver` turns whatever goes wrong into how it ended, so nothing is lost with the task.
        task = asyncio.create_task(self._deliver(due, self._fence))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, due: Due, fence: int | None) -> None:
        delivery = await self._deliveries.deliver(due, partial(self._may_leave, fence))
        if fence != self._fence:
            return  # it is another's now
        self._ended.append(delivery)
        if delivery.rest_seconds:
            self._resting[due.to] = self._loop.time() + delivery.rest_seconds
        self._learn(delivery.outcome)
        self._moved.set()

    def _may_leave(self, fence: int | None) -> bool:
        """Whether the lease is surely still ours, and nothing else speaks against it."""
        is_ours = fence == self._fence and self._loop.time() - self._renewed_at < FRESH_SECONDS
        return is_ours and not self._pausing.left() and not self._stopping.is_set()

    def _learn(self, outcome: Outcome | None) -> None:
        """When a call did not get through, the next ones wait as well."""
        match outcome:
            case Outcome.SENT | Outcome.FINAL:
                self._failures = 0
            case Outcome.NOT_SENT if self._loop.time() >= self._try_at:
                # Those that were in the air together are one failure, and not two hundred.
                wait = min(0.5 * 2**self._failures, LONGEST_WAIT_SECONDS)
                self._failures = min(self._failures + 1, 10)
                self._try_at = self._loop.time() + wait
            case Outcome.UNKNOWN if self._asking is None:
                # It takes every answer, an error too, for what it is; `_end` cancels it.
                self._asking = asyncio.create_task(self._until_telegram_answers())

    async def _until_telegram_answers(self) -> None:
        try:
            await until_telegram_answers(self._bot, self._pause, self._stopping)
        finally:
            self._asking = None
            self.wake()

    def _forget(self) -> None:
        """The lease is another's: so is everything that we had in hand."""
        self._fence = None
        self._in_hand.clear()
        self._ended.clear()

    async def _end(self) -> None:
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
            await end(late)  # what they are about may have left: that is written down
        if self._asking:
            await end((self._asking,))
        if self._fence is None:
            return
        try:
            await self._give_back(self._fence)
        except LeaseLost:
            return
        except Exception as error:  # the next start finds them, and marks them as repeats
            complain(log, "does not take back what was not sent", error)

    async def _give_back(self, fence: int) -> None:
        now = self._clock()
        async with self._database.write() as session:
            await leases.renew(session, LEASE, fence)
            await self._write_down(session, self._ended, now)
            await notices.give_back(session, fence)
            await leases.give_up(session, LEASE, fence)

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._moved.wait(), seconds)

    async def _pause(self, seconds: float) -> None:
        """Wait, unless the bot is stopped meanwhile."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
