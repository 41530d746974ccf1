"""The outbox: each thing is told once, by one sender at a time, and its end is written down."""

import contextlib
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, text

from models import Database, leases, notices, residents
from models.leases import LeaseLost
from models.notices import Due, Ended, Notice, State
from tests.conftest import MONDAY

WANG, LI = 7, 8


async def post(database: Database, to: int, about: str, **when: timedelta) -> None:
    async with database.write() as session:
        moments = {name: MONDAY + span for name, span in when.items()}
        await notices.post(session, to, "kind", about, {"n": about}, MONDAY, **moments)


async def claim(database: Database, fence: int = 1, limit: int = 9, **later: float) -> list[Due]:
    async with database.write() as session:
        return await notices.claim(session, fence, limit, MONDAY + timedelta(**later))


async def settle(database: Database, fence: int, *ended: Ended) -> None:
    async with database.write() as session:
        await notices.settle(session, fence, ended, MONDAY)


async def recover(database: Database, fence: int) -> None:
    async with database.write() as session:
        await notices.recover(session, fence, MONDAY)


async def states(database: Database) -> dict[str, str]:
    async with database.read() as session:
        found = await session.scalars(select(Notice).order_by(Notice.id))
        return {one.about: one.state + (" again" if one.repeated else "") for one in found}


async def test_the_same_thing_is_told_to_a_person_once_and_to_each_who_is_to_hear_it(
    database: Database,
) -> None:
    for _ in range(3):
        async with database.write() as session:
            await notices.post_all(session, [LI, WANG, LI], "kind", "fire", {}, MONDAY)
    await post(database, WANG, "flood")

    claimed = [*await claim(database), *await claim(database)]
    assert [one.to for one in claimed] == [WANG, LI, WANG]


async def test_without_the_unique_columns_it_would_be_told_again(database: Database) -> None:
    async with database.write() as session:
        if database.is_sqlite:
            # A table of SQLite cannot lose a constraint: a copy has none.
            await session.execute(text("CREATE TABLE copy AS SELECT * FROM notices"))
            await session.execute(text("DROP TABLE notices"))
            await session.execute(text("ALTER TABLE copy RENAME TO notices"))
        else:
            drop = "ALTER TABLE notices DROP CONSTRAINT uq_notices_to_about"
            await session.execute(text(drop))
    await post(database, WANG, "fire")
    await post(database, WANG, "fire")

    async with database.read() as session:
        assert await notices.counts(session) == {State.WAITING: 2}


async def test_a_notice_is_there_only_if_its_fact_is(database: Database) -> None:
    with contextlib.suppress(ArithmeticError):
        async with database.write() as session:
            await notices.post(session, WANG, "kind", "fire", {}, MONDAY)
            raise ArithmeticError

    assert await claim(database) == []


async def test_what_people_wrote_comes_back_as_it_was_whatever_it_was(database: Database) -> None:
    odd = {"text": "香蕉\0 \ud83d 🍌", "points": 3}
    async with database.write() as session:
        await notices.post(session, WANG, "kind", "odd", odd, MONDAY)

    (due,) = await claim(database)
    assert due.fields == odd


async def test_a_notice_waits_until_it_is_due_and_is_of_no_use_after_its_end(
    database: Database,
) -> None:
    await post(database, WANG, "later", due_at=timedelta(hours=1), until=timedelta(hours=2))
    assert await claim(database) == []
    assert await claim(database, hours=2) == []
    async with database.write() as session:
        await notices.expire(session, MONDAY + timedelta(minutes=119))
    assert await states(database) == {"later": "waiting"}

    async with database.write() as session:
        await notices.expire(session, MONDAY + timedelta(hours=2))
    assert await states(database) == {"later": "expired"}


async def test_the_first_due_goes_first_and_one_at_a_time_to_a_person(database: Database) -> None:
    await post(database, WANG, "second", due_at=timedelta(minutes=2))
    await post(database, WANG, "first", due_at=timedelta(minutes=1))
    await post(database, LI, "third", due_at=timedelta(minutes=3))

    claimed = await claim(database, hours=1)
    assert [one.fields["n"] for one in claimed] == ["first", "third"]


async def test_people_passed_over_wait(database: Database) -> None:
    await post(database, WANG, "fire")
    await post(database, LI, "fire")
    async with database.write() as session:
        claimed = await notices.claim(session, 1, 9, MONDAY, [WANG])

    assert [one.to for one in claimed] == [LI]


async def test_who_blocked_the_bot_is_not_written_to_until_they_are_back(
    database: Database,
) -> None:
    async with database.write() as session:
        await residents.note_seen(session, [WANG], MONDAY)
        await residents.note_left(session, [WANG], MONDAY)
    await post(database, WANG, "fire")
    await post(database, LI, "fire at Li's")
    assert [one.to for one in await claim(database)] == [LI]

    async with database.write() as session:
        await residents.note_seen(session, [WANG], MONDAY)
    await post(database, WANG, "flood")
    assert [one.fields["n"] for one in await claim(database)] == ["flood"]
    expected = {"fire": "blocked", "fire at Li's": "sending", "flood": "sending"}
    assert await states(database) == expected


