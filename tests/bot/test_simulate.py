"""A simulated month, kept small: twenty households, three days."""

import asyncio
import dataclasses
import threading
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from bot import demo
from bot.app import Place
from bot.commands import PLAYGROUND_TOKEN
from bot.playground import Playground
from bot.playground.disk import Disk
from bot.playground.stage import Stage
from bot.sender import Sender
from bot.simulation import report
from bot.simulation.acts import Way
from bot.simulation.command import Wanted, simulate
from bot.simulation.report import Report
from models import Database, Session, drop_offs, figures, points
from models.points import Account, Transfer
from tests.databases import Databases
from tests.people import words
from tests.trials.tools import Zygote

SMALL = Wanted(households=20, days=3, seed=7, until=date(2026, 11, 1))
"""In this one there is everything: each way of recording, questions, something comes twice."""
SMALLER = dataclasses.replace(SMALL, households=8, days=2)

Found = TypeVar("Found")


def test_a_small_month_leaves_its_books_right(database_url: str, place: Place) -> None:
    made = simulate(database_url, place, SMALL)

    assert made.is_right, made
    assert (made.total, made.unbalanced, made.faults, made.at_a_loss) == (0, 0, 0, 0)
    assert made.drop_offs > SMALL.households
    assert sum(made.by_way.values()) == made.drop_offs
    assert None not in made.by_way, "each drop-off was told by somebody"
    assert made.by_way.keys() == {*Way}
    assert made.figures.living
    assert made.figures.shifts
    assert made.figures.changes
    assert made.asked
    assert made.came_twice
    assert _ask(database_url, points.total) == 0
    assert _ask(database_url, points.unbalanced) == []


def test_the_same_seed_gives_the_same_books_on_either_database_and_another_one_others(
    database_url: str, databases: Databases, place: Place
) -> None:
    again, other = databases.new("sqlite"), databases.new("sqlite")
    for url, seed in ((database_url, 7), (again, 7), (other, 8)):
        simulate(url, place, dataclasses.replace(SMALLER, seed=seed))

    assert _ask(again, _books) == _ask(database_url, _books)
    assert _ask(other, _books) != _ask(database_url, _books)


def test_points_from_nowhere_are_seen(
    monkeypatch: pytest.MonkeyPatch, place: Place, databases: Databases
) -> None:
    draw_up = report.draw_up

    async def after_a_gift(database: Database, *rest: Any) -> Report:
        async with database.write() as session:
            own = Account.kind == points.Kind.OWN
            await session.execute(update(Account).where(own).values(balance=Account.balance + 1))
        return await draw_up(database, *rest)

    monkeypatch.setattr(report, "draw_up", after_a_gift)
    made = simulate(databases.new("sqlite"), place, SMALLER)

    assert made.total == made.unbalanced > 0
    assert not made.is_right


def test_a_handler_that_breaks_is_seen(
    monkeypatch: pytest.MonkeyPatch, place: Place, databases: Databases
) -> None:
    async def broken(*_: object) -> None:
        msg = "broken for a test"
        raise RuntimeError(msg)

    monkeypatch.setattr(drop_offs, "record", broken)
    made = simulate(databases.new("sqlite"), place, SMALLER)

    assert made.faults
    assert not made.is_right


def test_a_bot_that_breaks_ends_the_month_at_once(
    monkeypatch: pytest.MonkeyPatch, place: Place, databases: Databases
) -> None:
    async def broken(*_: object) -> None:
        msg = "broken for a test"
        raise RuntimeError(msg)

    seen: list[str] = []

    def month() -> None:
        with pytest.raises(RuntimeError, match="broken for a test"):
            simulate(databases.new("sqlite"), place, SMALLER)
        seen.append("the fault")

    monkeypatch.setattr(Sender, "run", broken)
    # A month that waits for ever cannot be asked to end; it is left behind.
    passing = threading.Thread(target=month, daemon=True)
    passing.start()
    passing.join(30)

    assert seen == ["the fault"]


@pytest.mark.asyncio(loop_scope="session")
async def test_the_command_leaves_chats_for_the_playground_and_touches_nothing_twice(
    zygote: Zygote, tmp_path: Path
) -> None:
    arguments = (
        "simulate", "--households", "6", "--days", "2", "--seed", "3", "--keep-playground",
        "--database", "played.db",
    )  # fmt: skip
    status, said = await _command(zygote, *arguments)

    assert status == 0, said
    assert "Sum of balances: 0\n" in said
    assert "Households: 6, " in said
    box = Playground(token=PLAYGROUND_TOKEN, clock=lambda: datetime.now(UTC))
    Disk(tmp_path / "played.json", box.world).load()
    stage = Stage(box, cast=demo.CAST)
    grandma = stage.person(demo.GRANDMA)
    assert any("加入了 阳光花园 3-1-502" in words(m) for m in grandma.chat.messages.values())
    before = (tmp_path / "played.db").read_bytes()
    status, said = await _command(zygote, *arguments)
    assert status == 2
    assert "There is something in played.json" in said
    status, said = await _command(zygote, *arguments[:-3], *arguments[-2:])
    assert status == 2
    assert "There is something in played.db" in said
    assert (tmp_path / "played.db").read_bytes() == before


def _ask(url: str, question: Callable[[Session], Awaitable[Found]]) -> Found:
    async def ask() -> Found:
        database = Database(url)
        try:
            async with database.read() as session:
                return await question(session)
        finally:
            await database.close()

    return asyncio.run(ask())


async def _books(session: Session) -> tuple[Sequence[Any], Sequence[Any]]:
    """Drop-offs and transfers, by what they say and not by their numbers."""
    debit, credit = aliased(Account), aliased(Account)
    moved = await session.execute(
        select(
            debit.kind, debit.owner_id, credit.kind, credit.owner_id,
            Transfer.points, Transfer.reason, Transfer.at,
        )
        .join(debit, debit.id == Transfer.debit_id)
        .join(credit, credit.id == Transfer.credit_id)
    )  # fmt: skip
    recorded = [dataclasses.astuple(one) for one in await figures.recorded(session)]
    return sorted(recorded), sorted(tuple(row) for row in moved)


async def _command(zygote: Zygote, *arguments: str) -> tuple[int, str]:
    async with zygote.command(*arguments) as command:
        said = await command.stdout.read()
        return await command.wait(), said.decode()
