"""The intake: what Telegram has for us is stored first, and only then confirmed.

aiogram's own polling confirms a batch before it is handled, so an ordinary restart loses
updates (77 % of them, reliability M1), and one update it cannot read stops it for a day (M7).
"""

import asyncio
import hashlib
import json
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramConflictError, TelegramRetryAfter
from aiogram.methods import TelegramMethod
from pydantic import Field

from bot.busy import PATIENCE_SECONDS, Busy
from bot.network import Clock
from models import Database, updates
from models.database import NoRoom, in_brief, unavailable
from models.presence import LOOK_SECONDS

log = logging.getLogger(__name__)

POLL_SECONDS = 50
"""How long Telegram may keep us waiting for the next update; it allows no more."""

BATCH = 100
"""How many updates Telegram hands over at a time; it allows no more."""

FIRST_WAIT_SECONDS = 1.0
"""How long nothing is asked after a failure; twice as long after each that follows, to 32."""

WANTED = ("message", "callback_query", "inline_query", "my_chat_member")
"""The kinds of update we have use for."""

LARGEST_ID = 2**63 - 1
"""What a database's integer can hold."""

QUERY_ID = re.compile(r"[\w-]{1,60}", re.ASCII)
"""What Telegram calls a press or a search; anything else does not tell one from another."""

UPDATE_ID = re.compile(r'\{\s*"update_id"\s*:\s*(\d{1,18})\b')
RESULT = re.compile(r'"result"\s*:\s*\[')
MARK = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


class Arrival(Protocol):
    """Hears that something was stored; `more`: Telegram has more for us already."""

    def __call__(self, *, more: bool) -> None: ...


class GetRawUpdates(TelegramMethod[list[Any]]):
    """getUpdates, each update left as it came, so that one cannot spoil the others."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = BATCH
    timeout: int = POLL_SECONDS
    allowed_updates: list[str] = Field(default_factory=lambda: list(WANTED))


class Intake:
    """Asks for updates until it is stopped."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        clock: Clock,
        *,
        arrived: Arrival,
        leads: Callable[[], Awaitable[bool]],
        busy: Busy,
    ) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._arrived = arrived
        self._leads = leads
        self._busy = busy
        self._failing_since: float | None = None
        self._offset: int | None = None
        self._stopping = False
        self._poll: asyncio.Task[list[Any]] | None = None

    def stop(self) -> None:
        """Ask no more. What is being stored is stored."""
        self._stopping = True
        if self._poll:
            self._poll.cancel()

    async def run(self) -> None:
        """Poll and store, until `stop`. Nothing that goes wrong on the way ends it."""
        failures = 0
        while not self._stopping:
            try:
                if not await self._leads():
                    # Another process asks for updates; if it dies, it is our turn.
                    await self._wait(LOOK_SECONDS)
                    continue
                if self._stopping:
                    return
                batch = await self._ask()
                await self._store(batch)
            except asyncio.CancelledError:
                if not self._stopping:
                    raise
                return
            except Exception as error:  # whatever it is, the next poll may work
                failures += 1
                await self._wait_after(error, failures)
            else:
                if failures:
                    log.info("updates arrive again")
                failures = 0

    async def _ask(self) -> list[Any]:
        self._poll = asyncio.create_task(self._get_updates())  # so that `stop` can end it alone
        try:
            return await self._poll
        finally:
            self._poll = None

    async def _get_updates(self) -> list[Any]:
        ask = GetRawUpdates(offset=self._offset)
        try:
            return await self._bot(ask, request_timeout=POLL_SECONDS + 15)
        except ClientDecodeError as error:
            batch = apart(error.data) if isinstance(error.data, str) else []
            if not batch:
                raise
            return batch

    async def _store(self, batch: list[Any]) -> None:
        if not batch:
            return
        arrived = [arrival(raw, self._bot.id) for raw in batch]
        time = asyncio.get_running_loop().time
        begun = self._failing_since or time()
        try:
            if not self._database.has_room():
                raise NoRoom
            async with self._database.write() as session:
                await updates.store(session, self._bot.id, arrived, self._clock())
        except Exception as error:
            self._failing_since = begun
            if unavailable(error) and time() - begun >= PATIENCE_SECONDS:
                # Telegram keeps what we have not confirmed, for a day.
                await self._busy.tell({one.chat_id for one in arrived if one.is_question})
            raise
        self._failing_since = None
        # From here on they are ours: the next question confirms them.
        ids = [one.update_id for one in arrived if one.update_id is not None]
        if ids:
            self._offset = max(ids) + 1
        self._arrived(more=len(batch) == BATCH)

    async def _wait_after(self, error: Exception, failures: int) -> None:
        seconds = FIRST_WAIT_SECONDS * 2 ** min(failures - 1, 5)
        if isinstance(error, TelegramConflictError):
            log.error(
                "Telegram ends our polling: another program uses this token, or a webhook is set "
                "(%s). If you did not start one, revoke the token.",
                error.message,
            )
        elif isinstance(error, TelegramRetryAfter):
            seconds = float(error.retry_after)
        elif failures in (1, 5) or failures % 60 == 0:
            log.warning(
                "no updates (%s: %s); trying again",
                type(error).__name__,
                in_brief(error),
                exc_info=None if failures == 1 else error,
            )
        await self._wait(seconds)

    async def _wait(self, seconds: float) -> None:
        """Do nothing for a while, unless we are stopped meanwhile."""
        self._poll = asyncio.create_task(_nothing_for(seconds))
        try:
            await self._poll
        except asyncio.CancelledError:
            if not self._stopping:
                raise
        finally:
            self._poll = None


