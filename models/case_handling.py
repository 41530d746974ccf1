"""What staff do with a case: see it, take it in hand, answer, and say how it ended.

One has it in hand at a time; another takes it over, or hears who has it.
"""

from datetime import datetime

from knowledge.calendar import Civil
from knowledge.cases import OVER, Act, State
from models import case_news, roles
from models.base import Refusal, Session
from models.case_steps import NOTHING, CaseWordless, Said, locked_for_staff, step
from models.case_tables import Case
from models.pickups import Person


class CaseTaken(Refusal):
    """Another of the staff has it in hand: `who`, or "none" if nobody knows a name."""


class CaseWhyNot(Refusal):
    """Who dismisses a case says why."""


async def take(
    session: Session, case_id: int, by: Person, over: int, civil: Civil, now: datetime
) -> Case:
    """Take a case in hand; raises `NotAllowed`, `CaseTaken`, `CaseOver`. Writes.

    `over`: the actor from whom it is taken, as staff saw it; 0 if it was nobody's.
    """
    case, actor = await locked_for_staff(session, case_id, by)
    if case.owner == actor and case.state == State.UNDER_WAY:
        return case
    if case.owner != actor and (case.owner or 0) != over:
        raise CaseTaken(who=await _name(session, case.owner or over))
    was = State(case.state)
    case.owner = actor
    await step(session, case, Act.TAKE, actor, NOTHING, now)
    if was is not State.UNDER_WAY:  # from whom to whom is for the staff to know
        await case_news.stepped(session, case, actor, NOTHING.words, civil, now)
    return case


async def see(session: Session, case_id: int, by: Person, civil: Civil, now: datetime) -> Case:
    """Say that it was seen; raises `NotAllowed`, `CaseOver`. Writes."""
    case, actor = await locked_for_staff(session, case_id, by)
    if case.state != State.SEEN:
        await step(session, case, Act.SEE, actor, NOTHING, now)
        await case_news.stepped(session, case, actor, NOTHING.words, civil, now)
    return case


async def handle(
    session: Session, case_id: int, by: Person, act: Act, said: Said, civil: Civil, now: datetime
) -> Case:
    """Answer, solve or dismiss a case: who does has it in hand from then on. Writes.

    Raises `NotAllowed`, `CaseTaken`, `CaseOver`, `CaseWordless`, `CaseWhyNot`.
    """
    case, actor = await locked_for_staff(session, case_id, by)
    if case.owner not in (None, actor) and case.state not in OVER:
        raise CaseTaken(who=await _name(session, case.owner))
    if act is Act.ANSWER and said.is_empty:
        raise CaseWordless
    if act is Act.DISMISS and not said.words:
        raise CaseWhyNot
    case.owner = actor
    await step(session, case, act, actor, said, now)
    await case_news.stepped(session, case, actor, said.words, civil, now, file=_file(said))
    return case


def _file(said: Said) -> tuple[str, str] | None:
    return (said.filed, said.file_id) if said.filed and said.file_id else None


async def _name(session: Session, actor: int) -> str:
    """What one of the staff is called; "none" if no grant has a name."""
    return (await roles.names(session, [actor])).get(actor) or "none"
