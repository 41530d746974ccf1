"""Cases: what residents bring to the staff, and the one table along which a case changes.

A case is a message, or a problem at a station. When an answer can be expected and until when one
may say that it is not over follow from the working days of the place.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from knowledge import local_time
from knowledge.calendar import Civil
from knowledge.workdays import Workdays

OFFICE_CLOSES = 17 * 60 + 30
"""When staff go home on a working day, in minutes of the day. Our own rule: no file says it."""

NOON = 12 * 60
"""What comes in before is answered on the same day, what comes later on the next working day."""

REOPEN_WORKDAYS = 2
"""So many working days after it was solved one may say that it is still so: as with pickups."""


class Kind(StrEnum):
    """What a case is about; all but a message are problems."""

    MESSAGE = "message"
    FULL = "full"
    """The bins are full."""
    MISSED = "missed"
    """The truck has not come."""
    MIXED = "mixed"
    """What was sorted is loaded together."""
    DIRTY = "dirty"
    BROKEN = "broken"
    SHUT = "shut"
    """It is closed although it should be open."""
    OTHER = "other"


PROBLEMS = tuple(kind for kind in Kind if kind is not Kind.MESSAGE)

ALIKE = frozenset(PROBLEMS) - {Kind.OTHER}
"""Two reports of these, of one station and day, are about the same; other things differ."""


class State(StrEnum):
    """Where a case stands."""

    REPORTED = "reported"
    SEEN = "seen"
    UNDER_WAY = "under_way"
    """One of the staff has it in hand."""
    SOLVED = "solved"
    DISMISSED = "dismissed"
    """It is no problem, or not for the staff to solve; why is said."""


class Act(StrEnum):
    """What is done with a case."""

    REPORT = "report"
    JOIN = "join"
    """Another person reports the same."""
    ADD = "add"
    """Who reported it says more."""
    CONFIRM = "confirm"
    """Who wrote the message says that it is solved."""
    SEE = "see"
    TAKE = "take"
    """One of the staff takes it in hand, perhaps from another."""
    ANSWER = "answer"
    SOLVE = "solve"
    DISMISS = "dismiss"
    REOPEN = "reopen"
    """Who reported it says that it is still so."""


BY_STAFF = frozenset({Act.SEE, Act.TAKE, Act.ANSWER, Act.SOLVE, Act.DISMISS})
"""What only staff do."""

ENDING = frozenset({Act.SOLVE, Act.DISMISS})
"""How staff end it."""

_WHILE_OPEN = {
    Act.TAKE: State.UNDER_WAY,
    Act.ANSWER: State.UNDER_WAY,
    Act.CONFIRM: State.SOLVED,
    Act.SOLVE: State.SOLVED,
    Act.DISMISS: State.DISMISSED,
}


def _open(state: State) -> Mapping[Act, State]:
    return {Act.JOIN: state, Act.ADD: state, **_WHILE_OPEN}


STEPS: Mapping[State | None, Mapping[Act, State]] = MappingProxyType(
    {
        None: {Act.REPORT: State.REPORTED},
        State.REPORTED: {Act.SEE: State.SEEN, **_open(State.REPORTED)},
        State.SEEN: _open(State.SEEN),
        State.UNDER_WAY: _open(State.UNDER_WAY),
        State.SOLVED: {Act.REOPEN: State.REPORTED},
        State.DISMISSED: {},
    }
)
"""Everything that may happen. Where an act leads back to its state, something was said."""

OVER = frozenset({State.SOLVED, State.DISMISSED})


def answer_by(now: datetime, civil: Civil) -> datetime:
    """Until when what comes in now is answered: the end of this working day, or of the next."""
    days = Workdays(civil.holidays)
    today = local_time.local_day(now, civil.zone)
    is_early = now < local_time.moment(today, NOON, civil.zone)
    day = today if is_early and days.is_worked(today) else days.after(today, 1)
    return local_time.moment(day, OFFICE_CLOSES, civil.zone)


def reopen_until(closed_at: datetime, civil: Civil) -> datetime:
    """Until then one may say that what was solved at this moment is still so."""
    return Workdays(civil.holidays).end_after(closed_at, REOPEN_WORKDAYS, civil.zone)
