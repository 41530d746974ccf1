"""How fast a bot may send: Telegram's flood limits, as far as they are known.

Telegram does not publish exact numbers. These are the documented ones (Bots FAQ: one message a
second a chat, about thirty a second in all, twenty a minute a group), with a short burst; and what
`allow_paid_broadcast` says: a thousand a second for bots that pay.
"""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.playground.rules import too_many_requests

CHAT_BURST = 3
OVERALL_A_SECOND = 30
PAID_A_SECOND = 1000
GROUP_A_MINUTE = 20


@dataclass(slots=True)
class Limits:
    """Counts what is sent, when switched on."""

    clock: Callable[[], datetime]
    on: bool = False
    pays: bool = False
    """Whether the bot has the Stars to pay for more."""
    _overall: deque[datetime] = field(default_factory=deque)
    _groups: dict[int, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))
    _credit: dict[int, tuple[float, datetime]] = field(default_factory=dict)

    def spend(self, chat_id: int, *, paid: bool = False) -> None:
        """Count one message to a chat, or refuse it with the seconds to wait."""
        if not self.on:
            return
        now = self.clock()
        most = PAID_A_SECOND if paid else OVERALL_A_SECOND
        waits = [_wait(self._overall, most, timedelta(seconds=1), now)]
        if chat_id < 0:
            waits.append(_wait(self._groups[chat_id], GROUP_A_MINUTE, timedelta(minutes=1), now))
        credit, at = self._credit.get(chat_id, (float(CHAT_BURST), now))
        credit = min(CHAT_BURST, credit + (now - at).total_seconds())
        waits.append(1.0 - credit if credit < 1 else 0.0)
        if max(waits) > 0:
            raise too_many_requests(math.ceil(max(waits)))
        self._credit[chat_id] = (credit - 1, now)
        self._overall.append(now)
        if chat_id < 0:
            self._groups[chat_id].append(now)


def _wait(sent: deque[datetime], most: int, window: timedelta, now: datetime) -> float:
    while sent and sent[0] <= now - window:
        sent.popleft()
    return (sent[0] + window - now).total_seconds() if len(sent) >= most else 0.0