async def _nothing_for(seconds: float) -> list[Any]:
    await asyncio.sleep(seconds)
    return []


def apart(answer: str) -> list[Any]:
    """The updates in an answer that cannot be read as a whole; what cannot be read is its text.

    An update that is cut off is left out: it was not confirmed and comes again.
    """
    result = RESULT.search(answer)
    found: list[Any] = []
    depth = begin = 0
    for mark in MARK.finditer(answer, result.end()) if result else ():
        if mark[0] in "[{":
            begin = begin if depth else mark.start()
            depth += 1
        elif mark[0] in "]}":
            depth -= 1
            if depth < 0:
                break
            if depth == 0:
                found.append(_read(answer[begin : mark.end()]))
    return found


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def arrival(raw: Any, bot_id: int) -> updates.Arrived:
    """What has to be known of an update to store it, read from whatever came.

    The text is ASCII JSON: a lone surrogate or a NUL, which a database would refuse, stays
    escaped in it.
    """
    body = json.dumps(raw)
    event: dict[str, Any] = {}
    kind = ""
    if isinstance(raw, dict):
        for key in raw:
            if key != "update_id" and isinstance(raw[key], dict):
                kind, event = str(key), raw[key]
                break
    message = event.get("message") if kind == "callback_query" else event
    chat = message.get("chat") if isinstance(message, dict) else None
    person_id = _id(event.get("from"))
    update_id = _update_id(raw)
    return updates.Arrived(
        update_id=update_id,
        origin=_origin(kind, event, _id(chat), body, bot_id, update_id),
        chat_id=_id(chat) or person_id or 0,
        person_id=person_id,
        body=body,
        is_question=kind in ("message", "callback_query"),
    )


def _origin(
    kind: str,
    event: dict[str, Any],
    chat_id: int | None,
    body: str,
    bot_id: int,
    update_id: int | None,
) -> str:
    """What the update tells of: the same message may come again under another update id."""
    message_id = event.get("message_id")
    if kind == "message" and chat_id and _is_id(message_id):
        same = _digest(json.dumps(event, sort_keys=True))
        return f"{bot_id} message {chat_id} {message_id} {same}"
    query_id = str(event.get("id") or "")
    if kind in ("callback_query", "inline_query") and QUERY_ID.fullmatch(query_id):
        return f"{bot_id} {kind} {query_id}"
    if update_id is not None:
        return f"{bot_id} update {update_id}"
    return f"{bot_id} text {_digest(body)}"


def _update_id(raw: Any) -> int | None:
    if isinstance(raw, str):
        found = UPDATE_ID.match(raw)
        return int(found[1]) if found else None
    value = raw.get("update_id") if isinstance(raw, dict) else None
    return value if _is_id(value) else None


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_ID


def _id(owner: Any) -> int | None:
    value = owner.get("id") if isinstance(owner, dict) else None
    return value if _is_id(value) else None
