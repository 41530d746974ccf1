"""The workers: stored updates go through the dispatcher, replies leave, updates are settled."""

import asyncio
import json
import logging
import traceback
from collections.abc import Callable, Collection
from datetime import tzinfo
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.methods import AnswerCallbackQuery, TelegramMethod
from aiogram.types import Update

from bot.busy import PATIENCE_SECONDS, Busy
from bot.ending import end
from bot.failures import Outcome, is_gone, judge, moved
from bot.lanes import Lanes, Pace, Turn
from bot.logs import complain
from bot.network import Clock, until_telegram_answers
from bot.replies import Call, pack, unpack
from bot.responses import send
from bot.staff import Staff
from handlers import refusals
from handlers.drawn import draw
from handlers.texts import texts
from models import Database, Refusal, left_behind, people, updates
from models.database import unavailable
from models.faults import Fault
from models.left_behind import LeftBehind
from models.people import NOBODY
from models.updates import AlreadyDone, Settled, State

log = logging.getLogger(__name__)

WORKERS = 64
"""How many chats are served side by side; more would only wait for the network."""

TAKEN_UP = 400
"""How many updates are in memory at most; the rest waits in the database."""

MOST_TRIES = 5
"""When this many processes ended with it in hand, an update is taken to be what ended them."""

STOP_SECONDS = 8.0
"""How long handlers may take to finish when the bot is stopped; the whole stop takes ten."""


