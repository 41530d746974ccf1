"""What a city owns comes from files: checked as a whole, then all or nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from knowledge import households as spoken
from knowledge import shorthand
from knowledge.holidays import Holidays
from knowledge.streams import Stream
from models import Database, areas, exports, households, imports, invitations, roles, stations
from models.areas import Area
from models.households import Card, Household
from models.imports import BadImport, Kind, Report, Table, Wrong
from models.imports.counts import Count, Ended, Missing
from models.roles import Held, Role
from models.stations import Station
from tests.models.conftest import MORNING
from tests.tables import table

AREAS = table(
    """
    code,  name,     kind,     parent, scheme,   windows,                  tariff,  phone
    river, 临江市,   city,     ,       four_way, ,                         ,        12345
    lake,  临湖区,   district, river,  ,         ,                         ,
    gate,  桥头街道, street,   lake,   ,         ,                         ,
    bay,   桂花社区, community,gate,   ,         mo-su 07:00-09:00,        visit 3, 8001
    sunny, 阳光花园, estate,   bay,    ,         ,                         ,
    """,
    "areas.csv",
)
HOMES = table(
    """
    area,  building, unit,  room
    sunny, 3栋,      1单元, 502室
    sunny, 03,       1,     0601
    sunny, Ａ座,     ,      1203
    """,
    "households.csv",
)
STATIONS = table(
    """
    area,  code, name, address,    latitude, longitude, responsible, phone, destination
    sunny, east, 东门, 东门岗亭旁, 30.2741,  120.1551,  洁净公司,    8002,  临江焚烧厂
    """,
    "stations.csv",
)
STAFF = table(
    """
    area,  role,      note,   telegram id
    sunny, volunteer, 张阿姨,
    sunny, 志愿者,    老李,   4711
    bay,   staff,     王主任, 4712
    """,
    "staff.csv",
)
RULES = table(
    """
    area,  from,       name,   group,      also,          source
    river, 2024-01-01, 花生壳, hard_shell, ,              临江市通告
    river, 2025-01-01, 花生壳, usual,      ,              临江市通告
    river, 2024-01-01, 纸尿裤, hygiene,    尿片;尿布湿,   临江市通告
    """,
    "rules.csv",
)
CITY = (AREAS, HOMES, STATIONS, STAFF, RULES)


async def run(database: Database, *tables: Table, after: timedelta = timedelta()) -> Report:
    async with database.write() as session:
        return await imports.run(session, tables, MORNING + after)


async def problems(database: Database, *tables: Table) -> list[tuple[str, int, str, Wrong]]:
    """Everything that is wrong, as a dry run finds it."""
    async with database.read() as session:
        with pytest.raises(BadImport) as raised:
            await imports.plan(session, tables, MORNING)
    return [(one.file, one.row, one.column, one.kind) for one in raised.value.problems]


async def count(database: Database, of: type) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(of)) or 0


# All of a city.


async def test_a_city_comes_from_its_files(database: Database) -> None:
    report = await run(database, *CITY)

    assert report.counts == {
        Kind.AREAS: Count(new=5),
        Kind.HOUSEHOLDS: Count(new=3),
        Kind.STATIONS: Count(new=1),
        Kind.STAFF: Count(new=3),
        Kind.RULES: Count(new=3),
    }
    async with database.read() as session:
        sunny = await areas.by_code(session, "sunny")
        assert sunny
        chain = [area.name for area in await areas.above(session, sunny.id)]
        assert chain == ["阳光花园", "桂花社区", "桥头街道", "临湖区", "临江市"]
        station = await session.scalar(select(Station))
        assert station
        assert (station.name, station.latitude, station.destination) == (
            "东门",
            30.2741,
            "临江焚烧厂",
        )
        found = await session.scalars(select(Household).order_by(Household.id))
        assert [home.address for home in found] == ["3-1-502", "3-1-0601", "A-1203"]


async def test_the_same_files_again_change_nothing(database: Database) -> None:
    await run(database, *CITY)

    again = await run(database, *CITY, after=timedelta(hours=1))

    assert again.counts == {
        Kind.AREAS: Count(same=5),
        Kind.HOUSEHOLDS: Count(same=3),
        Kind.STATIONS: Count(same=1),
        Kind.STAFF: Count(same=3),
        Kind.RULES: Count(same=3),
    }
    assert (again.missing, again.invited, again.ended) == ([], [], [])


async def test_a_dry_run_says_the_same_and_writes_nothing(database: Database) -> None:
    async with database.read() as session:  # which cannot write
        planned = await imports.plan(session, CITY, MORNING)

    done = await run(database, *CITY)

    assert planned.report.counts == done.counts


async def test_files_in_chinese_say_the_same(database: Database) -> None:
    await run(database, *CITY)
    chinese = table(
        """
        所属区域, 编号, 名称, 纬度,    经度
        sunny,    east, 东门, 30.2741, 120.1551
        """
    )
    homes = table("小区编号,楼栋,单元,房号\nsunny,三栋,一单元,502")

    report = await run(database, chinese, homes)

    assert report.counts[Kind.STATIONS] == Count(same=1)
    assert report.counts[Kind.HOUSEHOLDS] == Count(same=1)


async def test_a_file_may_hold_only_what_changes(database: Database) -> None:
    await run(database, *CITY)

    report = await run(database, table("code,kind,phone\nbay,社区,8009"))

    assert report.counts == {Kind.AREAS: Count(changed=1)}
    async with database.read() as session:
        bay = await areas.by_code(session, "bay")
        assert bay
        assert (bay.phone, bay.tariff, bay.name) == ("8009", "visit 3", "桂花社区")


async def test_an_empty_cell_takes_a_decision_back(database: Database) -> None:
    await run(database, *CITY)

    await run(database, table("code,kind,tariff\nbay,社区,"))

    async with database.read() as session:
        bay = await areas.by_code(session, "bay")
        assert bay
        assert (bay.tariff, bay.windows) == (None, "mo-su 07:00-09:00")


async def test_what_the_files_do_not_name_is_told_and_stays(database: Database) -> None:
    await run(database, *CITY)

    report = await run(
        database,
        table("code,kind\nsunny,estate"),
        table("area,building,unit,room\nsunny,3,1,502"),
        table("area,code,name\nsunny,west,西门"),
    )

    assert report.missing == [
        Missing(Kind.AREAS, "", 4, ("bay", "gate", "lake", "river")),
        Missing(Kind.HOUSEHOLDS, "sunny", 2, ("3-1-0601", "A-1203")),
        Missing(Kind.STATIONS, "", 1, ("east",)),
    ]
    assert await count(database, Household) == 3


async def test_one_bad_row_keeps_all_files_out(database: Database) -> None:
    bad = table("area,building,room\nnowhere,1,101")

    with pytest.raises(BadImport):
        await run(database, AREAS, bad)

    assert await count(database, Area) == 0


# Areas.


async def test_an_area_that_moves_takes_along_what_lies_in_it(database: Database) -> None:
    await run(database, *CITY, table("code,name,kind,parent\nhill,山前街道,street,lake"))

    await run(database, table("code,name,kind,parent\nbay,桂花社区,community,hill"))

    async with database.read() as session:
        sunny = await areas.by_code(session, "sunny")
        assert sunny
        chain = [area.code for area in await areas.above(session, sunny.id)]
    assert chain == ["sunny", "bay", "hill", "lake", "river"]


async def test_a_parent_may_stand_below_its_children(database: Database) -> None:
    await run(database, table("code,name,kind,parent\nb,B,estate,a\na,A,社区,"))

    async with database.read() as session:
        b = await areas.by_code(session, "b")
        assert b
        assert [area.code for area in await areas.above(session, b.id)] == ["b", "a"]


async def test_what_is_collected_comes_with_the_areas_and_goes_out_with_them(
    database: Database,
) -> None:
    await run(database, *CITY)
    written = "收运日 周二、周五；每日户数 20"
    await run(
        database,
        table(f"编号,大件预约\nbay,{written}"),
        table("area,code,name,另收\ngate,bulky,投放点,大件垃圾、renovation"),
    )

    async with database.read() as session:
        sunny = await areas.by_code(session, "sunny")
        bay = await areas.by_code(session, "bay")
        assert sunny
        assert bay
        policy = await areas.policy(session, sunny.id, Holidays.load())
        assert (policy.pickups.households, policy.pickups_area) == (20, bay.id)
        [place] = await stations.taking(session, sunny.id, Stream.BULKY)
        assert (place.name, place.takes) == ("投放点", "bulky,renovation")
        assert await stations.taking(session, sunny.id, Stream.FOOD) == []
        exported = await exports.rows(session, Kind.AREAS, "en")
    assert written in [row[7] for row in exported]
    await run(database, table("code,pickups\nbay,"), table("code,takes\nbulky,"))
    async with database.read() as session:
        policy = await areas.policy(session, sunny.id, Holidays.load())
        assert (policy.pickups.households, policy.pickups_area) == (40, sunny.id)
        assert await stations.taking(session, sunny.id, Stream.BULKY) == []


async def test_what_is_wrong_with_what_is_collected_is_told(database: Database) -> None:
    await run(database, *CITY)

    found = await problems(
        database,
        table("code,pickups\nbay,households many", "a.csv"),
        table("code,takes\neast,大件、飞碟", "b.csv"),
    )

    assert found == [
        ("a.csv", 2, "pickups", Wrong.BAD_PICKUPS),
        ("b.csv", 2, "takes", Wrong.UNKNOWN_STREAM),
    ]


@pytest.mark.parametrize(
    ("row", "column", "kind"),
    [
        (",乙,estate,bay,,,", "code", Wrong.MISSING),
        ("new,,estate,bay,,,", "name", Wrong.MISSING),
        ("new,乙,,bay,,,", "kind", Wrong.MISSING),
        ("new,乙,planet,bay,,,", "kind", Wrong.UNKNOWN_KIND),
        ("new,乙,estate,atlantis,,,", "parent", Wrong.UNKNOWN_AREA),
        ("new,乙,city,bay,,,", "parent", Wrong.WRONG_PARENT),
        ("new,乙,estate,sunny,,,", "parent", Wrong.WRONG_PARENT),
        ("new,乙,estate,new,,,", "parent", Wrong.WRONG_PARENT),
        ("new,乙,estate,bay,五分法,,", "scheme", Wrong.UNKNOWN_SCHEME),
        ("new,乙,estate,bay,,mo-su 7-9,", "windows", Wrong.BAD_WINDOWS),
        ("new,乙,estate,bay,,,visit many", "tariff", Wrong.BAD_TARIFF),
        (f"new,{'乙' * 61},estate,bay,,,", "name", Wrong.TOO_LONG),
        (f"{'n' * 41},乙,estate,bay,,,", "code", Wrong.TOO_LONG),
    ],
)
async def test_what_is_wrong_with_an_area_is_told(
    database: Database, row: str, column: str, kind: Wrong
) -> None:
    await run(database, *CITY)
    text = f"code,name,kind,parent,scheme,windows,tariff\n{row}"

    assert await problems(database, table(text)) == [("file.csv", 2, column, kind)]


async def test_an_area_keeps_a_kind_that_what_lies_in_it_may_have(database: Database) -> None:
    await run(database, *CITY)

    found = await problems(database, table("code,name,kind\nbay,桂花社区,estate"))

    assert found == [("file.csv", 2, "kind", Wrong.WRONG_PARENT)]


async def test_the_same_area_twice_is_told_with_the_row_before(database: Database) -> None:
    twice = table("code,name,kind\na,A,city\nb,B,city\na,A,city")

    async with database.read() as session:
        with pytest.raises(BadImport) as raised:
            await imports.plan(session, [twice], MORNING)

    (problem,) = raised.value.problems
    assert (problem.row, problem.kind, problem.values["row"]) == (4, Wrong.TWICE, "2")


# Households.


async def test_each_household_gets_a_card_of_its_own(database: Database) -> None:
    await run(database, *CITY)

    async with database.read() as session:
        cards = list(await session.scalars(select(Card)))
    assert len({card.household_id for card in cards}) == len(cards) == 3
    assert len({card.number for card in cards}) == len({card.token for card in cards}) == 3


async def test_an_address_that_was_given_up_is_taken_again(database: Database) -> None:
    await run(database, *CITY)
    async with database.write() as session:
        home = await session.scalar(select(Household).where(Household.building == "A"))
        assert home
        await households.succeed(session, home, MORNING)

    report = await run(database, HOMES)

    assert report.counts == {Kind.HOUSEHOLDS: Count(same=3)}
    assert await count(database, Household) == 4


@pytest.mark.parametrize(
    ("row", "column", "kind"),
    [
        (",1,1,101", "area", Wrong.MISSING),
        ("atlantis,1,1,101", "area", Wrong.UNKNOWN_AREA),
        ("lake,1,1,101", "area", Wrong.NOT_FOR_HOMES),
        ("sunny,,1,101", "building", Wrong.MISSING),
        ("sunny,1,1,", "room", Wrong.MISSING),
        (f"sunny,{'长' * 21},1,101", "building", Wrong.TOO_LONG),
        ("sunny,1栋,1单元,８０１室", "room", Wrong.TWICE),
    ],
)
async def test_what_is_wrong_with_a_household_is_told(
    database: Database, row: str, column: str, kind: Wrong
) -> None:
    await run(database, AREAS)
    homes = table(f"area,building,unit,room\nsunny,1,1,801\n{row}")

    assert await problems(database, homes) == [("file.csv", 3, column, kind)]


async def test_the_same_household_in_two_files_is_told(database: Database) -> None:
    first = table("area,building,room\nsunny,1,101", "a.csv")
    second = table("area,building,room\nsunny,1栋,101室", "b.csv")

    found = await problems(database, AREAS, first, second)

    assert found == [("b.csv", 2, "room", Wrong.TWICE)]


@pytest.mark.parametrize(
    ("building", "unit", "room", "said"),
    [
        ("3栋", "1单元", "502室", "3-1-502"),
        ("０３", "０１", "５０２", "3栋1单元502"),
        ("二十五号楼", "二单元", "601", "25-2-601"),
        ("A座", "", "1203室", "a座1203"),
        ("3#楼", "甲", "0502", "3-甲-0502"),
        ("b2", "1门", "a01", "B2栋1门A01室"),
    ],
)
def test_a_list_and_a_volunteer_mean_the_same_home(
    building: str, unit: str, room: str, said: str
) -> None:
    named = spoken.named(shorthand.plain(said), 0)
    assert named
    assert isinstance(named.household, spoken.Address)

    parts = [
        spoken.part("building", building),
        spoken.part("unit", unit),
        spoken.part("room", room),
    ]

    assert parts == [named.household.building, named.household.unit or "", named.household.room]


# Stations.


async def test_a_station_keeps_its_sign_when_it_changes(database: Database) -> None:
    await run(database, *CITY)
    async with database.read() as session:
        before = await session.scalar(select(Station.token))

    report = await run(database, table("area,code,name,phone\nbay,east,东大门,8003"))

    assert report.counts == {Kind.STATIONS: Count(changed=1)}
    async with database.read() as session:
        station = await session.scalar(select(Station))
        bay = await areas.by_code(session, "bay")
    assert station
    assert bay
    assert (station.token, station.name, station.area_id) == (before, "东大门", bay.id)


# Staff.


async def test_a_row_without_an_id_makes_one_link_and_not_another(database: Database) -> None:
    first = await run(database, *CITY)
    again = await run(database, STAFF, after=timedelta(hours=47))
    too_late = await run(database, STAFF, after=timedelta(hours=49))

    (invited,) = first.invited
    assert (invited.area, invited.role, invited.note) == ("sunny", "volunteer", "张阿姨")
    assert again.invited == []
    assert [each.note for each in too_late.invited] == ["张阿姨"]


async def test_who_came_by_a_link_is_not_invited_again(database: Database) -> None:
    (invited,) = (await run(database, *CITY)).invited
    async with database.write() as session:
        await invitations.accept(session, invited.token, 4713, "Zhang", MORNING)

    report = await run(database, STAFF, after=timedelta(days=30))

    assert report.counts == {Kind.STAFF: Count(same=3)}


async def test_an_id_gets_the_role_at_once(database: Database) -> None:
    await run(database, *CITY)

    async with database.read() as session:
        held = await roles.held(session, [4711, 4712], ())
        sunny, bay = await areas.by_code(session, "sunny"), await areas.by_code(session, "bay")
    assert sunny
    assert bay
    assert held == {
        4711: (Held(Role.VOLUNTEER, sunny.id),),
        4712: (Held(Role.STAFF, bay.id),),
    }


async def test_an_old_file_gives_no_role_back_that_was_taken_away(database: Database) -> None:
    await run(database, *CITY)
    admin = (Held(Role.ADMIN, roles.EVERYWHERE),)
    async with database.write() as session:
        (li,) = await roles.people(session, admin, 9, called="老李")
        await roles.revoke(session, admin, li.grant_id, 1, MORNING)

    report = await run(database, STAFF)

    assert report.ended == [Ended("sunny", "volunteer", 4711)]
    async with database.read() as session:
        assert await roles.held(session, [4711], ()) == {}


# Rows that are wrong.


STATION = "area,code,name,latitude,longitude\nsunny,west,西门,30.2,120.1"
TWO_OF_STAFF = "area,role,note,telegram_id\nsunny,志愿者,老李,\nsunny,志愿者,王,12"


@pytest.mark.parametrize(
    ("good", "row", "column", "kind"),
    [
        (STATION, "sunny,,东门,30.27,120.15", "code", Wrong.MISSING),
        (STATION, ",east,东门,30.27,120.15", "area", Wrong.MISSING),
        (STATION, "atlantis,east,东门,30.27,120.15", "area", Wrong.UNKNOWN_AREA),
        (STATION, "sunny,east,,30.27,120.15", "name", Wrong.MISSING),
        (STATION, "sunny,east,东门,120.15,30.27", "latitude", Wrong.SWAPPED),
        (STATION, "sunny,east,东门,3027,120.15", "latitude", Wrong.NOT_A_NUMBER),
        (STATION, "sunny,east,东门,北纬30,120.15", "latitude", Wrong.NOT_A_NUMBER),
        (STATION, "sunny,east,东门,90.1,120.15", "latitude", Wrong.NOT_IN_CHINA),
        (STATION, "sunny,east,东门,30.27,12.015", "longitude", Wrong.NOT_IN_CHINA),
        (STATION, "sunny,east,东门,30.27,", "longitude", Wrong.HALF_A_PLACE),
        (STATION, "sunny,west,西门,30.27,120.15", "code", Wrong.TWICE),
        (TWO_OF_STAFF, ",volunteer,张,", "area", Wrong.MISSING),
        (TWO_OF_STAFF, "atlantis,volunteer,张,", "area", Wrong.UNKNOWN_AREA),
        (TWO_OF_STAFF, "sunny,,张,", "role", Wrong.MISSING),
        (TWO_OF_STAFF, "sunny,captain,张,", "role", Wrong.UNKNOWN_ROLE),
        (TWO_OF_STAFF, "sunny,管理员,张,", "role", Wrong.NOT_GRANTED),
        (TWO_OF_STAFF, "sunny,staff,张,@zhang", "telegram_id", Wrong.BAD_ID),
        (TWO_OF_STAFF, "sunny,volunteer,老李,", "note", Wrong.TWICE),
        (TWO_OF_STAFF, "sunny,volunteer,老李,12", "telegram_id", Wrong.TWICE),
    ],
)
async def test_what_is_wrong_with_a_station_or_with_staff_is_told(
    database: Database, good: str, row: str, column: str, kind: Wrong
) -> None:
    found = await problems(database, AREAS, table(f"{good}\n{row}"))

    last = len(good.splitlines()) + 1
    assert found == [("file.csv", last, column, kind)]


# Tables as such.


async def test_a_table_of_unknown_kind_is_told(database: Database) -> None:
    unclear = [table("colour,size\nred,9"), table("code,name\nsunny,阳光花园", "b.csv")]

    assert await problems(database, *unclear) == [
        ("b.csv", 0, "", Wrong.UNCLEAR_TABLE),
        ("file.csv", 0, "", Wrong.UNCLEAR_TABLE),
    ]


async def test_headings_that_say_nothing_are_told(database: Database) -> None:
    odd = table("area,building,room,房号,colour\nsunny,1,101,102,red")

    assert await problems(database, AREAS, odd) == [
        ("file.csv", 1, "房号", Wrong.COLUMN_TWICE),
        ("file.csv", 1, "colour", Wrong.UNKNOWN_COLUMN),
    ]


async def test_everything_that_is_wrong_is_told_at_once(database: Database) -> None:
    found = await problems(
        database,
        table("code,name,kind\n,,", "1.csv"),
        table("area,building,room\nx,,", "2.csv"),
        table("area,code,name,latitude\nx,,,1", "3.csv"),
    )

    assert [(file, column) for file, _, column, _ in found] == [
        ("1.csv", "code"),
        ("1.csv", "kind"),
        ("1.csv", "name"),
        ("2.csv", "area"),
        ("2.csv", "building"),
        ("2.csv", "room"),
        ("3.csv", "code"),
        ("3.csv", "area"),
        ("3.csv", "name"),
        ("3.csv", "longitude"),
    ]


async def test_signs_without_a_shape_do_not_reach_the_database(database: Database) -> None:
    await run(database, table("code,name,kind\na\u200b,市\0区\ufeff,city"))

    async with database.read() as session:
        area = await areas.by_code(session, "a")
    assert area
    assert area.name == "市区"


# City rules.


RULE = "area,from,name,group,also,reason_zh,reason_en,prepare_zh,prepare_en,source\n"


@pytest.mark.parametrize(
    ("row", "column", "kind"),
    [
        ("moon,2024-01-01,书,paper,,,,,,通告", "area", Wrong.UNKNOWN_AREA),
        ("river,昨天,书,paper,,,,,,通告", "from", Wrong.BAD_DATE),
        ("river,2024-01-01,,paper,,,,,,通告", "name", Wrong.MISSING),
        ("river,2024-01-01,书,papier,,,,,,通告", "group", Wrong.UNKNOWN_GROUP),
        ("river,2024-01-01,书,paper,,,,,,", "source", Wrong.MISSING),
        ("river,2024-01-01,书,paper,,因为,,,,通告", "reason_en", Wrong.HALF_TRANSLATED),
        ("river,2024-06-01,书,paper,尿片,,,,,通告", "name", Wrong.NAME_TAKEN),
        ("river,2024-01-01,书,paper," + "书" * 31 + ",,,,,通告", "name", Wrong.TOO_LONG),
    ],
)
async def test_a_wrong_rule_is_named_by_row_and_column(
    database: Database, row: str, column: str, kind: Wrong
) -> None:
    await run(database, *CITY)

    assert await problems(database, table(RULE + row, "new.csv")) == [("new.csv", 2, column, kind)]


async def test_a_rule_that_is_there_twice_is_named(database: Database) -> None:
    await run(database, *CITY)
    row = "river,2024-01-01,书,paper,,,,,,通告\n"

    assert await problems(database, table(RULE + row + row, "new.csv")) == [
        ("new.csv", 3, "name", Wrong.TWICE)
    ]


async def test_the_file_of_a_city_needs_no_area_where_there_is_just_one(
    database: Database,
) -> None:
    """The shipped examples name none."""
    file = table("from,name,group,source\n2024-01-01,书,paper,通告", "guangzhou.csv")
    await run(database, *CITY)
    assert (await run(database, file)).counts == {Kind.RULES: Count(new=1)}

    await run(database, table("code,name,kind\nother,别市,city"))

    assert await problems(database, file) == [("guangzhou.csv", 2, "area", Wrong.NO_CITY)]


async def test_what_a_file_of_rules_does_not_say_stays(database: Database) -> None:
    await run(database, *CITY)

    report = await run(
        database, table("from,name,group,source\n2024-01-01,纸尿裤,hygiene,新通告", "new.csv")
    )

    assert report.counts == {Kind.RULES: Count(changed=1)}
    assert report.missing == [
        Missing(Kind.RULES, "", 2, ("花生壳 2024-01-01", "花生壳 2025-01-01"))
    ]
    async with database.read() as session:
        [rule] = [r for r in await exports.rows(session, Kind.RULES, "zh") if r[2] == "纸尿裤"]
    assert rule[3:5] == ["hygiene", "尿片;尿布湿"]
    assert rule[-1] == "新通告"


# And back.


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_an_import_of_an_export_changes_nothing(database: Database, language: str) -> None:
    await run(database, *CITY)
    async with database.read() as session:
        written = []
        for kind in Kind:
            header = exports.header(kind, language)
            rows = await exports.rows(session, kind, language)
            cells = [dict(zip(header, row, strict=True)) for row in rows]
            written.append(Table(kind, tuple(header), list(enumerate(cells, start=2))))

    report = await run(database, *written)

    assert report.counts == {
        Kind.AREAS: Count(same=5),
        Kind.HOUSEHOLDS: Count(same=3),
        Kind.STATIONS: Count(same=1),
        Kind.STAFF: Count(same=2),  # who is only invited has no row
        Kind.RULES: Count(same=3),
    }
    assert report.missing == []


async def test_an_export_speaks_the_language_of_the_place(database: Database) -> None:
    await run(database, *CITY)

    async with database.read() as session:
        chinese = await exports.rows(session, Kind.STAFF, "zh")
        english = await exports.rows(session, Kind.STAFF, "en")

    assert exports.header(Kind.STAFF, "zh") == ["区域编号", "角色", "备注", "Telegram 号"]
    assert chinese[1] == ["sunny", "志愿者", "老李", "4711"]
    assert english[1] == ["sunny", "volunteer", "老李", "4711"]
