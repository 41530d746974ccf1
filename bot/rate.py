"""How fast notices leave in all: so many a second, evenly, and never many at once."""

from collections import deque


class Rate:
    """Places in a line that moves at a steady pace.

    Time that was lost is made up for, but only a moment of it: Telegram counts what comes within
    a second. Set 2 % under what is allowed, 2 % of a second may come on top and no more.
    """

    MADE_UP_SECONDS = 0.02

    WARM_UP_SECONDS = 1.0
    """After a rest the line moves at half its pace for so long: the first calls open connections
    and arrive late, close to those that come after them."""

    def __init__(self, per_second: float) -> None:
        self._interval = 1 / per_second
        self._next = 0.0
        self._warm_at = 0.0
        self._left: deque[float] = deque(maxlen=int(per_second))

    def place(self, now: float) -> float:
        """Take the next place: in how many seconds it comes."""
        if now > self._next + self.WARM_UP_SECONDS:
            self._warm_at = now + self.WARM_UP_SECONDS
        at = max(self._next, now - self.MADE_UP_SECONDS)
        self._next = at + self._interval * (2 if at < self._warm_at else 1)
        return max(0.0, at - now)

    def leave(self, now: float) -> float:
        """Leave, if no second holds too many: 0; else in how many seconds it is so.

        Whoever is held up on the way to the door leaves late, and those behind on time: without
        this, there would be a second with one too many.
        """
        if len(self._left) == self._left.maxlen and now < self._left[0] + 1:
            return self._left[0] + 1 - now
        self._left.append(now)
        return 0.0
