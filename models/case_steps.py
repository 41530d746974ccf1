"""A case step by step: what may be said of it, whose it is, and the one way it changes."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from knowledge import cases, privacy
from knowledge.calendar import Civil
from knowledge.cases import OVER, Act, State
from models import actors, areas, base, case_news, roles
from models.base import Refusal, Session
from models.case_tables import Case, Entry, Filed, Reporter
from models.pickups import Person
from models.roles import Role

KEPT = timedelta(days=90)
"""How long after the end of a case its words and files are kept, as with pickups."""

LONGEST = 1000
"""What one entry says at most, in characters: with a quotation it still is one message."""

PHONE_DIGITS = 8
"""So many digits are a telephone number; a card's number and an address are shorter."""

STAFF = (Role.STAFF, Role.ADMIN)

_LINE_ENDS = re.compile(r"\n{3,}")


class NotYourCase(Refusal):
    """The person has not reported it, and is no staff of its place."""


class CaseOver(Refusal):
    """It has come further than what is wanted would need; `state` says where it stands."""


class CaseTooLong(Refusal):
    """One message says no more than that."""


class CaseWordless(Refusal):
    """What it is, or where, cannot be told without words."""


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


def by_resident(words: str) -> str:
    """What a resident wrote, without telephone numbers; raises `CaseTooLong`."""
    return fit(privacy.without_numbers(base.fit(words), PHONE_DIGITS))


def fit(words: str) -> str:
    """What one entry may say; raises `CaseTooLong`."""
    kept = _LINE_ENDS.sub("\n\n", base.fit(words)).strip()
    if len(kept) > LONGEST:
        raise CaseTooLong(length=len(kept), most=LONGEST)
    return kept


def may_reopen(case: Case, civil: Civil, now: datetime) -> bool:
    """Whether who has reported it may say that it is still so: once, and for some days."""
    if case.closed_at is None or case.state != State.SOLVED or case.is_reopened:
        return False
    return now < cases.reopen_until(case.closed_at, civil)


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


async def lock(session: Session, case_id: int) -> Case | None:
    """A case as it stands now, for this transaction alone."""
    return await session.get(Case, case_id, with_for_update=True, populate_existing=True)


async def locked_own(session: Session, case_id: int, by: Person) -> tuple[Case, int]:
    """A case of this person's, locked, and the person's number in the books."""
    await own(session, case_id, by)
    return await _locked(session, case_id, by)


async def locked_for_staff(session: Session, case_id: int, by: Person) -> tuple[Case, int]:
    """A case in the charge of this person, locked, and the person's number in the books."""
    await for_staff(session, case_id, by)
    return await _locked(session, case_id, by)


async def _locked(session: Session, case_id: int, by: Person) -> tuple[Case, int]:
    case = await lock(session, case_id)
    assert case  # cases are not deleted
    return case, await actors.of(session, by.resident_id)


async def step(
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
    session.add(entry(case, was, act, actor, said, now))
    await session.flush()


def entry(case: Case, was: State | None, act: Act, actor: int, said: Said, now: datetime) -> Entry:
    return Entry(
        case_id=case.id, number=case.revision, at=now, actor_id=actor, act=act, was=was,
        state=case.state, words=said.words or None, filed=said.filed, file_id=said.file_id,
        album=said.album,
    )  # fmt: skip


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