async def test_a_notice_comes_with_the_persons_language(database: Database) -> None:
    async with database.write() as session:
        (await residents.recognise(session, WANG, MONDAY)).language = "en"
    await post(database, WANG, "fire")
    await post(database, LI, "fire")

    assert {one.to: one.language for one in await claim(database)} == {WANG: "en", LI: None}


async def test_what_did_not_leave_goes_again_and_does_not_count_as_a_repeat(
    database: Database,
) -> None:
    await post(database, WANG, "fire")
    (due,) = await claim(database)
    await settle(database, 1, Ended(due.id, State.WAITING))

    assert await states(database) == {"fire": "waiting"}
    assert [one.repeated for one in await claim(database)] == [False]


async def test_what_may_have_left_goes_once_more_as_a_repeat_and_then_no_more(
    database: Database,
) -> None:
    await post(database, WANG, "fire")
    (due,) = await claim(database)
    await settle(database, 1, Ended(due.id, State.UNKNOWN, "no answer"))
    (again,) = await claim(database)
    assert again.repeated
    await settle(database, 1, Ended(due.id, State.WAITING))
    (again,) = await claim(database)
    assert again.repeated

    await settle(database, 1, Ended(due.id, State.UNKNOWN, "no answer \0 \ud83d"))
    assert await states(database) == {"fire": "unknown again"}
    assert await claim(database) == []


async def test_what_a_dead_sender_had_in_hand_goes_once_more_and_ends_unknown_the_next_time(
    database: Database,
) -> None:
    await post(database, WANG, "fire")
    await claim(database, fence=1)
    await recover(database, fence=2)
    assert await states(database) == {"fire": "waiting again"}
    await claim(database, fence=2)
    await recover(database, fence=2)
    assert await states(database) == {"fire": "sending again"}

    await recover(database, fence=3)
    assert await states(database) == {"fire": "unknown again"}


async def test_a_sender_that_was_replaced_changes_nothing_any_more(database: Database) -> None:
    await post(database, WANG, "fire")
    (due,) = await claim(database, fence=1)
    await recover(database, fence=2)
    await settle(database, 1, Ended(due.id, State.SENT))
    assert await states(database) == {"fire": "waiting again"}

    await claim(database, fence=2)
    await settle(database, 1, Ended(due.id, State.SENT))
    assert await states(database) == {"fire": "sending again"}


async def test_what_a_sender_took_without_hearing_of_it_waits_again(database: Database) -> None:
    await post(database, WANG, "fire")
    await post(database, LI, "flood")
    mine, _ = await claim(database, fence=1)
    async with database.write() as session:
        await notices.give_back(session, 1, [mine.id])

    assert await states(database) == {"fire": "sending", "flood": "waiting"}


async def test_whatever_a_sender_does_reads_only_what_is_open(sqlite: Database) -> None:
    """Beside a million that are over, or that wait, each of these takes milliseconds."""
    asked: list[tuple[str, Any]] = []
    for engine in sqlite.engines:
        event.listen(
            engine.sync_engine,
            "before_cursor_execute",
            lambda _, __, statement, given, *___: asked.append((statement, given)),
        )
    ended = [Ended(7, State.SENT), Ended(8, State.UNKNOWN), Ended(9, State.WAITING)]
    async with sqlite.write() as session:
        await notices.is_due(session, MONDAY)
        await notices.claim(session, 1, 5, MONDAY, [WANG])
        await notices.settle(session, 1, ended, MONDAY)
        await notices.give_back(session, 1, [7])
        await notices.recover(session, 1, MONDAY)
        await notices.expire(session, MONDAY)
    statements = [each for each in asked if "notices" in each[0]]
    plans = [await _plan(sqlite, *each) for each in statements]

    assert len(plans) == 10
    assert not [plan for plan in plans if "SCAN notices" in plan]
    assert "ix_notices_open (state=? AND broadcast_id=? AND due_at<?)" in plans[1]
    assert "ix_notices_until (until<?)" in plans[-1]


async def _plan(database: Database, statement: str, given: Any) -> str:
    async with database.engines[0].connect() as connection:
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        return "; ".join(str(row[3]) for row in plan)


async def test_whoever_takes_a_lease_has_a_higher_number_than_all_before(
    database: Database,
) -> None:
    async with database.write() as session:
        first = await leases.take(session, "sender", "one")
    async with database.write() as session:
        second = await leases.take(session, "sender", "one")

    assert (first, second) == (1, 2)
    async with database.write() as session:
        await leases.renew(session, "sender", 2)
        with pytest.raises(LeaseLost):
            await leases.renew(session, "sender", 1)
