"""Cases: a resident writes to the staff or reports a problem, and the staff see to it.

Everything that is done with a case is done under its lock, and is an entry of it.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select, update

from knowledge import cases, local_time
from knowledge.calendar import Civil
from knowledge.cases import ALIKE, OVER, Act, Kind, State
from models import actors, areas, case_news, questions, roles, stations
from models.base import Refusal, Session
from models.case_tables import Case, Entry, Filed, Reporter
from models.pickups import Person
from models.roles import Role
from models.stations import Station

KEPT = timedelta(days=90)
"""How long after the end of a case its words and files are kept, as with pickups."""

LONGEST = 1000
"""What one entry says at most, in characters: with a quotation it still is one message."""

MOST_OPEN = 5
"""So many cases of one person may be open at once. Who has a role may report more."""

MOST_A_DAY = 10
"""So many may one person open within a day."""

MOST_UNHEARD = 20
"""So often may one add to a case before staff have said anything."""

PHONE_DIGITS = 8
"""So many digits are a telephone number; a card's number and an address are shorter."""

STAFF = (Role.STAFF, Role.ADMIN)

ONE_DAY = timedelta(days=1)

_LINE_ENDS = re.compile(r"\n{3,}")


class NotYourCase(Refusal):
    """The person has not reported it, and is no staff of its place."""


class CaseOver(Refusal):
    """It has come further than what is wanted would need; `state` says where it stands."""


class CaseTaken(Refusal):
    """Another of the staff has it in hand: `who`, or "none" if nobody knows a name."""


class CaseTooLong(Refusal):
    """One message says no more than that."""


class CaseWordless(Refusal):
    """What it is, or where, cannot be told without words."""


class CaseWhyNot(Refusal):
    """Who dismisses a case says why."""


class CaseUnheard(Refusal):
    """There is much already that staff have not answered."""


class TooManyCases(Refusal):
    """The person has as many open cases as one may have."""


class TooManyCasesToday(Refusal):
    """The person has opened as many cases as one may within a day."""


class StillSo(Refusal):
    """One may say once that it is still so, and only for some working days."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody has sent."""

    words: str = ""
    filed: Filed | None = None
    file_id: str | None = None
    album: str | None = None

    @property
    def is_empty(self) -> bool:
        return not self.words and self.file_id is None


NOTHING = Said()


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


def tame(words: str) -> str:
    """What somebody wrote, without telephone numbers; raises `CaseTooLong`."""
    kept = questions.without_numbers(questions.fit(words), PHONE_DIGITS).strip()
    kept = _LINE_ENDS.sub("\n\n", kept)
    if len(kept) > LONGEST:
        raise CaseTooLong(length=len(kept), most=LONGEST)
    return kept


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
    case, actor = await _own(session, case_id, by)
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
    case, actor = await _own(session, case_id, by)
    if case.kind != Kind.MESSAGE:
        raise CaseOver(state=case.state)
    await _step(session, case, Act.CONFIRM, actor, NOTHING, now)
    await case_news.settled(session, case, actor, admins, civil, now)
    return case


async def reopen(
    session: Session, case_id: int, by: Person, admins: Collection[int], civil: Civil,
    now: datetime,
) -> Case:  # fmt: skip
    """Say that it is still so; raises `NotYourCase`, `StillSo`, `CaseOver`. Writes."""
    case, actor = await _own(session, case_id, by)
    if case.state == State.SOLVED and not may_reopen(case, civil, now):
        raise StillSo
    await _step(session, case, Act.REOPEN, actor, NOTHING, now)
    await case_news.reopened(session, case, actor, admins, civil, now)
    return case


def may_reopen(case: Case, civil: Civil, now: datetime) -> bool:
    """Whether who has reported it may say that it is still so: once, and for some days."""
    if case.closed_at is None or case.state != State.SOLVED or case.is_reopened:
        return False
    return now < cases.reopen_until(case.closed_at, civil)


async def take(
    session: Session, case_id: int, by: Person, over: int, civil: Civil, now: datetime
) -> Case:
    """Take a case in hand; raises `NotAllowed`, `CaseTaken`, `CaseOver`. Writes.

    `over`: the actor from whom it is taken, as staff saw it; 0 if it was nobody's.
    """
    case, actor = await _for_staff(session, case_id, by)
    if case.owner == actor and case.state == State.UNDER_WAY:
        return case
    if case.owner not in (None, actor, over):
        raise CaseTaken(who=await _name(session, case.owner))
    was = State(case.state)
    case.owner = actor
    await _step(session, case, Act.TAKE, actor, NOTHING, now)
    if was is not State.UNDER_WAY:  # from whom to whom is for the staff to know
        await case_news.stepped(session, case, actor, NOTHING.words, civil, now)
    return case


async def see(session: Session, case_id: int, by: Person, civil: Civil, now: datetime) -> Case:
    """Say that it was seen; raises `NotAllowed`, `CaseOver`. Writes."""
    case, actor = await _for_staff(session, case_id, by)
    if case.state != State.SEEN:
        await _step(session, case, Act.SEE, actor, NOTHING, now)
        await case_news.stepped(session, case, actor, NOTHING.words, civil, now)
    return case


