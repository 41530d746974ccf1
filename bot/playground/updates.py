"""The queue of news for the bot, and how it is fetched.

Sources: telegram-bot-api, Client.cpp (`process_get_updates_query`, `do_get_updates`,
`add_update_impl`, `process_set_webhook_query`); td, TQueue.cpp (offsets, limits).
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.playground.rules import Answer, ApiError, Call, Json, refuse, too_many_requests

MAX_UPDATES = 100_000
MAX_UPDATE_BYTES = 512 * 1024
MAX_ANSWER_BYTES = 1 << 22
LONGEST_POLL_SECONDS = 50
DAY = timedelta(days=1)

KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "inline_query",
    "chosen_inline_result", "callback_query", "poll", "poll_answer", "my_chat_member",
    "chat_member", "message_reaction", "message_reaction_count",
)  # fmt: skip
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
LIFETIMES = {
    "callback_query": timedelta(seconds=150),
    "inline_query": timedelta(seconds=30),
    "chosen_inline_result": timedelta(seconds=600),
}

WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


@dataclass(frozen=True, slots=True)
class _Update:
    id: int
    content: Json
    expires: datetime
    size: int


@dataclass(slots=True)
class Updates:
    """What the bot has not confirmed yet, oldest first."""

    clock: Callable[[], datetime]
    limits: bool = False
    first_id: int = 700_000_001
    webhook: Json = field(default_factory=dict)
    allowed: frozenset[str] = frozenset(KINDS) - NOT_BY_DEFAULT
    last_fetch: datetime | None = None
    """When the bot last asked for updates."""
    _waiting: deque[_Update] = field(default_factory=deque)
    _next_id: int = 0
    _first_expiry: datetime | None = None
    _poll: asyncio.Future[None] | None = None
    _asked_offset: int | None = None
    _asked_at: datetime | None = None
    _webhook_set_at: datetime | None = None
    _fewer: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._next_id = self.first_id

    def add(self, kind: str, content: Json) -> None:
        """Keep news for the bot, if it wants this kind and there is room."""
        size = len(json.dumps(content))
        full = len(self._waiting) >= MAX_UPDATES or size > MAX_UPDATE_BYTES
        if kind not in self.allowed or full:
            return
        expires = self.clock() + LIFETIMES.get(kind, DAY)
        content = json.loads(json.dumps({kind: content}))
        self._waiting.append(_Update(self._next_id, content, expires, size))
        self._next_id += 1
        self._first_expiry = min(expires, self._first_expiry or expires)
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def __len__(self) -> int:
        """How many updates wait."""
        self._drop_expired()
        return len(self._waiting)

    async def confirmed(self) -> None:
        """Wait until the bot has confirmed everything."""
        while len(self):
            self._fewer.clear()
            await self._fewer.wait()

    def is_fetched(self) -> bool:
        """Whether a bot is waiting for updates now, or asked for some a moment ago."""
        if self._poll is not None:
            return True
        return self.last_fetch is not None and self.clock() - self.last_fetch < timedelta(
            seconds=5
        )

    async def get(self, call: Call) -> Answer:
        """getUpdates: wait for news, at most `timeout` seconds."""
        if self.webhook:
            raise ApiError(409, WEBHOOK_IS_SET)
        offset = call.integer("offset")
        limit = call.integer("limit", 100, 1, 100)
        timeout = call.integer("timeout", 0, 0, LONGEST_POLL_SECONDS)
        self._allow(call)
        self.last_fetch = now = self.clock()
        if offset == self._asked_offset and self._asked_at is not None:
            if self.limits and timeout < 3 and now < self._asked_at + timedelta(seconds=3):
                timeout = 3
            if now < self._asked_at + timedelta(seconds=0.5):
                limit = 1
        self._asked_offset, self._asked_at = offset, now
        start = self._start(offset)
        found = self._take(start, limit)
        if found or not timeout:
            return Answer(found)
        self.end_poll(409, OTHER_POLLER)
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout):
                await poll
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None
            self.last_fetch = self.clock()
        return Answer(self._take(start, limit))

    def end_poll(self, code: int, description: str) -> None:
        """End a waiting getUpdates, because another request took its place."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(ApiError(code, description))

    def set_webhook(self, call: Call) -> Answer:
        """setWebhook and deleteWebhook: only remembered; nothing is delivered that way yet."""
        url = call.text("url") if call.method == "setwebhook" else ""
        if url and not url.startswith("https://"):
            refuse("bad webhook: An HTTPS URL must be provided for webhook")
        secret = call.text("secret_token")
        if len(secret) > 256:
            refuse("secret token is too long")
        if not all(c.isascii() and (c.isalnum() or c in "_-") for c in secret):
            refuse("secret token contains unallowed characters")
        now = self.clock()
        last = self._webhook_set_at
        if url and self.limits and last is not None and now < last + timedelta(seconds=1):
            raise too_many_requests(1)
        if call.flag("drop_pending_updates"):
            self.forget()
        if not url:
            was_set, self.webhook = bool(self.webhook), {}
            return Answer(True, f"Webhook {'was' if was_set else 'is already'} deleted")
        self._webhook_set_at = now
        self._allow(call)
        self.end_poll(409, "Conflict: terminated by setWebhook request")
        webhook: Json = {"url": url, "secret_token": secret}
        webhook["max_connections"] = call.integer("max_connections", 40, 1, 100)
        same, self.webhook = webhook == self.webhook, webhook
        return Answer(True, f"Webhook {'is already' if same else 'was'} set")

    def webhook_info(self) -> Json:
        """getWebhookInfo."""
        info: Json = {"url": "", "has_custom_certificate": False}
        info["pending_update_count"] = len(self)
        if self.webhook:
            info["url"] = self.webhook["url"]
            info["max_connections"] = self.webhook["max_connections"]
        if self.allowed != frozenset(KINDS) - NOT_BY_DEFAULT:
            info["allowed_updates"] = [kind for kind in KINDS if kind in self.allowed]
        return info

    def forget(self) -> None:
        """Drop everything that waits."""
        self._waiting.clear()
        self._fewer.set()

    def snapshot(self) -> Json:
        """All that must outlive the program, as JSON."""
        return {
            "next_id": self._next_id,
            "waiting": [
                [each.id, each.expires.isoformat(), each.content] for each in self._waiting
            ],
            "webhook": self.webhook,
            "allowed": sorted(self.allowed),
        }

    def restore(self, kept: Json, *, gap: int) -> None:
        """Go on from a snapshot; ids begin after a gap, for those that it does not know of."""
        for number, expires, content in kept["waiting"]:
            until = datetime.fromisoformat(expires)
            self._waiting.append(_Update(number, content, until, len(json.dumps(content))))
        self._first_expiry = min((each.expires for each in self._waiting), default=None)
        self._next_id = max(self._next_id, kept["next_id"] + gap)
        self.webhook, self.allowed = kept["webhook"], frozenset(kept["allowed"])

    def _allow(self, call: Call) -> None:
        """Remember which kinds the bot wants (Client.cpp, get_allowed_update_types)."""
        if "allowed_updates" not in call.parameters:
            return
        try:
            wanted = json.loads(call.text("allowed_updates"))
        except ValueError:
            return
        if isinstance(wanted, list):
            kinds = frozenset(str(kind).lower() for kind in wanted) & frozenset(KINDS)
            self.allowed = kinds or frozenset(KINDS) - NOT_BY_DEFAULT

    def _start(self, offset: int) -> int:
        """The id to begin with; a negative offset first forgets all but the last ones."""
        self._drop_expired()
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
                self._fewer.set()
        head = self._waiting[0].id if self._waiting else self._next_id
        too_late, too_early = offset > self._next_id + 10, offset < head - MAX_UPDATES
        return head if offset <= 0 or too_late or too_early else offset

    def _take(self, start: int, limit: int) -> list[Json]:
        self._drop_expired()
        while self._waiting and self._waiting[0].id < start:
            self._waiting.popleft()
            self._fewer.set()
        found: list[Json] = []
        room = MAX_ANSWER_BYTES
        for update in self._waiting:
            room -= update.size + 50
            if len(found) == limit or room <= 0:
                break
            found.append({"update_id": update.id, **update.content})
        return found

    def _drop_expired(self) -> None:
        now = self.clock()
        if self._first_expiry is None or now < self._first_expiry:
            return
        self._waiting = deque(update for update in self._waiting if update.expires > now)
        self._fewer.set()
        self._first_expiry = min((update.expires for update in self._waiting), default=None)
