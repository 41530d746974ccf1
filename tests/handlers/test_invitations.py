"""Staff invite by a link; whoever opens it first has the role, with one tap."""

import re

import pytest
from sqlalchemy import select

from handlers.invitations import InviteHere
from models import areas, roles, shifts
from models.invitations import Invitation
from models.roles import Grant, Role
from tests.conftest import Town
from tests.handlers.conftest import grant
from tests.models.conftest import Estate, add_area
from tests.people import Person


def link(person: Person) -> str:
    """The link in what the person sees."""
    found = re.search(r"https://t\.me/\S+", person.sees)
    assert found, person.sees
    return found[0]


async def invites(person: Person, role: str, *places: str) -> str:
    """Make an invitation by buttons; its link."""
    await person.says("/invite")
    await person.taps(role)
    for place in places:
        await person.taps(place)
    await person.taps(f"✅ 就在{places[-1]}")
    return link(person)


async def grants(town: Town, person: Person) -> list[tuple[Role, bool]]:
    """The roles that somebody has or had, each with whether it goes on."""
    async with town.database.read() as session:
        found = await session.scalars(
            select(Grant).where(Grant.resident_id == person.id).order_by(Grant.id)
        )
        return [(Role(one.role), one.ended_at is None) for one in found]


@pytest.fixture
async def staff(town: Town, estate: Estate, boss: Person) -> Person:
    """Ms Liu, who runs 阳光花园."""
    person = town.person("刘姐")
    await person.starts()
    await grant(town, person, Role.STAFF, estate.area)
    return person


async def test_an_admin_invites_staff_who_invite_volunteers(
    town: Town, estate: Estate, boss: Person, wang: Person, li: Person
) -> None:
    await wang.opens(await invites(boss, "社区工作人员", "city", "sunny"))
    assert wang.sees.startswith("🎉 你现在是sunny的社区工作人员了")
    await li.opens(await invites(wang, "志愿者", "sunny"))

    assert li.sees.startswith("🎉 你现在是sunny的志愿者了")
    assert "/shift" in li.sees
    assert "🤝 小李接受了邀请，现在是sunny的志愿者。" in wang.sees
    assert await grants(town, li) == [(Role.VOLUNTEER, True)]


async def test_the_inviter_sees_places_as_large_buttons_and_the_way_back(
    town: Town, estate: Estate, boss: Person
) -> None:
    await boss.says("/invite")
    assert boss.buttons == ["志愿者", "收运员", "社区工作人员"]
    await boss.taps("志愿者")
    assert boss.buttons == ["city", "← 返回"]
    await boss.taps("city")
    assert boss.buttons == ["✅ 就在city", "sunny", "← 返回"]
    await boss.taps("sunny")
    assert boss.buttons == ["✅ 就在sunny", "← 返回"]

    await boss.taps("← 返回")
    await boss.taps("← 返回")
    await boss.taps("← 返回")

    assert boss.sees == "请谁来帮忙？先选身份："


async def test_staff_see_only_their_own_areas_and_may_not_make_staff(staff: Person) -> None:
    await staff.says("/invite")
    assert staff.buttons == ["志愿者", "收运员"]

    await staff.taps("志愿者")

    assert staff.buttons == ["sunny", "← 返回"]


async def test_many_areas_come_page_by_page(town: Town, estate: Estate, boss: Person) -> None:
    async with town.database.write() as session:
        city = await areas.by_code(session, "city")
        for number in range(10, 30):
            await add_area(session, f"小区{number}", areas.Kind.ESTATE, city)
    await boss.says("/invite")
    await boss.taps("志愿者")
    await boss.taps("city")

    await boss.taps("更多 →")
    await boss.taps("更多 →")

    assert boss.buttons == ["✅ 就在city", *(f"小区{n}" for n in range(25, 30)), "← 返回"]


async def test_who_opens_the_link_again_hears_the_same_again(
    town: Town, staff: Person, li: Person
) -> None:
    invitation = await invites(staff, "志愿者", "sunny")

    await li.opens(invitation)
    await li.opens(invitation)

    assert li.screen[-1] == li.screen[-2]
    assert await grants(town, li) == [(Role.VOLUNTEER, True)]
    assert sum("接受了邀请" in words for words in staff.screen) == 1


