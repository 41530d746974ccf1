"""Faults reach those who run the deployment: one message a day for each kind of exception."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from models import notices
from models.base import Session

KIND = "fault"
"""The notice that tells of a fault; one that cannot be told is told to nobody."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that broke."""

    exception: str
    """The name of its kind."""
    where: str
    """In an "update" or in a "notice"."""
    number: int
    """Which; the traceback is kept with it."""


async def report(
    session: Session, faults: Collection[Fault], to: Collection[int], day: date, now: datetime
) -> None:
    """Tell these people what broke, unless they have heard of the same today."""
    for fault in faults:
        fields = {
            "fault": fault.exception,
            "in": fault.where,
            "number": str(fault.number),
            "day": day.isoformat(),
        }
        about = f"fault {day} {fault.exception}"[:100]
        await notices.post_all(session, to, KIND, about, fields, now)
