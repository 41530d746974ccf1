"""Those who run the deployment, and how they hear of what breaks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from models import Session, faults
from models.faults import Fault


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of GREENBIN_ADMINS, and where their day begins."""

    admins: Collection[int]
    zone: ZoneInfo

    async def hear_of(self, session: Session, broken: Collection[Fault], now: datetime) -> None:
        """Tell them, in this transaction, of what it marks as failed."""
        if broken:
            day = now.astimezone(self.zone).date()
            await faults.report(session, broken, self.admins, day, now)
