"""The ledger: what moves, moves once, and nothing is ever changed or lost."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from models import points, statements
from models.points import Account, Cause, KeyReused, Kind, NotEnoughPoints, Transfer
from tests.models.conftest import MORNING, Estate


def cause(key: str, reason: str = "drop-off") -> Cause:
    return Cause(key, reason, actor_id=1, at=MORNING)


async def balance(estate: Estate, household_id: int | None = None) -> points.Balance:
    async with estate.database.read() as session:
        later = MORNING + timedelta(hours=1)
        return await points.balance(session, household_id or estate.home, later)


async def test_what_is_earned_is_on_the_households_account(estate: Estate) -> None:
    async with estate.database.write() as session:
        await points.earn(session, estate.area, estate.home, 5, cause("a"))

    assert (await balance(estate)).points == 5


async def test_the_same_key_again_moves_nothing(estate: Estate) -> None:
    for _ in range(3):
        async with estate.database.write() as session:
            await points.earn(session, estate.area, estate.home, 5, cause("a"))

    assert (await balance(estate)).points == 5


async def test_the_same_key_for_something_else_is_an_alarm(estate: Estate) -> None:
    async with estate.database.write() as session:
        await points.earn(session, estate.area, estate.home, 5, cause("a"))

    with pytest.raises(KeyReused):
        async with estate.database.write() as session:
            await points.earn(session, estate.area, estate.home, 6, cause("a"))
    assert (await balance(estate)).points == 5


async def test_what_is_taken_back_and_not_there_is_owed_and_paid_first(estate: Estate) -> None:
    async with estate.database.write() as session:
        await points.earn(session, estate.area, estate.home, 5, cause("a"))
    async with estate.database.write() as session:
        await points.pass_on(session, estate.home, (Kind.CLOSED, estate.area), cause("spent"))
    async with estate.database.write() as session:
        await points.take_back(session, estate.area, estate.home, 5, cause("b", "correction"))

    assert (await balance(estate)).owed == 5
    async with estate.database.write() as session:
        await points.earn(session, estate.area, estate.home, 7, cause("c"))
    after = await balance(estate)
    assert (after.points, after.owed) == (2, 0)


async def test_nothing_goes_below_zero(estate: Estate) -> None:
    async with estate.database.write() as session:
        await points.earn(session, estate.area, estate.home, 5, cause("a"))

    async with estate.database.write() as session:
        own = await points.account(session, Kind.OWN, estate.home)
        closed = await points.account(session, Kind.CLOSED, estate.area)
    with pytest.raises(NotEnoughPoints):
        async with estate.database.write() as session:
            await points._move(session, own, closed, 6, cause("b"))


async def test_the_database_itself_refuses_a_balance_below_zero(estate: Estate) -> None:
    async with estate.database.write() as session:
        own = await points.account(session, Kind.OWN, estate.home)

    with pytest.raises(IntegrityError):
        async with estate.database.write() as session:
            await session.execute(update(Account).where(Account.id == own).values(balance=-1))


@pytest.mark.parametrize("what", ["UPDATE transfers SET points = 99", "DELETE FROM transfers"])
async def test_nobody_changes_or_deletes_a_transfer(estate: Estate, what: str) -> None:
    async with estate.database.write() as session:
        await points.earn(session, estate.area, estate.home, 5, cause("a"))

    with pytest.raises(DBAPIError, match="only ever added"):
        async with estate.database.write() as session:
            await session.execute(text(what))

    async with estate.database.read() as session:
        assert list(await session.scalars(select(Transfer.points))) == [5]


async def test_without_its_triggers_a_transfer_could_be_changed(estate: Estate) -> None:
    sqlite = ("DROP TRIGGER transfers_no_UPDATE",)
    postgresql = ("DROP TRIGGER transfers_are_only_added ON transfers",)
    async with estate.database.write() as session:
        await points.earn(session, estate.area, estate.home, 5, cause("a"))
        for drop in sqlite if estate.database.is_sqlite else postgresql:
            await session.execute(text(drop))

    async with estate.database.write() as session:
        await session.execute(text("UPDATE transfers SET points = 99"))

    async with estate.database.write() as session:
        assert list(await points.unbalanced(session)) != []
        await session.execute(text("UPDATE transfers SET points = 5"))


async def test_what_was_just_earned_cannot_be_spent_yet(estate: Estate) -> None:
    async with estate.database.write() as session:
        await points.earn(session, estate.area, estate.home, 5, cause("a"))

    async with estate.database.read() as session:
        now = await points.balance(session, estate.home, MORNING + timedelta(minutes=4))
        later = await points.balance(session, estate.home, MORNING + timedelta(minutes=6))
    assert (now.pending, later.pending) == (5, 0)


async def test_history_is_newest_first_and_goes_on(estate: Estate) -> None:
    for number in range(5):
        async with estate.database.write() as session:
            await points.earn(session, estate.area, estate.home, number + 1, cause(f"k{number}"))

    async with estate.database.read() as session:
        first = await statements.history(session, estate.home, 3)
        rest = await statements.history(session, estate.home, 3, before=first[-1][0].id)
    assert [change for _, change in first] == [5, 4, 3]
    assert [change for _, change in rest] == [2, 1]


STEPS = st.lists(
    st.tuples(st.sampled_from(["earn", "take_back", "spend", "freeze"]), st.integers(1, 50)),
    max_size=12,
)


@given(steps=STEPS)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_whatever_happens_the_books_balance(
    estate: Estate, steps: list[tuple[str, int]]
) -> None:
    async with estate.database.write() as session:
        given_ = 0
        for number, (what, amount) in enumerate(steps):
            why = cause(f"{number}", what)
            if what == "earn":
                given_ += amount
                await points.earn(session, estate.area, estate.home, amount, why)
            elif what == "take_back" and amount <= given_:
                given_ -= amount
                await points.take_back(session, estate.area, estate.home, amount, why)
            elif what == "freeze":
                await points.freeze(session, estate.area, estate.home, amount, why)
            elif what == "spend":
                await points.pass_on(session, estate.home, (Kind.CLOSED, estate.area), why)
        await session.flush()
        assert await points.total(session) == 0
        assert list(await points.unbalanced(session)) == []
        await session.rollback()
