"""Several processes on one PostgreSQL: nobody takes what another has in hand, until it dies."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from models import Database, leases, updates
from models.leases import LeaseLost
from models.presence import Presence, free_what_the_absent_held
from models.updates import Arrived
from tests.conftest import MONDAY
from tests.databases import NO_SERVER, Databases


@pytest.fixture
async def server(databases: Databases) -> AsyncIterator[Database]:
    if not databases.server:
        pytest.skip(NO_SERVER)
    database = Database(databases.new("postgresql"))
    yield database
    await database.close()


async def _arrive(database: Database, *chats: int) -> None:
    arrived = [Arrived(n, f"{n}", chat, chat, "{}") for n, chat in enumerate(chats, 1)]
    async with database.write() as session:
        await updates.store(session, 1, arrived, MONDAY)


async def _take(database: Database, by: str, limit: int = 100) -> list[int]:
    async with database.write() as session:
        return [work.chat_id for work in await updates.claim(session, by, limit)]


async def _free(database: Database) -> None:
    async with database.write() as session:
        await free_what_the_absent_held(session)


async def test_a_chat_that_one_process_has_in_hand_is_passed_over_by_the_others(
    server: Database,
) -> None:
    await _arrive(server, 7, 8, 7, 9)

    assert await _take(server, "one", limit=2) == [7, 8]
    assert await _take(server, "two") == [9]
    assert await _take(server, "one") == [7]


async def test_two_that_choose_at_once_never_share_a_chat(server: Database) -> None:
    await _arrive(server, *(number % 10 for number in range(100)))

    taken = await asyncio.gather(*(_take(server, f"{who % 4}", limit=5) for who in range(40)))

    owners: dict[int, set[int]] = {}
    for who, chats in enumerate(taken):
        for chat in chats:
            owners.setdefault(chat, set()).add(who % 4)
    assert all(len(who) == 1 for who in owners.values())


async def test_what_a_dead_process_held_is_free_and_what_a_living_one_holds_is_not(
    server: Database, databases: Databases
) -> None:
    await _arrive(server, 7, 8)
    other = Database(server.url.render_as_string(hide_password=False))
    async with Presence(server, "living"):
        await _take(server, "living", limit=1)
        async with Presence(other, "dying"):
            assert await _take(other, "dying", limit=1) == [8]
            await _free(server)
            assert await _take(server, "third") == []
        await _free(server)
        assert await _take(server, "third") == [8]
    await other.close()


async def test_one_process_leads_and_the_next_one_leads_when_it_is_gone(server: Database) -> None:
    other = Database(server.url.render_as_string(hide_password=False))
    async with Presence(other, "two") as two:
        async with Presence(server, "one") as one:
            assert await one.leads("intake")
            assert not await two.leads("intake")
            assert await one.leads("intake")
        assert await two.leads("intake")
    await other.close()


async def test_a_process_whose_connection_is_cut_comes_back(server: Database) -> None:
    async with Presence(server, "one") as one:
        assert await one.leads("intake")
        async with server.write() as session:
            await session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

        assert not await one.leads("intake")
        assert await one.leads("intake")


async def test_on_sqlite_a_process_is_alone_and_leads(sqlite: Database) -> None:
    async with Presence(sqlite, "one") as one:
        assert await one.leads("intake")


async def _take_lease(database: Database, who: str) -> int | None:
    async with database.write() as session:
        return await leases.take(session, "sender", who)


async def test_a_lease_is_its_holders_until_that_is_gone(server: Database) -> None:
    other = Database(server.url.render_as_string(hide_password=False))
    async with Presence(other, "two"):
        async with Presence(server, "one"):
            assert await _take_lease(server, "one") == 1
            assert await _take_lease(other, "two") is None
        assert await _take_lease(other, "two") == 2
        assert await _take_lease(server, "one") is None
    await other.close()


async def test_a_lease_that_was_given_up_is_free_at_once(server: Database) -> None:
    async with Presence(server, "one"):
        assert await _take_lease(server, "one") == 1
        async with server.write() as session:
            await leases.give_up(session, "sender", 1)

        assert await _take_lease(server, "two") == 2


async def test_a_lease_that_is_not_renewed_is_taken_from_a_process_that_sleeps(
    server: Database,
) -> None:
    async with Presence(server, "one"):
        assert await _take_lease(server, "one") == 1
        async with server.write() as session:
            await session.execute(text("UPDATE leases SET renewed_at = now() - interval '16 s'"))

        assert await _take_lease(server, "two") == 2
        async with server.write() as session:
            with pytest.raises(LeaseLost):
                await leases.renew(session, "sender", 1)


async def test_of_many_that_see_a_lease_free_at_once_no_two_get_the_same_number(
    server: Database,
) -> None:
    taken = await asyncio.gather(*(_take_lease(server, f"{who}") for who in range(15)))

    numbers = [fence for fence in taken if fence is not None]
    assert numbers
    assert len(set(numbers)) == len(numbers)
