"""Cases: a resident writes to the staff, reports a problem, says more, and that it is settled.

Everything is done under the case's lock, and is an entry of it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select

from knowledge import cases, local_time
from knowledge.calendar import Civil
from knowledge.cases import ALIKE, Act, Kind, State
from models import actors, areas, case_news, case_steps, stations
from models.base import Refusal, Session
from models.case_steps import NOTHING, CaseOver, CaseWordless, Said
from models.case_tables import Case, Entry, Reporter
from models.pickups import Person
from models.stations import Station

MOST_OPEN = 5
"""So many cases of one person may be open at once. Who has a role may report more."""

MOST_A_DAY = 10
"""So many may one person open within a day."""

MOST_UNHEARD = 20
"""So often may one add to a case before staff have said anything."""

ONE_DAY = timedelta(days=1)


class CaseUnheard(Refusal):
    """There is much already that staff have not answered."""


class TooManyCases(Refusal):
    """The person has as many open cases as one may have."""


class TooManyCasesToday(Refusal):
    """The person has opened as many cases as one may within a day."""


class StillSo(Refusal):
    """One may say once that it is still so, and only for some working days."""


class How(StrEnum):
    """What became of a report."""

    NEW = "new"
    JOINED = "joined"
    """Others have reported the same today; it is one case."""
    KNOWN = "known"
    """The same person has reported it already."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A report, and what became of it."""

    case: Case
    how: How


async def write(
    session: Session,
    by: Person,
    area_id: int,
    said: Said,
    admins: Collection[int],
    civil: Civil,
    now: datetime,
) -> Case:
    """Write to the staff of an area. Writes.

    Raises `NoSuchArea`, `CaseWordless`, `TooManyCases`, `TooManyCasesToday`.
    """
    await areas.known(session, area_id)
    if said.is_empty:
        raise CaseWordless
    actor = await actors.of(session, by.resident_id)
    await _room_for_one_more(session, actor, by, now)
    return await _open(session, Kind.MESSAGE, area_id, None, actor, said, admins, civil, now)


async def report(
    session: Session,
    by: Person,
    kind: Kind,
    area_id: int,
    station_id: int | None,
    said: Said,
    admins: Collection[int],
    civil: Civil,
    now: datetime,
) -> Reported:
    """Report a problem; at a station on one day, the same problem is one case. Writes.

    Raises `NoSuchArea`, `NoSuchStation`, `CaseWordless`, `CaseUnheard`, `TooManyCases`,
    `TooManyCasesToday`.
    """
    actor = await actors.of(session, by.resident_id)
    if said.is_empty and (station_id is None or kind not in ALIKE):
        raise CaseWordless
    if station_id is not None:
        area_id = (await _locked_station(session, station_id)).area_id
        same = await _same(session, kind, station_id, civil, now) if kind in ALIKE else None
        if same is not None:
            return await _join(session, same, actor, by, said, admins, civil, now)
    else:
        await areas.known(session, area_id)
    await _room_for_one_more(session, actor, by, now)
    case = await _open(session, kind, area_id, station_id, actor, said, admins, civil, now)
    return Reported(case, How.NEW)


async def add(
    session: Session, case_id: int, by: Person, said: Said, admins: Collection[int], civil: Civil,
    now: datetime,
) -> Case:  # fmt: skip
    """Say more of one's own case; raises `NotYourCase`, `CaseOver`, `CaseUnheard`. Writes."""
    case, actor = await case_steps.locked_own(session, case_id, by)
    if said.is_empty:
        raise CaseWordless
    await _add(session, case, actor, said, admins, civil, now)
    return case


async def confirm(
    session: Session, case_id: int, by: Person, admins: Collection[int], civil: Civil,
    now: datetime,
) -> Case:  # fmt: skip
    """Say that one's own message is settled; raises `NotYourCase`, `CaseOver`. Writes.

    A problem may be another's, too: whether that is solved, staff say.
    """
    case, actor = await case_steps.locked_own(session, case_id, by)
    if case.kind != Kind.MESSAGE:
        raise CaseOver(state=case.state)
    await case_steps.step(session, case, Act.CONFIRM, actor, NOTHING, now)
    await case_news.settled(session, case, actor, admins, civil, now)
    return case


