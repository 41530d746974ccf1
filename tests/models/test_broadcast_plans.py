"""A broadcast's notices: one a person, at most once, and a crash goes on where it was."""

import contextlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select

from models import Database, broadcast_plans, broadcasts, leases, notices, residents
from models.audiences import Audience
from models.broadcasts import MOVES, Broadcast, Content, Move
from models.notices import Due, Ended, Notice, State
from models.roles import EVERYWHERE, Held, Role
from tests.conftest import MONDAY

ADMIN = (Held(Role.ADMIN, EVERYWHERE),)
PEOPLE = range(1, 11)


@pytest.fixture(autouse=True)
async def _people(database: Database) -> None:
    async with database.write() as session:
        await residents.note_seen(session, PEOPLE, MONDAY)


async def make(database: Database, state: broadcasts.State = broadcasts.State.READY) -> int:
    """A broadcast to everybody."""
    async with database.write() as session:
        made = await broadcasts.draft(session, ADMIN, EVERYWHERE, 1, "zh", MONDAY)
        made.audience, made.state = Audience.EVERYBODY, state
        made.content = Content(text="fire", entities=[]).fields
        return made.id


async def step(database: Database, id_: int) -> None:
    async with database.write() as session:
        await broadcast_plans.step(session, id_, MONDAY)


async def plan(database: Database, id_: int) -> None:
    """Until there is nothing more to do with it."""
    while True:
        async with database.read() as session:
            due = await broadcast_plans.due(session, MONDAY)
        if id_ not in due:
            return
        await step(database, id_)


async def claim(
    database: Database, fence: int = 1, limit: int = 99, *, over: Sequence[int] = (),
    is_night: bool = False,
) -> list[Due]:  # fmt: skip
    async with database.write() as session:
        return await broadcast_plans.claim(session, fence, limit, MONDAY, over, is_night=is_night)


async def settle(database: Database, state: State, due: Sequence[Due], fence: int = 1) -> None:
    async with database.write() as session:
        ended = [Ended(one.id, state) for one in due]
        await notices.settle(session, fence, ended, MONDAY)


async def tally(database: Database, id_: int) -> dict[State, int]:
    async with database.read() as session:
        return (await notices.tallied(session, [id_]))[id_]


async def of(database: Database, id_: int) -> Broadcast:
    async with database.read() as session:
        return await session.get_one(Broadcast, id_)


async def planned(database: Database) -> list[int]:
    async with database.read() as session:
        return list(await session.scalars(select(Notice.to).order_by(Notice.to)))


async def test_everybody_is_planned_once_slice_by_slice(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcast_plans, "SLICE", 4)
    id_ = await make(database)
    await step(database, id_)  # begins
    await step(database, id_)
    assert await planned(database) == [1, 2, 3, 4]

    await plan(database, id_)

    assert await planned(database) == list(PEOPLE)
    assert (await of(database, id_)).planned == 10


async def test_a_crash_in_planning_goes_on_at_the_cursor(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcast_plans, "SLICE", 4)
    id_ = await make(database)
    await step(database, id_)
    await step(database, id_)
    with contextlib.suppress(ArithmeticError):
        async with database.write() as session:
            await broadcast_plans.step(session, id_, MONDAY)
            raise ArithmeticError
    assert await planned(database) == [1, 2, 3, 4]

    await plan(database, id_)

    assert await planned(database) == list(PEOPLE)
    assert (await of(database, id_)).planned == 10


async def test_planned_again_nobody_is_told_twice(database: Database) -> None:
    id_ = await make(database)
    await plan(database, id_)
    async with database.write() as session:
        again = await session.get_one(Broadcast, id_)
        again.planned_at, again.cursor = None, 0
    await plan(database, id_)

    assert await planned(database) == list(PEOPLE)
    assert (await of(database, id_)).planned == 10


async def test_what_was_in_the_air_at_a_crash_ends_unknown_and_is_not_sent_again(
    database: Database,
) -> None:
    id_ = await make(database)
    await plan(database, id_)
    taken = await claim(database, limit=3)
    await settle(database, State.SENT, taken[:1])
    async with database.write() as session:
        await notices.recover(session, 2, MONDAY)
    rest = await claim(database, fence=2)
    await settle(database, State.UNKNOWN, rest[:1], 2)
    await settle(database, State.WAITING, rest[1:2], 2)

    assert not {one.to for one in rest} & {one.to for one in taken}
    assert [one.to for one in await claim(database, fence=2)] == [rest[1].to]
    assert await tally(database, id_) == {State.SENT: 1, State.UNKNOWN: 3}


async def test_a_persons_own_notice_is_sent_once_more(database: Database) -> None:
    async with database.write() as session:
        await notices.post(session, 1, "kind", "own", {}, MONDAY)
        await notices.claim(session, 1, 9, MONDAY)
        await notices.recover(session, 2, MONDAY)
        (again,) = await notices.claim(session, 2, 9, MONDAY)

    assert again.repeated


