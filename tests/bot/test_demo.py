"""The demo city, which a fresh playground begins with."""

from pathlib import Path

from bot import demo
from knowledge.holidays import Holidays
from models import Database, areas, inventory, memberships, roles
from models.inventory import Counts
from models.roles import Role
from tests.conftest import MONDAY, Town


async def test_a_fresh_playground_has_a_city_with_people(database: Database) -> None:
    await demo.load(database, MONDAY)

    async with database.read() as session:
        assert await inventory.counts(session) == Counts(areas=6, households=40, stations=3)
        assert await inventory.unreadable(session) == []
        grandma = await memberships.of(session, demo.GRANDMA)
        son = await memberships.of(session, demo.SON)
        held = await roles.held(session, [each.id or 0 for each in demo.CAST], [demo.ADMIN])
    assert grandma
    assert son
    assert grandma.household_id == son.household_id
    assert {id_: [one.role for one in found] for id_, found in held.items()} == {
        demo.VOLUNTEER: [Role.VOLUNTEER],
        demo.STAFF: [Role.STAFF],
        demo.ADMIN: [Role.ADMIN],
    }


async def test_it_comes_once_and_leaves_a_city_of_ones_own_alone(database: Database) -> None:
    await demo.load(database, MONDAY)
    await demo.load(database, MONDAY)

    async with database.read() as session:
        assert (await inventory.counts(session)).households == 40


async def test_its_policies_hold(database: Database) -> None:
    await demo.load(database, MONDAY)

    async with database.read() as session:
        lakeside = await areas.by_code(session, "lakeside")
        assert lakeside
        policy = await areas.policy(session, lakeside.id, Holidays.load())
    assert policy.tariff.right == 4
    assert policy.phone == "0000-8001000"


async def test_people_on_the_page_can_stand_at_each_station(database: Database) -> None:
    await demo.load(database, MONDAY)

    places = await demo.places(database)

    assert [each.name for each in places] == ["翠湖苑南门", "阳光花园东门", "阳光花园荷塘"]


async def test_the_volunteer_of_the_demo_guards_and_records(town: Town) -> None:
    await demo.load(town.database, town.clock())
    account = town.playground.person("张阿姨", demo.VOLUNTEER)
    from tests.people import Person

    zhang = Person(account, town.settle)
    await zhang.starts()

    await zhang.sends_location(30.5152, 120.9480)
    await zhang.says("3-1-601 对")

    assert "3-1-601" in zhang.sees


def test_its_files_lie_where_they_are_shipped() -> None:
    names = sorted(file.name for file in Path(demo.FOLDER).iterdir())

    tables = ("areas", "collections", "households", "staff", "stations")
    assert names == [f"{table}.csv" for table in tables]
