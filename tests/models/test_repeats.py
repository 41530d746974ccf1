"""Repeats: changed, agreed to, paused, taken over, stopped."""

import asyncio

import pytest
from sqlalchemy import delete, select, text

from models import (
    broadcasts,
    repeat_moves,
    repeat_plans,
    repeats,
    shifts,
)
from models.areas import Area
from models.audiences import Audience
from models.broadcasts import Broadcast
from models.repeat_plans import Rules
from models.repeats import Move, Repeat, State
from models.roles import Grant
from tests.conftest import MONDAY
from tests.races import Halfway, second_waits
from tests.repeats import (
    ADMIN,
    CHEN,
    EVERYWHERE_ADMIN,
    EXPIRED,
    FEW,
    LIU,
    MADE,
    MANY,
    NEWS,
    Office,
    at,
    office,
)

__all__ = ["office"]


# Changing.


async def test_a_change_holds_from_the_next_time_on(office: Office) -> None:
    id_ = await office.runs("每天 9:00")
    await office.strikes(at("9:00"))
    change = await office.alters(id_)
    await office.says(change, "改了")
    await office.strikes(at("9:00", 25))
    office.now = at("10:00", 25)
    assert (await office.hands_in(change)).id == id_
    await office.strikes(at("9:00", 26))

    async with office.database.read() as session:
        found = await session.scalars(select(Broadcast.content).order_by(Broadcast.id))
        assert [one["text"] for one in found if one] == [NEWS.text, NEWS.text, "改了"]
    assert [day for day, _ in await office.ended()] == ["11-24", "11-25", "11-26"]
    assert (await office.of(change)).state == State.SAVED


async def test_another_time_on_a_day_on_which_it_has_come_is_the_next_day(office: Office) -> None:
    id_ = await office.runs("每天 9:00")
    await office.strikes(at("9:00"))
    office.now = at("10:00")
    change = await office.alters(id_)
    await office.comes(change, "每天 11:00")
    repeat = await office.hands_in(change)
    assert repeat.next_at == at("11:00", 25)
    await office.strikes(at("11:00"))
    await office.strikes(at("11:00", 25))

    assert await office.made() == ["11-24 09:00:00", "11-25 11:00:00"]


async def test_what_has_come_already_is_dealt_with_before_it_is_changed(office: Office) -> None:
    id_ = await office.runs("每天 9:00")
    change = await office.alters(id_)
    await office.comes(change, "每天 11:00")
    office.now = at("9:00")
    with pytest.raises(repeats.RepeatBusy):
        await office.hands_in(change)
    await office.strikes()
    await office.hands_in(change)

    assert await office.made() == ["11-24 09:00:00"]
    assert (await office.of(id_)).next_at == at("11:00", 25)


async def test_of_two_who_change_it_the_second_hears_of_the_first(office: Office) -> None:
    id_ = await office.runs()
    one, other = await office.alters(id_), await office.alters(id_, CHEN)
    assert await office.alters(id_) == one
    await office.says(one, "刘姐改的")
    await office.says(other, "陈主任改的")
    await office.hands_in(one)
    with pytest.raises(repeats.RepeatGone):
        await office.hands_in(other, CHEN)

    assert ((await office.of(id_)).content or {})["text"] == "刘姐改的"
    assert await office.alters(id_, CHEN) not in (one, other)


async def test_two_who_hand_in_at_once_are_one_after_the_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = await office.draft()

    async def hands_in() -> None:
        await office.hands_in(id_)

    by = await office.by()
    monkeypatch.setattr(Office, "by", lambda *_: asyncio.sleep(0, by))
    halfway = Halfway(monkeypatch, repeats, "draft_of")
    ended = await second_waits(office.database, halfway, hands_in, hands_in)

    assert ended == ["first", "second: RepeatGone"]


async def test_paused_it_does_not_come_and_is_not_made_up_for(office: Office) -> None:
    id_ = await office.runs("每天 9:00")
    await office.moves(id_, Move.PAUSE)
    await office.strikes(at("9:00"))
    office.now = at("10:00")
    await office.moves(id_, Move.RESUME)
    await office.strikes()
    await office.strikes(at("9:00", 25))

    assert await office.ended() == [("11-25", MADE)]


