"""What becomes of a repeat: handed in, agreed to, changed, paused, taken over, stopped."""

from collections.abc import Collection, Sequence
from datetime import datetime

from knowledge.calendar import Civil
from models import areas, broadcasts, notices, repeats
from models.areas import EVERYWHERE
from models.base import Session
from models.broadcasts import BroadcastEmpty, NobodyElse, NobodyToHear, OwnBroadcast
from models.repeats import (
    COMES,
    GOES_ON,
    LONGEST_NAME,
    SAYS,
    By,
    Move,
    NoTimeYet,
    Reached,
    Repeat,
    RepeatBusy,
    RepeatGone,
    RepeatNever,
    State,
)
from models.roles import Roles


async def hand_in(
    session: Session, held: Roles, repeat_id: int, by: By, reached: Reached, civil: Civil,
    now: datetime, *, through_night: bool, second_above: int, admins: Collection[int],
) -> Repeat:  # fmt: skip
    """Have a draft begin, or what it changes be so, or others asked first. Writes.

    What is returned is what goes on from now on, or waits for a yes. Raises `NotAllowed`,
    `RepeatGone`, `RepeatBusy`, `RepeatNever`, `NoTimeYet`, `BroadcastEmpty`, `NobodyToHear`,
    `NobodyElse`.
    """
    repeat = await repeats.draft_of(session, held, repeat_id, lock=True)
    if not reached.fits(repeat):
        raise RepeatGone  # somebody has chosen others meanwhile
    if repeat.content is None:
        raise BroadcastEmpty
    if repeat.when is None or repeat.when.minute is None:
        raise NoTimeYet
    if not reached.total:
        raise NobodyToHear
    if next(repeats.coming(repeat, now, civil), None) is None:
        raise RepeatNever
    repeat.by_id, repeat.by_name = by.actor, by.name[:LONGEST_NAME]
    repeat.through_night = through_night
    changed = await _changed(session, repeat)
    agreed = changed.approved_by if changed and _say_the_same(repeat, changed) else None
    if reached.people > second_above and agreed is None:
        if not await ask(session, repeat, reached.people, admins, now):
            raise NobodyElse(above=second_above)
        return repeat
    repeat.approved_by = agreed
    return _settled(repeat, changed, civil, now)


async def answer(
    session: Session, held: Roles, repeat_id: int, by: int, civil: Civil, now: datetime, *,
    agrees: bool,
) -> Repeat:  # fmt: skip
    """Say yes or no to somebody else's; raises `OwnBroadcast`, `RepeatGone`, `RepeatBusy`.

    Writes. What was running already goes on where it was.
    """
    repeat = await repeats.of(session, held, repeat_id, lock=True)
    if repeat.by_id == by:
        raise OwnBroadcast
    if not agrees:
        repeats.move(repeat, Move.REFUSE, now)
        return repeat
    if repeat.state != State.ASKED:
        raise RepeatGone
    repeat.approved_by = by
    return _settled(repeat, await _changed(session, repeat), civil, now)


async def change(
    session: Session, held: Roles, repeat_id: int, move: Move, by: By, civil: Civil, now: datetime
) -> Repeat:
    """Pause, resume or stop; raises `NotAllowed`, `RepeatGone`, `RepeatNever`. Writes.

    Who resumes one looks after it from now on: so one whose author has left is taken over. What
    would have come meanwhile is not made up for.
    """
    repeat = await repeats.of(session, held, repeat_id, lock=True)
    repeats.move(repeat, move, now)
    if move is Move.RESUME:
        repeat.by_id, repeat.by_name, repeat.halt = by.actor, by.name[:LONGEST_NAME], None
        _begin(repeat, civil, now)
    return repeat


async def ask(
    session: Session, repeat: Repeat, people: int, admins: Collection[int], now: datetime
) -> Sequence[int]:
    """Ask others to agree, if there are any: their Telegram ids. Writes."""
    own = await repeats.author(session, repeat)
    others = await broadcasts.colleagues(session, repeat.area_id, own, admins)
    if others:
        repeats.move(repeat, Move.ASK, now)
        told = {**await facts(session, repeat), "people": people, "to": str(repeat.audience)}
        about = f"repeat {repeat.id} asked {repeat.next_day or ''}".strip()
        await notices.post_all(session, others, "repeat-asked", about, told, now)
    return others


async def facts(session: Session, repeat: Repeat) -> dict[str, str | int]:
    """What a notice says of a repeat."""
    is_somewhere = repeat.area_id != EVERYWHERE
    area = await areas.by_id(session, repeat.area_id) if is_somewhere else None
    return {
        "id": repeat.id,
        "changes": repeat.changes_id or 0,
        "name": repeat.by_name,
        "area": area.name if area else "",
        "when": repeat.repetition or "",
    }


async def _changed(session: Session, repeat: Repeat) -> Repeat | None:
    """What a draft changes, locked."""
    if repeat.changes_id is None:
        return None
    return await session.get(
        Repeat, repeat.changes_id, with_for_update=True, populate_existing=True
    )


def _say_the_same(one: Repeat, other: Repeat) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in SAYS)


def _settled(repeat: Repeat, changed: Repeat | None, civil: Civil, now: datetime) -> Repeat:
    """It begins, goes on, or is so from now on in what it changes."""
    if changed is not None:
        repeats.move(repeat, Move.SAVE, now)
        _save(repeat, changed, civil, now)
        return changed
    repeats.move(repeat, Move.BEGIN, now)
    if repeat.since is None:
        _begin(repeat, civil, now)
    return repeat


def _save(change: Repeat, changed: Repeat, civil: Civil, now: datetime) -> None:
    if changed.state not in GOES_ON or changed.revision != change.revision:
        raise RepeatGone
    is_running = changed.state == State.RUNNING
    assert changed.next_at, "it has begun"
    if is_running and changed.next_at <= now:
        raise RepeatBusy  # what has come already is dealt with first
    comes_anew = any(getattr(change, name) != getattr(changed, name) for name in COMES)
    for name in (*SAYS, *COMES, "through_night", "by_id", "by_name", "approved_by"):
        setattr(changed, name, getattr(change, name))
    changed.revision += 1
    changed.halt = None
    if is_running and comes_anew:
        _begin(changed, civil, now)


def _begin(repeat: Repeat, civil: Civil, now: datetime) -> None:
    """From now on it comes."""
    repeat.since = now
    if repeats.look_ahead(repeat, civil) is None:
        raise RepeatNever