async def handle(
    session: Session, case_id: int, by: Person, act: Act, said: Said, civil: Civil, now: datetime
) -> Case:
    """Answer, solve or dismiss a case: who does has it in hand from then on. Writes.

    Raises `NotAllowed`, `CaseTaken`, `CaseOver`, `CaseWordless`, `CaseWhyNot`.
    """
    case, actor = await _for_staff(session, case_id, by)
    if case.owner not in (None, actor) and case.state not in OVER:
        raise CaseTaken(who=await _name(session, case.owner))
    if act is Act.ANSWER and said.is_empty:
        raise CaseWordless
    if act is Act.DISMISS and not said.words:
        raise CaseWhyNot
    case.owner = actor
    await _step(session, case, act, actor, said, now)
    await case_news.stepped(session, case, actor, said.words, civil, now, file=_file(said))
    return case


async def own(session: Session, case_id: int, by: Person) -> Case:
    """A case that this person has reported; raises `NotYourCase`."""
    mine = (
        select(Case)
        .join(Reporter, Reporter.case_id == Case.id)
        .join(actors.Actor, actors.Actor.id == Reporter.actor_id)
        .where(Case.id == case_id, actors.Actor.resident_id == by.resident_id)
    )
    case = await session.scalar(mine)
    if case is None:
        raise NotYourCase
    return case


async def for_staff(session: Session, case_id: int, by: Person) -> Case:
    """A case in the charge of this person; raises `NotAllowed`."""
    case = await session.get(Case, case_id)
    if case is None:
        raise roles.NotAllowed
    area = await areas.of(session, case.area_id)
    roles.require(by.roles, *STAFF, path=area.path)
    return case


async def of_album(session: Session, by: Person, album: str) -> int | None:
    """The case to which this person has sent a photo of these, which were sent together."""
    return await session.scalar(
        select(Entry.case_id)
        .join(actors.Actor, actors.Actor.id == Entry.actor_id)
        .where(Entry.album == album, actors.Actor.resident_id == by.resident_id)
        .limit(1)
    )


async def forget_details(session: Session, now: datetime) -> None:
    """Forget what people wrote and showed, and what they were told of it. Writes."""
    old = select(Case.id).where(Case.has_details, Case.closed_at < now - KEPT)
    ids = list(await session.scalars(old.order_by(Case.id).limit(1000)))
    if not ids:
        return
    await case_news.forget(session, ids)
    await session.execute(
        update(Entry)
        .where(Entry.case_id.in_(ids))
        .values(words=None, filed=None, file_id=None, album=None)
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        update(Case)
        .where(Case.id.in_(ids))
        .values(has_details=False)
        .execution_options(synchronize_session=False)
    )


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
    session.add(_entry(case, None, Act.REPORT, actor, said, now))
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
    await _step(session, case, Act.JOIN, actor, said, now)
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
    await _step(session, case, Act.ADD, actor, said, now)
    await case_news.more(session, case, actor, heard, admins, civil, now)


async def _step(
    session: Session, case: Case, act: Act, actor: int, said: Said, now: datetime
) -> None:
    """Do this with a case that is locked. The only way in which its state changes. Writes.

    Raises `CaseOver` for what the table of steps does not have.
    """
    was = State(case.state)
    to = cases.STEPS[was].get(act)
    if to is None:
        raise CaseOver(state=was)
    case.state = to
    case.revision += 1
    if to in OVER:
        case.closed_at = now
    if act is Act.REOPEN:
        case.closed_at, case.is_reopened = None, True
    session.add(_entry(case, was, act, actor, said, now))
    await session.flush()


def _entry(
    case: Case, was: State | None, act: Act, actor: int, said: Said, now: datetime
) -> Entry:
    return Entry(
        case_id=case.id, number=case.revision, at=now, actor_id=actor, act=act, was=was,
        state=case.state, words=said.words or None, filed=said.filed, file_id=said.file_id,
        album=said.album,
    )  # fmt: skip


def _file(said: Said) -> tuple[str, str] | None:
    return (said.filed, said.file_id) if said.filed and said.file_id else None


async def lock(session: Session, case_id: int) -> Case | None:
    """A case as it stands now, for this transaction alone."""
    return await session.get(Case, case_id, with_for_update=True, populate_existing=True)


async def _own(session: Session, case_id: int, by: Person) -> tuple[Case, int]:
    """A case of this person's, locked, and the person's number in the books."""
    await own(session, case_id, by)
    case = await lock(session, case_id)
    assert case  # cases are not deleted
    return case, await actors.of(session, by.resident_id)


async def _for_staff(session: Session, case_id: int, by: Person) -> tuple[Case, int]:
    """A case in the charge of this person, locked, and the person's number in the books."""
    await for_staff(session, case_id, by)
    case = await lock(session, case_id)
    assert case  # cases are not deleted
    return case, await actors.of(session, by.resident_id)


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


async def _name(session: Session, actor: int) -> str:
    """What one of the staff is called; "none" if no grant has a name."""
    return (await roles.names(session, [actor])).get(actor) or "none"
