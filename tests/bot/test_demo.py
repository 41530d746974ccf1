"""The demo city, which a fresh playground begins with."""

from pathlib import Path

from bot import demo
from knowledge.calendar import Civil
from knowledge.holidays import Holidays
from models import Database, areas, inventory, memberships, roles, stations
from models.inventory import Counts
from models.roles import Role
from tests.city import SHANGHAI
from tests.conftest import MONDAY, Town
from tests.people import Person

CIVIL = Civil(SHANGHAI, Holidays.load())


async def test_a_fresh_playground_has_a_city_with_people(database: Database) -> None:
    await demo.load(database, CIVIL, MONDAY)

    async with database.read() as session:
        assert await inventory.counts(session) == Counts(areas=6, households=40, stations=4)
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
        demo.CREW: [Role.CREW],
        demo.ADMIN: [Role.ADMIN],
    }


async def test_it_comes_once_and_leaves_a_city_of_ones_own_alone(database: Database) -> None:
    await demo.load(database, CIVIL, MONDAY)
    await demo.load(database, CIVIL, MONDAY)

    async with database.read() as session:
        assert (await inventory.counts(session)).households == 40


async def test_its_policies_hold(database: Database) -> None:
    await demo.load(database, CIVIL, MONDAY)

    async with database.read() as session:
        lakeside = await areas.by_code(session, "lakeside")
        assert lakeside
        policy = await areas.policy(session, lakeside.id, Holidays.load())
    assert policy.tariff.right == 4
    assert policy.phone == "0000-8001000"
    assert policy.pickups.households == 20


async def test_people_on_the_page_can_stand_at_each_station(database: Database) -> None:
    await demo.load(database, CIVIL, MONDAY)

    places = await demo.places(database)

    assert [each.name for each in places] == [
        "望江街道大件和装修垃圾投放点", "翠湖苑南门", "阳光花园东门", "阳光花园荷塘",
    ]  # fmt: skip


async def test_the_volunteer_of_the_demo_guards_and_records(town: Town) -> None:
    await demo.load(town.database, CIVIL, town.clock())
    account = town.playground.person("张阿姨", demo.VOLUNTEER)
    zhang = Person(account, town.settle)
    await zhang.starts()

    await zhang.sends_location(30.5152, 120.9480)
    await zhang.says("3-1-601 对")

    assert "3-1-601" in zhang.sees


async def test_the_crew_of_the_demo_has_a_round(town: Town) -> None:
    await demo.load(town.database, CIVIL, town.clock())
    zhao = Person(town.playground.person("赵师傅", demo.CREW), town.settle)
    await zhao.starts()

    await zhao.says("/run")
    assert "共 4 户，还有 4 户" in zhao.sees
    await zhao.says("1 完成")

    assert "✅ 1 号 1-1-302：收走了。\n还有 3 户。" in zhao.sees


def test_its_files_lie_where_they_are_shipped() -> None:
    names = sorted(file.name for file in Path(demo.FOLDER).iterdir())

    assert names == ["areas.csv", "households.csv", "staff.csv", "stations.csv"]


async def test_what_a_station_takes_is_looked_at(database: Database) -> None:
    await demo.load(database, CIVIL, MONDAY)
    async with database.write() as session:
        found = await stations.within(session, [1])
        next(each for each in found if each.takes).takes = "bulky,飞碟"

    async with database.read() as session:
        assert await inventory.unreadable(session) == [("wangjiang-bulky", "takes")]