async def test_it_is_over_when_everybodys_end_is_known(database: Database) -> None:
    id_ = await make(database)
    await plan(database, id_)
    taken = await claim(database)
    for number, state in enumerate((State.SENT, State.BLOCKED, State.FAILED, State.UNKNOWN)):
        await settle(database, state, taken[number::4])
        await plan(database, id_)

    over = await of(database, id_)
    assert (over.state, over.ended_at) == (broadcasts.State.DONE, MONDAY)
    assert sum((await tally(database, id_)).values()) == 10


async def test_paused_or_at_night_nothing_is_taken(database: Database) -> None:
    id_ = await make(database)
    await plan(database, id_)
    assert await claim(database, is_night=True) == []
    async with database.write() as session:
        await broadcasts.change(session, ADMIN, id_, Move.PAUSE, MONDAY)
    assert await claim(database) == []

    async with database.write() as session:
        resumed = await broadcasts.change(session, ADMIN, id_, Move.RESUME, MONDAY)
        resumed.through_night = True
    assert len(await claim(database, is_night=True)) == 10


async def test_cancelled_in_the_middle_those_in_the_air_end_as_they_do(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcast_plans, "SLICE", 4)
    id_ = await make(database)
    for _ in range(3):
        await step(database, id_)
    taken = await claim(database, limit=2)
    async with database.write() as session:
        await broadcasts.change(session, ADMIN, id_, Move.CANCEL, MONDAY)
    await plan(database, id_)
    assert (await of(database, id_)).ended_at is None
    await settle(database, State.SENT, taken[:1])
    await settle(database, State.WAITING, taken[1:])
    await plan(database, id_)

    assert (await of(database, id_)).ended_at == MONDAY
    assert await tally(database, id_) == {State.SENT: 1, State.CANCELLED: 7}


async def test_the_one_that_has_reached_fewest_goes_first(database: Database) -> None:
    first = await make(database)
    await plan(database, first)
    taken = await claim(database, limit=2)
    await settle(database, State.SENT, taken)
    second = await make(database)
    await plan(database, second)

    (due,) = await claim(database, limit=1)
    async with database.read() as session:
        assert (await session.get_one(Notice, due.id)).broadcast_id == second


async def test_every_other_move_is_refused(database: Database) -> None:
    for state in broadcasts.State:
        for move, (from_, _) in MOVES.items():
            if state in from_:
                continue
            id_ = await make(database, state)
            with pytest.raises(broadcasts.BroadcastGone):
                async with database.write() as session:
                    await broadcasts.change(session, ADMIN, id_, move, MONDAY)


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("看详情 https://example.com", "https://example.com"),
        ("看\nHTTPS://a.b.cn:8080/x?y=1#z", "HTTPS://a.b.cn:8080/x?y=1#z"),
    ],
)
def test_a_button_is_words_and_a_link(words: str, url: str) -> None:
    found = broadcasts.button(words)

    assert found
    assert found["url"] == url


@pytest.mark.parametrize(
    "words",
    ["", "看", "https://example.com", "看 ftp://a.b", "看 https://localhost", "看 https://a.b c",
     "看 javascript:alert(1)", f"{'字' * 65} https://a.b"],
)  # fmt: skip
def test_anything_else_is_no_button(words: str) -> None:
    with pytest.raises(broadcasts.BadButton):
        broadcasts.button(words)


async def test_beside_a_million_the_sender_and_the_clock_read_only_what_is_open(
    sqlite: Database,
) -> None:
    async with sqlite.write() as session:
        await residents.note_seen(session, PEOPLE, MONDAY)
    id_ = await make(sqlite)
    await plan(sqlite, id_)
    asked: list[tuple[str, Any]] = []
    for engine in sqlite.engines:
        event.listen(
            engine.sync_engine,
            "before_cursor_execute",
            lambda _, __, statement, given, *___: asked.append((statement, given)),
        )
    async with sqlite.write() as session:
        await leases.take(session, "sender", "one")
        await broadcast_plans.due(session, MONDAY + timedelta(minutes=1))
        await broadcast_plans.waits(session, is_night=False)
        await broadcast_plans.claim(session, 1, 5, MONDAY, [1], is_night=False)
        await broadcast_plans.ahead(session)
    plans = []
    async with sqlite.engines[0].connect() as connection:
        for statement, given in [each for each in asked if "notices" in each[0]]:
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
            plans.append("; ".join(str(row[3]) for row in rows))

    assert len(plans) >= 4
    assert not [each for each in plans if "SCAN notices" in each or "SCAN residents" in each]


async def test_the_counters_say_what_the_rows_say(database: Database) -> None:
    id_ = await make(database)
    await plan(database, id_)
    taken = await claim(database, limit=6)
    await settle(database, State.SENT, taken[:3])
    await settle(database, State.FAILED, taken[3:5])

    async with database.read() as session:
        counted = await session.execute(
            select(Notice.state, func.count())
            .where(Notice.settled_at.is_not(None))
            .group_by(Notice.state)
        )
        assert await tally(database, id_) == {State(state): number for state, number in counted}
