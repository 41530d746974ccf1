"""Lanes: the updates of one chat in order, the chats side by side, each in its turn."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from bot.replies import Call
from models.left_behind import LeftBehind
from models.people import Met
from models.updates import LANE, Work


@dataclass(slots=True, eq=False)
class Turn:
    """One update in a worker's hands; handlers' middlewares find it as `turn`."""

    work: Work
    who: Met
    """Who wrote; see `fresh`."""
    language: str
    fresh: bool = True
    """False if something was written since `who` was read: read it again."""
    left: LeftBehind = field(default_factory=LeftBehind)
    calls: list[Call] | None = None
    """The reply that a writing handler's transaction has committed; None if there was none."""


class Pace:
    """How fast one chat may be written to: a burst, then one message a second.

    Telegram allows about one message a second a chat, and when that is overdone it pauses the
    *whole* bot: so one person who floods us is not answered faster (reliability T18).
    """

    BURST = 20
    SECONDS = 1.0

    def __init__(self) -> None:
        self._full_at: dict[int, float] = {}

    def note(self, chat_id: int, now: float) -> None:
        """A message to this chat leaves now."""
        self._full_at[chat_id] = max(self._full_at.get(chat_id, now), now) + self.SECONDS
        if len(self._full_at) > 10_000:
            self._full_at = {chat: at for chat, at in self._full_at.items() if at > now}

    def wait(self, chat_id: int, now: float) -> float:
        """In how many seconds this chat may be written to again; 0 if it may be now."""
        return max(0.0, self._full_at.get(chat_id, now) - now - (self.BURST - 1) * self.SECONDS)


class Gate:
    """While Telegram hands over full batches, taking them in goes first.

    Telegram drops what its queue cannot hold (reliability T5), and with every worker busy the
    intake would get one turn in sixty: 20,000 updates would take a minute to store instead of
    seconds. So each full batch lets some updates through to the workers, and no more.
    """

    LET_THROUGH = 16
    PATIENCE_SECONDS = 0.2
    """After this the next batch is late, and nobody waits for it."""

    def __init__(self) -> None:
        self._left: int | None = None
        """How many may pass before the next batch is stored; None: all."""
        self._moved = asyncio.Event()

    def stored(self, *, full: bool) -> None:
        """A batch has been stored, and there are more where it came from if it was full."""
        self._left = self.LET_THROUGH if full else None
        self._moved.set()

    async def wait(self) -> None:
        """Wait for a place."""
        while self._left is not None:
            if self._left:
                self._left -= 1
                return
            self._moved.clear()
            try:
                await asyncio.wait_for(self._moved.wait(), self.PATIENCE_SECONDS)
            except TimeoutError:
                self._left = None


class Lanes:
    """What has been taken up and waits for a worker."""

    def __init__(self, pace: Pace) -> None:
        self._lanes: dict[int, deque[Turn]] = {}
        self._ready: asyncio.Queue[int | None] = asyncio.Queue()
        self._pace = pace
        self.gate = Gate()
        self._loop = asyncio.get_running_loop()
        self._closed = False
        self.held = 0
        """How many updates are here, those in the workers' hands included."""

    def lengths(self) -> dict[int, int]:
        """How many updates of each chat are here."""
        return {chat_id: len(lane) for chat_id, lane in self._lanes.items()}

    def is_one_full(self) -> bool:
        """Whether a chat has as many updates here as it may."""
        return any(len(lane) >= LANE for lane in self._lanes.values())

    def put(self, turn: Turn) -> None:
        """Put an update at the end of its lane."""
        self.held += 1
        chat_id = turn.work.chat_id
        lane = self._lanes.get(chat_id)
        if lane is None:
            self._lanes[chat_id] = deque([turn])
            self._ready.put_nowait(chat_id)
        else:
            lane.append(turn)

    async def take(self) -> Turn | None:
        """The next update of the lane whose turn it is; None when there is no more to come.

        The lane rests until `finish` gives it back, so that its updates stay in order. A chat
        that has had its burst waits for its second without keeping a worker.
        """
        while True:
            chat_id = await self._ready.get()
            if chat_id is None:
                return None
            seconds = self._pace.wait(chat_id, self._loop.time())
            if not seconds:
                await self.gate.wait()
                return self._lanes[chat_id][0]
            self._loop.call_later(seconds, self._give_back, chat_id)

    def note_reply(self, chat_id: int) -> None:
        """A reply to this chat leaves now."""
        self._pace.note(chat_id, self._loop.time())

    def finish(self, turn: Turn) -> None:
        """Give the lane back: its next update waits behind the other lanes."""
        self.held -= 1
        chat_id = turn.work.chat_id
        lane = self._lanes[chat_id]
        lane.popleft()
        if turn.calls is not None:
            for later in lane:
                later.fresh = False
        if lane:
            self._give_back(chat_id)
        else:
            del self._lanes[chat_id]

    def close(self, workers: int) -> None:
        """Send the workers home: what waits here is left for the next start."""
        self._closed = True
        while not self._ready.empty():
            self._ready.get_nowait()
        for _ in range(workers):
            self._ready.put_nowait(None)

    def _give_back(self, chat_id: int) -> None:
        if not self._closed:
            self._ready.put_nowait(chat_id)
