"""Who may do what: every handler, asked by everybody, and all books compared before and after."""

import os
from collections import defaultdict
from collections.abc import Iterator

import pytest

import handlers
from bot.playground.rules import Json
from handlers.texts import texts
from knowledge.catalogue import Catalogue
from knowledge.search import Search
from tests.databases import NO_SERVER, SERVER, Databases
from tests.handlers import neighbourhood
from tests.handlers.matrix import MATRIX, Row
from tests.handlers.neighbourhood import Neighbourhood, Who, here, name_of

__all__ = ["here"]

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAMPLE = (
    "drop_offs.record_scanned", "drop_offs.fix", "registry.find", "joining.answer",
    "settlements.pass_on", "roles.revoke", "lessons.teach", "quizzes.answer", "problems.report",
    "inbox.take",
)  # fmt: skip
"""Rows that are tried on PostgreSQL, too."""


def rows() -> dict[str, list[Row]]:
    """The rows of each handler."""
    found = defaultdict(list)
    for row in MATRIX:
        found[row.handler].append(row)
    return dict(found)


def registered() -> set[str]:
    """Every handler that there is."""
    return {
        name_of(handler.callback)
        for router in handlers.routers()
        for observer in router.observers.values()
        for handler in observer.handlers
    }


async def check(here: Neighbourhood, row: Row) -> list[str]:
    """What is wrong with a row; who changes nothing is asked together with the others."""
    alone = [who for who in Who if who in row.may and row.changes]
    wrong, changed = await ask(here, row, *(who for who in Who if who not in alone))
    if changed:  # perhaps by another handler, which may
        wrong, alone = [], list(Who)
    for who in alone:
        wrong += (await ask(here, row, who))[0]
    return wrong


async def ask(here: Neighbourhood, row: Row, *people: Who) -> tuple[list[str], list[str]]:
    """Ask as these personas; what is not as it should be, and the tables that changed."""
    if row.asked:
        await here.are_asked(people, row.asked)
    here.outcome.ended.clear()
    heard = len(here.town.playground.deliveries())
    here.all_speak = True
    for who in people:
        here.people[who].press = None
        await row.act(here, who)
    here.all_speak = False
    await here.settle()
    changed = await here.changed()
    said = here.town.playground.deliveries()[heard:]
    await here.put_back(changed)
    found = [
        f"{who}: {each}; {here.outcome.ended[here.people[who].id]}"
        for who in people
        for each in (
            *_effects(here, row, who, changed),
            *_answers(here, row, who, [one.message for one in said]),
        )
    ]
    return found, changed


def _effects(here: Neighbourhood, row: Row, who: Who, changed: list[str]) -> Iterator[str]:
    done, may = here.outcome.done(here.people[who], row.handler), who in row.may
    if may and not done:
        yield "was not heard"
    if may and row.changes and row.changes not in changed:
        yield f"changed {changed} and not {row.changes}"
    if not may and done and who not in row.told:
        yield "was heard"
    if changed and not (may and row.changes) and not by_another(here, row, who):
        yield f"changed {changed}"


def _answers(here: Neighbourhood, row: Row, who: Who, said: list[Json]) -> Iterator[str]:
    person = here.people[who]
    own = [str(message.get("text")) for message in said if message["chat"]["id"] == person.id]
    toast = person.press.answer if person.press else None
    done = here.outcome.done(person, row.handler)
    if not (row.silent or own or (toast and (toast["text"] or done))):
        yield "was not answered"
    if any(texts("zh")("fault") in each for each in own):
        yield "met a fault"


def by_another(here: Neighbourhood, row: Row, who: Who) -> bool:
    """Whether the same words go to another handler, by which this persona may change things."""
    may = {each.handler for each in MATRIX if each.changes and who in each.may} - {row.handler}
    return any(here.outcome.done(here.people[who], handler) for handler in may)


async def test_every_handler_has_a_row() -> None:
    assert set(rows()) - registered() == set(), "rows of handlers that are gone"
    assert registered() - set(rows()) == set(), "handlers about which nobody has thought"


@pytest.mark.skipif(not os.environ.get(SERVER), reason=NO_SERVER)
async def test_so_it_is_on_postgresql(
    databases: Databases, catalogue: Catalogue, search: Search
) -> None:
    wrong = []
    async with neighbourhood.opened(databases.new("postgresql"), catalogue, search) as here:
        for handler in SAMPLE:
            wrong += await check(here, rows()[handler][0])
        assert await here.failed() == []
    assert wrong == []


@pytest.mark.parametrize("handler", sorted(rows()))
async def test_who_may_is_heard_and_nobody_else_changes_anything(
    here: Neighbourhood, handler: str
) -> None:
    wrong = []
    for row in rows()[handler]:
        wrong += await check(here, row)

    assert wrong == []
    assert await here.failed() == []