class Workers:
    """Takes stored updates up, deals with them, and settles them."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        dispatcher: Dispatcher,
        clock: Clock,
        *,
        name: str,
        language: str,
        busy: Busy,
        zone: tzinfo,
        admins: Collection[int] = (),
        pace: Pace,
        staff: Staff,
        redact: Callable[[str], str] = str,
    ) -> None:
        self._bot = bot
        self._database = database
        self._dispatcher = dispatcher
        self._clock = clock
        self._name = name
        self._language = language
        self._busy = busy
        self._admins = admins
        self._zone = zone
        self._redact = redact
        self._staff = staff
        self._lanes = Lanes(pace)
        self._arrived = asyncio.Event()
        self._more = True
        """Whether something may wait in the database that could be taken up."""
        self._stopping = asyncio.Event()
        self._ended: list[tuple[Settled, LeftBehind]] = []
        self._to_settle = asyncio.Event()
        self._settled = asyncio.Event()
        self._all_home = False

    def arrived(self, *, more: bool = False) -> None:
        """There is something new in the database; `more`: and a lot more to come."""
        self._lanes.gate.stored(full=more)
        self._arrived.set()

    def stop(self) -> None:
        """Begin no more."""
        self._stopping.set()
        self._arrived.set()

    async def run(self) -> None:
        """Work until `stop`, then finish what was begun, settle it, and give the rest back."""
        workers = [asyncio.create_task(self._work()) for _ in range(WORKERS)]
        claiming = asyncio.create_task(self._claim())
        settling = asyncio.create_task(self._settle())
        await claiming
        self._lanes.close(WORKERS)
        _, late = await asyncio.wait(workers, timeout=STOP_SECONDS)
        if late:
            log.warning("%s updates were not finished in time; they are kept", len(late))
            await end(late)
        self._all_home = True
        self._to_settle.set()
        await settling
        try:
            async with self._database.write() as session:
                await updates.release(session, self._name)
        except Exception as error:  # the next start finds them by itself
            complain(log, "does not take back what was not finished", error)

    async def idle(self) -> None:
        """Wait until everything stored is settled."""
        self._arrived.set()
        while True:
            self._settled.clear()
            async with self._database.read() as session:
                if not await updates.unsettled(session):
                    return
            await self._settled.wait()

    async def _claim(self) -> None:
        while not self._stopping.is_set():
            self._arrived.clear()
            self._more = True
            room = TAKEN_UP - self._lanes.held
            if room >= TAKEN_UP // 2:
                try:
                    claimed = await self._claim_some(room)
                except Exception as error:
                    complain(log, "does not hand out updates", error)
                    await self._pause(1)
                    continue
                # A chat with a full lane waits for it, and on PostgreSQL one that another process
                # has in hand: what becomes free when an update is over is looked for then.
                left = self._lanes.is_one_full() or not self._database.is_sqlite
                self._more = left or claimed == room
                if claimed == room:
                    continue
            await self._arrived.wait()

    async def _claim_some(self, room: int) -> int:
        async with self._database.write() as session:
            claimed = await updates.claim(session, self._name, room, self._lanes.lengths())
            if not claimed:
                return 0
            ids = {work.person_id for work in claimed if work.person_id is not None}
            met = await people.met(session, ids, self._admins, self._clock())
        for work in claimed:
            who = met[work.person_id] if work.person_id is not None else NOBODY
            self._lanes.put(Turn(work, who, self._language))
        return len(claimed)

    async def _work(self) -> None:
        while turn := await self._lanes.take():
            ended = await self._until_it_ends(turn)
            if ended:
                self._ended.append((ended, turn.left))
                self._to_settle.set()
            self._lanes.finish(turn)
            if self._more and self._lanes.held < TAKEN_UP // 2:
                self._arrived.set()

    async def _until_it_ends(self, turn: Turn) -> Settled | None:
        """How the update ended; None if the bot is stopped before, and it is kept."""
        seconds, begun = 0.5, asyncio.get_running_loop().time()
        while True:
            try:
                return await self._deal_with(turn)
            except Exception as error:
                if not unavailable(error):
                    # Not the handler's fault but ours: parked, so that the chat goes on.
                    log.exception("update %s could not be dealt with", turn.work.id)
                    return self._failed(turn, error)
                complain(log, f"is out of reach for update {turn.work.id}", error)
            if self._stopping.is_set():
                return None
            if asyncio.get_running_loop().time() - begun >= PATIENCE_SECONDS:
                await self._busy.tell([turn.work.chat_id])
            await self._pause(seconds)
            seconds = min(seconds * 2, 10)

    async def _deal_with(self, turn: Turn) -> Settled | None:
        """Handle an update and send its reply; None if that has to wait for the next start."""
        work = turn.work
        if turn.calls is not None:
            return await self._send(turn, turn.calls)
        if work.state == State.DONE:
            return await self._send(turn, unpack(work.reply or "[]", self._bot))
        if work.tries > MOST_TRIES:
            return Settled(work.id, State.PARKED, f"taken up {work.tries} times, never finished")
        try:
            update = Update.model_validate(json.loads(work.body or ""), context={"bot": self._bot})
            sender = getattr(update.event, "from_user", None)  # raises if the kind is unknown
            # The intake takes nobody for a person whose id no database can hold.
            assert (sender and sender.id) == work.person_id, "nobody can have sent it"
        except Exception as error:  # whatever it is: what cannot be read must not stop the rest
            log.warning("update %s cannot be read; it is parked", work.id)
            return Settled(work.id, State.PARKED, self._redact(f"{type(error).__name__}: {error}"))
        for attempt in (1, 2):
            turn.left = LeftBehind()
            try:
                return await self._send(turn, await self._handle(update, turn))
            except Exception as fault:
                if unavailable(fault):
                    raise
                if attempt == 1:
                    continue
                log.exception("update %s failed", work.id)
                turn.left = LeftBehind()
                await self._send(turn, refusals.apologise(update, texts(turn.language)))
                return self._failed(turn, fault)
        raise AssertionError

    async def _handle(self, update: Update, turn: Turn) -> list[Call]:
        """What is to be said; what changed is committed, a refusal's words are, too."""
        try:
            reply = await self._feed(update, turn)
        except AlreadyDone as already:
            turn.calls = unpack(already.reply, self._bot)
        else:
            if turn.calls is None:
                return calls_for(update, reply)
        return turn.calls

    async def _feed(self, update: Update, turn: Turn) -> Any:
        try:
            return await self._dispatcher.feed_update(self._bot, update, turn=turn)
        except Refusal as refusal:
            calls = refusals.explain(update, refusal, texts(turn.language), self._zone)
            async with self._database.write() as session:
                await updates.done(session, turn.work.id, pack(calls))
            turn.calls = calls
            return None

    async def _send(self, turn: Turn, calls: list[Call]) -> Settled | None:
        notes = []
        for place, call in enumerate(calls):
            outcome, why = await self._send_one(turn, call)
            if outcome is Outcome.NOT_SENT and place == 0:
                return None
            # Of what has begun to leave, nothing may come twice; the rest is the press's answer.
            if outcome is not Outcome.SENT:
                notes.append(f"{type(call).__name__} {outcome}: {why}")
        return Settled(turn.work.id, State.ANSWERED, self._redact("; ".join(notes)) or None)

    async def _send_one(self, turn: Turn, call: Call) -> tuple[Outcome, str]:
        chat_id = getattr(call, "chat_id", None)
        if isinstance(chat_id, int):
            self._lanes.note_reply(chat_id)
        await draw(call)
        unknown, seconds = 0, 0.5
        while True:
            try:
                await send(self._bot, call)
            except Exception as error:
                outcome, why = judge(error), f"{type(error).__name__}: {error}"
                call = moved(call, error)
            else:
                return Outcome.SENT, ""
            if outcome is Outcome.SENT:
                return outcome, ""
            if outcome is Outcome.FINAL:
                self._note_refusal(turn, why)
                return outcome, why
            if outcome is Outcome.UNKNOWN:
                # To us a reply that comes twice is better than one that never comes: once more.
                unknown += 1
                if unknown == 2:
                    log.warning("the reply to update %s may be lost: %s", turn.work.id, why)
                    return outcome, why
                await until_telegram_answers(self._bot, self._pause, self._stopping)
            if self._stopping.is_set():
                return Outcome.NOT_SENT, why
            await self._pause(seconds)
            seconds = min(seconds * 2, 20)

    def _note_refusal(self, turn: Turn, why: str) -> None:
        if is_gone(why) and turn.work.person_id is not None:
            turn.left.gone.add(turn.work.person_id)
        elif "query is too old" not in why:
            log.warning("Telegram refused the reply to update %s: %s", turn.work.id, why)

    async def _settle(self) -> None:
        """Write the marks, as many at a time as have gathered."""
        while self._ended or not self._all_home:
            await self._to_settle.wait()
            self._to_settle.clear()
            ended, self._ended = self._ended, []
            if not ended:
                continue
            try:
                await self._mark(ended)
            except Exception as error:
                complain(log, f"does not take {len(ended)} marks", error)
                if self._all_home:
                    return  # those updates are dealt with again at the next start
                self._ended = ended + self._ended
                self._to_settle.set()
                await self._pause(1)
            self._settled.set()

    async def _mark(self, ended: list[tuple[Settled, LeftBehind]]) -> None:
        """Write marks; one that cannot be written is no reason to write none."""
        try:
            await self._write_marks(ended)
        except Exception as error:
            if unavailable(error):
                raise
            if len(ended) > 1:
                for each in ended:
                    await self._mark([each])
                return
            ((settled, _),) = ended
            log.exception("what update %s leaves behind cannot be kept", settled.id)
            noted = Settled(settled.id, settled.state, settled.note or self._traceback(error))
            await self._write_marks([(noted, LeftBehind())])

    async def _write_marks(self, ended: list[tuple[Settled, LeftBehind]]) -> None:
        now = self._clock()
        async with self._database.write() as session:
            await updates.settle(session, [settled for settled, _ in ended], now)
            await left_behind.keep(session, [left for _, left in ended], now)
            faults = [Fault(one.fault, "update", one.id) for one, _ in ended if one.fault]
            await self._staff.hear_of(session, faults, now)

    async def _pause(self, seconds: float) -> None:
        """Wait, unless the bot is stopped meanwhile."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return

    def _failed(self, turn: Turn, error: Exception) -> Settled:
        note = self._traceback(error)
        return Settled(turn.work.id, State.FAILED, note, fault=type(error).__name__)

    def _traceback(self, error: Exception) -> str:
        return self._redact("".join(traceback.format_exception(error)))


def calls_for(update: Update, reply: Any) -> list[Call]:
    """The calls that a handler's reply asks for; a button press is always answered, last."""
    calls: list[Call] = []
    if isinstance(reply, TelegramMethod):
        calls = [reply]
    elif reply is not None and reply is not UNHANDLED:
        msg = f"a handler returned {type(reply).__name__}, which is no reply"
        raise TypeError(msg)
    query = update.callback_query
    if query and not any(isinstance(call, AnswerCallbackQuery) for call in calls):
        calls.append(query.answer())
    return calls
