"""How fast notices leave in all: so many a second, evenly, and never many at once."""


class Rate:
    """Places in a line that moves at a steady pace.

    Time that was lost is made up for, but only a moment of it: Telegram counts what comes within
    a second. Set 2 % under what is allowed, 2 % of a second may come on top and no more.
    """

    MADE_UP_SECONDS = 0.02

    def __init__(self, per_second: float) -> None:
        self._interval = 1 / per_second
        self._next = 0.0

    def place(self, now: float) -> float:
        """Take the next place: in how many seconds it comes."""
        at = max(self._next, now - self.MADE_UP_SECONDS)
        self._next = at + self._interval
        return max(0.0, at - now)