async def test_it_ends_on_its_last_day(office: Office) -> None:
    id_ = await office.runs("每天 9:00 到11月25日")
    for day in (24, 25, 26):
        await office.strikes(at("9:00", day))

    assert await office.made() == ["11-24 09:00:00", "11-25 09:00:00"]
    over = await office.of(id_)
    assert (over.state, over.next_at, over.ended_at) == (State.DONE, None, at("9:00", 25))
    assert await office.told("repeat-trouble") == []


async def test_down_until_after_the_last_day_all_is_noted(office: Office) -> None:
    id_ = await office.runs("每天 9:00 到11月25日")
    await office.strikes(at("9:00", 30))

    assert await office.ended() == [("11-24", EXPIRED), ("11-25", EXPIRED)]
    assert (await office.of(id_)).state == State.DONE
    assert await office.told("repeat-trouble") == [LIU]


async def test_every_other_move_is_refused(office: Office) -> None:
    for state in State:
        for move, (from_, _) in repeats.MOVES.items():
            if state in from_:
                continue
            repeat = Repeat(state=state)
            with pytest.raises(repeats.RepeatGone):
                repeats.move(repeat, move, MONDAY)


async def test_what_would_never_come_or_says_nothing_is_refused(office: Office) -> None:
    never = await office.draft("每天 9:00 到2026-11-22")
    with pytest.raises(repeats.RepeatNever):
        await office.hands_in(never)
    without_time = await office.draft("每月15号")
    with pytest.raises(repeats.NoTimeYet):
        await office.hands_in(without_time)
    by = await office.by()
    async with office.database.write() as session:
        empty = await repeats.draft(session, office.held, office.area, by, "zh", office.now)
    with pytest.raises(broadcasts.BroadcastEmpty):
        await office.hands_in(empty.id)
    office.people = 0
    with pytest.raises(broadcasts.NobodyToHear):
        await office.hands_in(await office.draft())


async def test_who_is_counted_is_who_is_handed_in(office: Office) -> None:
    """Somebody else chooses everybody between the counting and the transaction."""
    id_ = await office.draft()
    few = await office.reached(id_)
    async with office.database.write() as session:
        await repeats.put(session, office.held, id_, audience=Audience.EVERYBODY)
    by = await office.by()
    with pytest.raises(repeats.RepeatGone):
        async with office.database.write() as session:
            await repeat_moves.hand_in(
                session, office.held, id_, by, few, office.civil, office.now,
                through_night=False, second_above=0, admins=(),
            )  # fmt: skip


# The second person.


async def test_many_need_a_second_yes_once_and_again_for_another_text(office: Office) -> None:
    office.people = MANY
    id_ = (await office.hands_in(await office.draft("每天 9:00"))).id
    assert (await office.of(id_)).state == State.ASKED
    assert await office.told("repeat-asked") == [CHEN, ADMIN]
    await office.strikes(at("9:00"))
    assert await office.made() == []
    with pytest.raises(broadcasts.OwnBroadcast):
        await office.answers(id_, LIU, agrees=True)
    office.now = at("10:00")
    await office.answers(id_, CHEN, agrees=True)
    await office.strikes(at("9:00", 25))
    await office.strikes(at("9:00", 26))
    assert len(await office.made()) == 2

    later = await office.alters(id_)
    await office.comes(later, "每天 10:00")
    office.now = at("9:30", 26)
    assert (await office.hands_in(later)).state == State.RUNNING
    other_text = await office.alters(id_)
    await office.says(other_text, "改了")
    assert (await office.hands_in(other_text)).state == State.ASKED
    await office.strikes(at("10:00", 27))
    await office.answers(other_text, CHEN, agrees=True)
    await office.strikes(at("10:00", 28))

    async with office.database.read() as session:
        found = await session.scalars(select(Broadcast.content).order_by(Broadcast.id))
        assert [one["text"] for one in found if one] == [NEWS.text] * 3 + ["改了"]


async def test_a_no_is_a_no_and_what_was_running_goes_on(office: Office) -> None:
    id_ = await office.runs("每天 9:00")
    change = await office.alters(id_)
    await office.says(change, "改了")
    office.people = MANY
    await office.hands_in(change)
    await office.answers(change, CHEN, agrees=False)
    with pytest.raises(repeats.RepeatGone):
        await office.answers(change, CHEN, agrees=True)
    office.people = FEW
    await office.strikes(at("9:00"))

    assert (await office.of(change)).state == State.REFUSED
    assert await office.made() == ["11-24 09:00:00"]


