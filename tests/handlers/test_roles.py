"""A role is taken away: the shift ends with it, and nothing goes after."""

from datetime import datetime

import pytest
from sqlalchemy import select

from handlers.roles import Revoke
from models import areas, roles
from models.roles import Grant, Role
from models.shifts import Ended, Shift
from tests.conftest import Town
from tests.handlers.conftest import grant
from tests.models.conftest import Estate, add_area
from tests.people import Person


@pytest.fixture
async def staff(town: Town, estate: Estate, morning: datetime) -> Person:
    """Ms Liu, who runs 阳光花园."""
    person = town.person("刘姐")
    await person.starts()
    await grant(town, person, Role.STAFF, estate.area)
    return person


async def volunteers(town: Town, area_id: int, *names: str) -> None:
    async with town.database.write() as session:
        area = await areas.of(session, area_id)
        for number, name in enumerate(names, start=9000):
            await roles.grant(session, number, name, Role.VOLUNTEER, area, 0, town.clock())


async def granted(town: Town, person: int, name: str | None = None) -> int:
    """The number of somebody's role; perhaps it is named first, as an invitation does."""
    async with town.database.write() as session:
        found = await session.scalar(select(Grant).where(Grant.resident_id == person))
        assert found
        found.name = name or found.name
        return found.id


async def test_staff_end_a_role_and_the_person_hears_of_it(
    town: Town, estate: Estate, staff: Person, li: Person
) -> None:
    await li.starts()
    async with town.database.write() as session:
        area = await areas.of(session, estate.area)
        await roles.grant(session, li.id, li.name, Role.VOLUNTEER, area, 0, town.clock())

    await staff.says("/revoke 小李")
    assert staff.buttons == ["小李 · 志愿者 · sunny"]
    await staff.taps("小李 · 志愿者 · sunny")
    assert staff.sees.startswith("结束小李的身份吗？\nsunny · 志愿者")
    await staff.taps("是，结束")

    assert staff.sees == "已结束：小李，sunny的志愿者。我会告诉本人。"
    assert li.sees.startswith("你不再是sunny的志愿者了。")
    async with town.database.read() as session:
        ended = await session.scalar(select(Grant).where(Grant.resident_id == li.id))
        assert ended
        assert ended.ended_at == town.clock()
        assert ended.ended_by is not None
        assert await roles.held(session, [li.id], ()) == {}


async def test_the_shift_ends_at_once_and_nothing_is_recorded_after(
    town: Town, estate: Estate, staff: Person, zhang: Person
) -> None:
    await zhang.says("3-1-601 对")
    recorded = zhang.sees
    await granted(town, zhang.id, zhang.name)
    await staff.says("/revoke 张")
    await staff.taps("张阿姨 · 志愿者 · sunny")
    await staff.taps("是，结束")

    town.clock.passes(minutes=1)
    await zhang.says("3-1-502 对")

    assert "3-1-601" in recorded
    assert "3-1-502" not in zhang.sees
    async with town.database.read() as session:
        (shift,) = await session.scalars(
            select(Shift).where(Shift.ended == Ended.REVOKED).order_by(Shift.id)
        )
        assert shift.ended_at is not None


async def test_a_second_press_says_that_it_is_over(
    town: Town, estate: Estate, staff: Person, li: Person
) -> None:
    await li.starts()
    await grant(town, li, Role.VOLUNTEER, estate.area)
    number = await granted(town, li.id, li.name)
    await staff.says("/revoke 小李")
    await staff.taps("小李 · 志愿者 · sunny")
    await staff.taps("是，结束")

    await staff.presses(Revoke(grant=number, sure=True).pack())

    assert staff.toast == "这个身份已经结束了。"


async def test_who_says_no_ends_nothing(town: Town, estate: Estate, staff: Person) -> None:
    await volunteers(town, estate.area, "老李")
    await staff.says("/revoke")
    await staff.taps("老李 · 志愿者 · sunny")

    await staff.taps("不，返回")

    assert "老李 · 志愿者 · sunny" in staff.buttons
    assert await granted(town, 9000)


async def test_many_people_come_page_by_page(town: Town, estate: Estate, staff: Person) -> None:
    await volunteers(town, estate.area, *(f"老{number}" for number in range(10, 20)))
    nameless = "（没有名字） · 志愿者 · sunny"  # the two who guard the estate's gate
    await staff.says("/revoke")
    assert staff.buttons[-2:] == ["老15 · 志愿者 · sunny", "更多人 →"]
    await staff.taps("更多人 →")
    assert staff.buttons == [*(f"老{n} · 志愿者 · sunny" for n in range(16, 20)), "← 前面的人"]

    await staff.taps("← 前面的人")

    assert staff.buttons[:3] == [nameless, nameless, "老10 · 志愿者 · sunny"]


async def test_staff_see_and_end_only_whom_they_may(
    town: Town, estate: Estate, staff: Person, boss: Person
) -> None:
    async with town.database.write() as session:
        city = await areas.by_code(session, "city")
        other = await add_area(session, "moon", areas.Kind.ESTATE, city)
    await volunteers(town, other.id, "月月")

    own, hers = await granted(town, staff.id), await granted(town, 9000)

    await staff.says("/revoke 月月")
    assert staff.sees == "没有找到你可以结束的身份。"
    for number in (own, hers, 9999, 2**31 - 1):
        await staff.presses(Revoke(grant=number, sure=True).pack())
    await staff.presses(f"revoke:{10**30}:1")
    await boss.says("/revoke")

    assert boss.buttons[0] == "（没有名字） · 社区工作人员 · sunny"
    assert boss.buttons[-1] == "月月 · 志愿者 · moon"


async def test_others_know_no_such_command(staff: Person, wang: Person) -> None:
    await wang.says("/revoke")

    assert wang.sees.startswith("没有这个命令")