async def test_a_link_that_was_used_lets_nobody_else_in(
    town: Town, staff: Person, li: Person, wang: Person
) -> None:
    invitation = await invites(staff, "志愿者", "sunny")
    await li.opens(invitation)

    await wang.opens(invitation)

    assert wang.sees.startswith("这个邀请用过了")
    assert await grants(town, wang) == []


async def test_a_link_ends_after_two_days(town: Town, staff: Person, li: Person) -> None:
    invitation = await invites(staff, "志愿者", "sunny")
    town.clock.passes(hours=48)

    await li.opens(invitation)

    assert li.sees.startswith("这个邀请用过了，或者过了 48 小时")


async def test_who_made_it_does_not_use_it_up(town: Town, staff: Person, li: Person) -> None:
    invitation = await invites(staff, "志愿者", "sunny")

    await staff.opens(invitation)
    assert staff.sees.startswith("这是你发出的邀请")
    await li.opens(invitation)

    assert await grants(town, li) == [(Role.VOLUNTEER, True)]


async def test_who_has_the_role_leaves_the_link_to_whom_it_is_for(
    town: Town, estate: Estate, staff: Person, li: Person, wang: Person
) -> None:
    await wang.starts()
    await grant(town, wang, Role.VOLUNTEER, estate.area)
    invitation = await invites(staff, "志愿者", "sunny")

    await wang.opens(invitation)
    await li.opens(invitation)

    assert await grants(town, wang) == [(Role.VOLUNTEER, True)]
    assert await grants(town, li) == [(Role.VOLUNTEER, True)]


async def test_a_changed_link_lets_nobody_in(town: Town, staff: Person, li: Person) -> None:
    invitation = await invites(staff, "志愿者", "sunny")
    last = "A" if invitation[-2] != "A" else "B"

    await li.opens(f"{invitation[:-2]}{last}{invitation[-1]}")

    assert await grants(town, li) == []


async def test_others_know_no_such_command(staff: Person, wang: Person) -> None:
    await wang.says("/invite")

    assert wang.sees.startswith("没有这个命令")


async def test_a_forged_press_invites_nobody(
    town: Town, estate: Estate, staff: Person, wang: Person
) -> None:
    async with town.database.read() as session:
        city = await areas.by_code(session, "city")
    assert city
    await staff.says("/invite")
    await staff.presses(InviteHere(role=Role.VOLUNTEER, area=city.id).pack())
    await staff.presses(InviteHere(role=Role.STAFF, area=estate.area).pack())
    await staff.presses(InviteHere(role=Role.VOLUNTEER, area=2**31 - 1).pack())
    await staff.presses(f"invite-here:volunteer:{10**30}")
    await staff.presses("invite-here:admin:1")
    await wang.starts()
    await wang.presses(InviteHere(role=Role.VOLUNTEER, area=estate.area).pack())

    async with town.database.read() as session:
        assert list(await session.scalars(select(Invitation.token))) == []


async def test_what_relieved_staff_had_sent_out_is_taken_back(
    town: Town, boss: Person, staff: Person, li: Person
) -> None:
    invitation = await invites(staff, "志愿者", "sunny")
    async with town.database.write() as session:
        held = (roles.Held(Role.ADMIN, roles.EVERYWHERE),)
        (liu,) = [one for one in await roles.people(session, held, 9) if one.role is Role.STAFF]
        await shifts.relieve(session, held, liu.grant_id, 1, town.clock())
    await li.opens(invitation)

    assert li.sees.startswith("这个邀请用过了")
    assert await grants(town, li) == []


async def test_help_tells_each_what_their_role_can(
    staff: Person, boss: Person, li: Person
) -> None:
    for person in (staff, boss, li):
        await person.says("/help")

    assert "/invite：请志愿者" in staff.sees
    assert "/invite：请工作人员" in boss.sees
    assert "/invite" not in li.sees
