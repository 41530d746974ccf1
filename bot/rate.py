"""How fast notices leave in all: so many a second, evenly, and never many at once."""

import math
from collections import deque
from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Departure:
    """A message that has left."""

    at: float
    at_latest: float = math.inf
    """When it has arrived for certain, less what every message needs; until we know, never."""


class Rate:
    """Places in a line that moves at a steady pace.

    Time that was lost is made up for, but only a moment of it: Telegram counts what comes within
    a second. Set 2 % under what is allowed, 2 % of a second may come on top and no more.
    """

    MADE_UP_SECONDS = 0.02

    WARM_UP_SECONDS = 1.0
    """After a rest the line moves at half its pace for so long: the first calls open connections
    and arrive late, close to those that come after them."""

    LOOK_SECONDS = 0.005
    """How soon to look again when it is not known what we wait for."""

    DRIFT = 0.001
    """By how much of the difference the quickest way there and back is forgotten a message."""

    def __init__(self, per_second: float) -> None:
        self._interval = 1 / per_second
        self._next = 0.0
        self._warm_at = 0.0
        self._most = int(per_second * (1 + self.MADE_UP_SECONDS))
        """How many may arrive within a second."""
        self._left: deque[Departure] = deque()
        """Those of the last second."""
        self._under_way: list[Departure] = []
        """Those that left before, and may have arrived within the last second."""
        self._quickest = math.inf
        """How many seconds a message needs there and back if nothing holds it up."""

    def place(self, now: float) -> float:
        """Take the next place: in how many seconds it comes."""
        if now > self._next + self.WARM_UP_SECONDS:
            self._warm_at = now + self.WARM_UP_SECONDS
        at = max(self._next, now - self.MADE_UP_SECONDS)
        self._next = at + self._interval * (2 if at < self._warm_at else 1)
        return max(0.0, at - now)

    def leave(self, now: float) -> Departure | None:
        """Leave, if no second may hold too many; None if it has to wait.

        Whoever is held up before the door leaves late, and whoever is held up behind it arrives
        late, and those after them on time. When Telegram has counted a message we do not know: it
        was between its departure and our hearing of it. In each second of that it counts here,
        but for the time that every message needs: that shifts all of them alike.
        """
        gone = now - 1
        while self._left and self._left[0].at <= gone:
            self._under_way.append(self._left.popleft())
        self._under_way = [each for each in self._under_way if each.at_latest > gone]
        if len(self._left) + len(self._under_way) >= self._most:
            return None
        departure = Departure(now)
        self._left.append(departure)
        return departure

    def wait(self, now: float) -> float:
        """After how many seconds it is worth asking again."""
        soon = [self._left[0].at] if self._left else []
        soon += [each.at_latest for each in self._under_way if each.at_latest < math.inf]
        return max(self.LOOK_SECONDS, min(soon, default=now - 1) + 1 - now)

    def heard(self, departure: Departure, now: float) -> None:
        """There is an answer to it, or there will be none."""
        took = now - departure.at
        if took < self._quickest:
            self._quickest = took
        else:
            self._quickest += self.DRIFT * (took - self._quickest)
        departure.at_latest = now - self._quickest
