"""Where is the nearest station: how far about, open now, and on the map."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from models import stations
from models.areas import Area
from models.stations import Station
from tests.conftest import Town
from tests.garden import Garden
from tests.models.conftest import SHANGHAI
from tests.people import Person

NOON = datetime(2026, 11, 23, 12, tzinfo=SHANGHAI).astimezone(UTC)
HERE = (31.2, 121.5)

PLACES = (
    ("a", "东门站", 31.2030, 121.5000),  # 334 m to the north
    ("b", "西门站", 31.2000, 121.4800),  # 1.9 km to the west
    ("c", "湖边站", 31.2001, 121.5001),  # next door
    ("d", "远站", 31.3000, 121.5000),  # 11 km
    ("e", "没写在哪", None, None),
)


@pytest.fixture
async def placed(town: Town, garden: Garden) -> None:
    town.clock.now = NOON
    async with town.database.write() as session:
        (await session.get_one(Area, garden.area)).windows = "mo-su 11:00-13:00"
        for known in await session.scalars(select(Station)):
            known.latitude = known.longitude = None  # only those below are somewhere
        for code, name, latitude, longitude in PLACES:
            session.add(
                Station(area_id=garden.area, code=code, token=code.encode() * 8, name=name,
                        address=f"{name}旁", latitude=latitude, longitude=longitude,
                        responsible=None, phone=None, destination=None)
            )  # fmt: skip


def venue(person: Person) -> dict[str, Any]:
    shown = [m["venue"] for m in person.chat.messages.values() if "venue" in m]
    return dict(shown[-1])


async def test_the_nearest_to_a_place_come_first_with_about_how_far(
    wang: Person, placed: None
) -> None:
    await wang.sends_location(*HERE)

    first, second, third, note = wang.sees.split("\n\n")
    assert first == "📍 湖边站\n🟢 现在开着，开到 13:00。\n湖边站旁\n离你约 50 米"
    assert second.endswith("离你约 350 米")
    assert third.endswith("离你约 1.9 公里")
    assert "以地址为准" in note
    assert wang.buttons == ["🗺 湖边站", "🗺 东门站", "🗺 西门站"]


async def test_a_place_on_the_map_is_a_place_too(wang: Person, placed: None) -> None:
    here = {"latitude": HERE[0], "longitude": HERE[1]}
    await wang.sends(
        {"location": here, "venue": {"location": here, "title": "家", "address": "三号"}}
    )

    assert wang.sees.startswith("📍 湖边站")


async def test_one_is_shown_on_the_map(wang: Person, placed: None) -> None:
    await wang.sends_location(*HERE)
    await wang.taps("🗺 东门站")

    shown = venue(wang)
    assert (shown["title"], shown["address"]) == ("东门站", "东门站旁")
    assert shown["location"]["latitude"] == 31.203


async def test_who_is_at_home_sees_those_of_the_estate(
    wang: Person, garden: Garden, placed: None
) -> None:
    await garden.lives(wang, "3-1-502")
    await wang.taps("🗺 附近的投放点")

    assert wang.sees.count("现在开着") == 3
    assert "还有 3 个投放点" in wang.sees


async def test_where_the_estate_has_none_those_around_it_are_named(
    town: Town, wang: Person, garden: Garden
) -> None:
    await wang.says("/when")
    await wang.taps("月亮湾")
    await wang.taps("🗺 附近的投放点")

    assert "📍 东门" in wang.sees


async def test_who_lives_nowhere_is_asked_for_the_place(wang: Person, placed: None) -> None:
    await wang.says("附近的投放点")

    assert wang.sees.startswith("按下面的“📍 发我的位置”")
    assert wang.keys[0] == "📍 发我的位置"
    assert "❓ 帮助" in wang.keys


async def test_far_away_it_says_that_there_is_none(wang: Person, placed: None) -> None:
    await wang.sends_location(30.0, 121.5)

    assert wang.sees.startswith("5 公里内没有")


@pytest.mark.parametrize("latitude", [-90.0, 90.0, 0.0])
async def test_any_place_on_earth_may_be_asked_for(wang: Person, latitude: float) -> None:
    await wang.sends_location(latitude, 180.0)

    assert wang.sees.startswith("5 公里内没有")


async def test_none_is_nearest_that_is_too_far(town: Town, placed: None) -> None:
    async with town.database.read() as session:
        found = await stations.nearest(session, *HERE, 9)

    assert [station.code for _, station in found] == ["c", "a", "b"]
