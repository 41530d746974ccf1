"""What an update that changed nothing leaves behind: written with its mark, many in a batch."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from models import questions, residents
from models.base import Session


@dataclass(slots=True)
class LeftBehind:
    """A handler that only reads fills this in."""

    asked: list[questions.Asked] = field(default_factory=list)
    """Questions to be kept for staff."""
    seen: set[int] = field(default_factory=set)
    """Telegram ids of people who were here, where that is news."""
    gone: set[int] = field(default_factory=set)
    """Telegram ids of people who have blocked the bot."""


async def keep(session: Session, left: Sequence[LeftBehind], now: datetime) -> None:
    """Write down what these updates left behind, in the order in which they ended."""
    here: set[int] = set()
    gone: set[int] = set()
    for one in left:
        here = (here - one.gone) | one.seen
        gone = (gone - one.seen) | one.gone
    await residents.note_seen(session, here, now)
    await residents.note_left(session, gone, now)
    await questions.keep(session, [asked for one in left for asked in one.asked], now)