async def reopen(
    session: Session, case_id: int, by: Person, admins: Collection[int], civil: Civil,
    now: datetime,
) -> Case:  # fmt: skip
    """Say that it is still so; raises `NotYourCase`, `StillSo`, `CaseOver`. Writes."""
    case, actor = await case_steps.locked_own(session, case_id, by)
    if case.state == State.SOLVED and not case_steps.may_reopen(case, civil, now):
        raise StillSo
    await case_steps.step(session, case, Act.REOPEN, actor, NOTHING, now)
    await case_news.reopened(session, case, actor, admins, civil, now)
    return case


async def _open(
    session: Session,
    kind: Kind,
    area_id: int,
    station_id: int | None,
    actor: int,
    said: Said,
    admins: Collection[int],
    civil: Civil,
    now: datetime,
) -> Case:
    case = Case(
        kind=kind, area_id=area_id, station_id=station_id,
        day=local_time.local_day(now, civil.zone), state=State.REPORTED, revision=0, opened_at=now,
        owner=None, closed_at=None, is_reopened=False, has_details=True,
    )  # fmt: skip
    session.add(case)
    await session.flush()  # what follows names it
    session.add(Reporter(case_id=case.id, actor_id=actor, at=now))
    session.add(case_steps.entry(case, None, Act.REPORT, actor, said, now))
    await session.flush()
    await case_news.opened(session, case, actor, admins, civil, now)
    return case


async def _join(
    session: Session,
    case: Case,
    actor: int,
    by: Person,
    said: Said,
    admins: Collection[int],
    civil: Civil,
    now: datetime,
) -> Reported:
    """Let somebody report what others have reported already."""
    if await session.get(Reporter, (case.id, actor)):
        if not said.is_empty:
            await _add(session, case, actor, said, admins, civil, now)
        return Reported(case, How.KNOWN)
    await _room_for_one_more(session, actor, by, now)
    session.add(Reporter(case_id=case.id, actor_id=actor, at=now))
    await case_steps.step(session, case, Act.JOIN, actor, said, now)
    return Reported(case, How.JOINED)


async def _add(
    session: Session, case: Case, actor: int, said: Said, admins: Collection[int], civil: Civil,
    now: datetime,
) -> None:  # fmt: skip
    heard = await _last_heard(session, case)
    counted = select(func.count()).where(
        Entry.case_id == case.id, Entry.number > heard, Entry.actor_id == actor
    )
    if (await session.scalar(counted) or 0) >= MOST_UNHEARD:
        raise CaseUnheard(most=MOST_UNHEARD)
    await case_steps.step(session, case, Act.ADD, actor, said, now)
    await case_news.more(session, case, actor, heard, admins, civil, now)


async def _locked_station(session: Session, station_id: int) -> Station:
    """A station, at which nobody else reports anything until this transaction is over."""
    station = await session.get(
        Station, station_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if station is None:
        raise stations.NoSuchStation
    return station


async def _same(
    session: Session, kind: Kind, station_id: int, civil: Civil, now: datetime
) -> Case | None:
    """The open case of today about the same, locked."""
    wanted = (
        select(Case)
        .where(Case.station_id == station_id, Case.kind == kind, Case.closed_at.is_(None))
        .where(Case.day == local_time.local_day(now, civil.zone))
        .order_by(Case.id)
        .limit(1)
    )
    return await session.scalar(wanted.with_for_update().execution_options(populate_existing=True))


async def _room_for_one_more(session: Session, actor: int, by: Person, now: datetime) -> None:
    if by.roles:
        return
    mine = select(func.count()).select_from(Reporter).where(Reporter.actor_id == actor)
    if (await session.scalar(mine.where(Reporter.at > now - ONE_DAY)) or 0) >= MOST_A_DAY:
        raise TooManyCasesToday(most=MOST_A_DAY)
    still = mine.join(Case, Case.id == Reporter.case_id).where(Case.closed_at.is_(None))
    if (await session.scalar(still) or 0) >= MOST_OPEN:
        raise TooManyCases(most=MOST_OPEN)


async def _last_heard(session: Session, case: Case) -> int:
    """The number of the last entry by which staff did something; 0 if there is none."""
    heard = select(func.max(Entry.number)).where(
        Entry.case_id == case.id, Entry.act.in_(cases.BY_STAFF)
    )
    return await session.scalar(heard) or 0