async def test_when_more_people_have_come_the_second_person_is_asked_and_it_waits(
    office: Office,
) -> None:
    id_ = await office.runs("每天 9:00")
    office.people = MANY
    await office.strikes(at("9:00"))
    await office.strikes(at("9:01"))
    assert (await office.of(id_)).state == State.ASKED
    assert await office.told("repeat-asked") == [CHEN, ADMIN]
    assert await office.made() == []
    office.now = at("9:30")
    await office.answers(id_, CHEN, agrees=True)
    await office.strikes()
    await office.strikes(at("9:00", 25))

    assert await office.made() == ["11-24 09:00:00", "11-25 09:00:00"]


async def test_where_nobody_else_could_agree_it_rests_and_the_author_hears_it(
    office: Office,
) -> None:
    id_ = await office.runs("每天 9:00")
    async with office.database.write() as session:
        await session.execute(delete(Grant).where(Grant.resident_id == CHEN))
    office.rules = Rules(500)
    office.people = MANY
    await office.strikes(at("9:00"))

    assert (await office.of(id_)).state == State.PAUSED
    assert await office.told("repeat-trouble") == [LIU]
    with pytest.raises(broadcasts.NobodyElse):
        await office.hands_in(await office.draft())


# Who answers for it.


async def _relieve(office: Office, who: int) -> None:
    async with office.database.write() as session:
        grant = await session.scalar(select(Grant).where(Grant.resident_id == who))
        assert grant
        await shifts.relieve(session, EVERYWHERE_ADMIN, grant.id, 0, office.now)


async def test_when_its_authors_role_has_ended_others_are_told_and_may_take_it_over(
    office: Office,
) -> None:
    id_ = await office.runs("每天 9:00")
    await office.looks_after()
    assert (await office.of(id_)).state == State.RUNNING
    await _relieve(office, LIU)
    await office.looks_after()
    await office.looks_after()
    assert (await office.of(id_)).state == State.PAUSED
    assert await office.told("repeat-left") == [CHEN, ADMIN]
    await office.strikes(at("9:00"))
    assert await office.made() == []

    office.now = at("10:00")
    taken = await office.moves(id_, Move.RESUME, CHEN)
    await office.looks_after()
    await office.strikes(at("9:00", 25))

    assert (taken.by_name, taken.halt) == (f"刘{CHEN}", None)
    assert await office.made() == ["11-25 09:00:00"]


async def test_a_role_that_ended_a_second_ago_sends_nothing(office: Office) -> None:
    """Also before anybody has looked after it."""
    await office.runs("每天 9:00")
    await _relieve(office, LIU)
    await office.strikes(at("9:00"))

    assert await office.made() == []
    assert await office.told("repeat-left") == [CHEN, ADMIN]


async def test_if_nobody_asked_for_the_role_it_would_go_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def always(*_: object, **__: object) -> bool:
        return True

    monkeypatch.setattr(repeat_plans, "_is_answered_for", always)
    await office.runs("每天 9:00")
    await _relieve(office, LIU)
    await office.strikes(at("9:00"))

    assert await office.made() == ["11-24 09:00:00"]


async def test_an_author_who_was_erased_answers_for_nothing(office: Office) -> None:
    id_ = await office.runs("每天 9:00")
    async with office.database.write() as session:
        await session.execute(text("UPDATE actors SET resident_id = NULL"))
    await office.looks_after()

    assert (await office.of(id_)).state == State.PAUSED
    assert await office.told("repeat-left") == [LIU, CHEN, ADMIN]


async def test_when_its_area_is_gone_it_stops(office: Office) -> None:
    id_ = await office.runs("每天 9:00")
    async with office.database.write() as session:
        await session.execute(delete(Grant))
        await session.execute(delete(Area).where(Area.id == office.area))
    await office.looks_after()
    await office.strikes(at("9:00"))

    assert (await office.of(id_)).state == State.STOPPED
    assert await office.told("repeat-trouble") == [LIU]
    assert await office.made() == []
