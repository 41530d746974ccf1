"""Who may do what: every handler, asked by everybody, and all books compared before and after."""

from collections import defaultdict
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

import handlers
from bot.playground import Playground
from handlers.texts import texts
from knowledge.catalogue import Catalogue
from knowledge.holidays import Holidays
from knowledge.schemes import load_scheme
from knowledge.search import Search
from bot.app import Place
from models import Database
from tests.conftest import TOKEN, Clock, Town
from tests.databases import NO_SERVER, Databases
from tests.handlers import neighbourhood
from tests.handlers.matrix import MATRIX, Row
from tests.handlers.neighbourhood import Neighbourhood, Who, name_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAMPLE = (
    "drop_offs.record_scanned", "drop_offs.fix", "registry.find", "joining.answer",
    "settlements.pass_on", "roles.revoke",
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


def opened(url: str, catalogue: Catalogue, search: Search) -> Town:
    """A town on this database."""
    clock = Clock()
    four_way = load_scheme("four_way")
    place = Place(catalogue, four_way, search, "zh", "Asia/Shanghai", Holidays.load())
    return Town(Playground(token=TOKEN, clock=clock), Database(url), place, clock)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(
    databases: Databases, catalogue: Catalogue, search: Search
) -> AsyncIterator[Neighbourhood]:
    town = opened(databases.new("sqlite"), catalogue, search)
    await town.opens()
    built = await neighbourhood.build(town)
    yield built
    await town.closes()
    await town.database.close()


async def ask(here: Neighbourhood, row: Row, who: Who) -> list[str]:
    """Ask as this persona; what is not as it should be."""
    person, wrong = here.people[who], []
    heard, person.press = len(here.town.playground.deliveries(person.id)), None
    here.outcome.ended.clear()
    await row.act(here, who)
    changed = await here.changed()
    done = here.outcome.done(row.handler)
    if who in row.may:
        if not done:
            wrong.append("was not heard")
        if row.changes and row.changes not in changed:
            wrong.append(f"changed {changed} and not {row.changes}")
    elif done and who not in row.told:
        wrong.append("was heard")
    if changed and not (who in row.may and row.changes) and not by_another(here, row, who):
        wrong.append(f"changed {changed}")
    said = here.town.playground.deliveries(person.id)[heard:]
    toast = person.press.answer if person.press else None
    if not (row.silent or said or (toast and (toast["text"] or done))):
        wrong.append("was not answered")
    if any(texts("zh")("fault") in str(each.message.get("text")) for each in said):
        wrong.append("met a fault")
    await here.put_back(changed)
    return [f"{who}: {each}; {here.outcome.ended}" for each in wrong]


def by_another(here: Neighbourhood, row: Row, who: Who) -> bool:
    """Whether the same words go to another handler, by which this persona may change things."""
    may = {each.handler for each in MATRIX if each.changes and who in each.may} - {row.handler}
    return any(here.outcome.done(handler) for handler in may)


async def test_every_handler_has_a_row() -> None:
    assert set(rows()) - registered() == set(), "rows of handlers that are gone"
    assert registered() - set(rows()) == set(), "handlers about which nobody has thought"


@pytest.mark.parametrize("handler", sorted(rows()))
async def test_who_may_is_heard_and_nobody_else_changes_anything(
    here: Neighbourhood, handler: str
) -> None:
    wrong = []
    for row in rows()[handler]:
        for who in Who:
            wrong += await ask(here, row, who)

    assert wrong == []
    assert await here.failed() == []
