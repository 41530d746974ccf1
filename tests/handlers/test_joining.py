"""Joining a household: by card, number, address or slip; and who says yes."""

import pytest

from tests.conftest import Clock, Town
from tests.garden import Garden
from tests.people import Person

WELCOME = "你好，我是小绿桶。♻️"
ADULT, CHILD = "✅ 我是成年人，同意", "🧒 我未满18岁，同意"


@pytest.fixture
def chen(town: Town) -> Person:
    """Staff of the garden."""
    return town.person("陈")


# Asking.


async def test_a_scanned_card_tells_what_is_kept_before_anybody_is_asked(
    garden: Garden, wang: Person
) -> None:
    await wang.starts(await garden.code("3-1-502"))

    assert wang.sees.startswith("你要加入：阳光花园 3-1-502\n")
    for promise in ("记下什么", "谁看得到", "记多久"):
        assert promise in wang.sees
    assert wang.buttons == [ADULT, CHILD, "先不加入"]
    assert await garden.told("join-request") == 0


async def test_a_member_approves_and_both_hear_of_it(
    garden: Garden, wang: Person, li: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    await li.starts(await garden.code("3-1-502"))
    await li.taps(ADULT)
    assert "已经去问 阳光花园 3-1-502 的大人了" in li.sees
    assert wang.sees.startswith("小李（成年人）想加入 阳光花园 3-1-502。\n是你家的人吗？")

    await wang.taps("✅ 让小李加入")

    assert wang.sees == "✅ 小李 加入了 阳光花园 3-1-502。"
    assert li.sees.startswith("🎉 你加入了 阳光花园 3-1-502。下一步：")
    assert await garden.living("3-1-502") == ["王奶奶", "小李"]


async def test_a_member_turns_somebody_away(garden: Garden, wang: Person, li: Person) -> None:
    await garden.lives(wang, "3-1-502")
    await li.starts(await garden.code("3-1-502"))
    await li.taps(ADULT)
    await wang.taps("❌ 不让小李加入")

    assert "这次没有让你加入" in li.sees
    assert await garden.living("3-1-502") == ["王奶奶"]


async def test_answering_twice_is_harmless(garden: Garden, wang: Person, li: Person) -> None:
    await garden.lives(wang, "3-1-502")
    await li.starts(await garden.code("3-1-502"))
    await li.taps(ADULT)
    asked = max(wang.chat.messages)
    await wang.taps("✅ 让小李加入")
    await wang.presses("admit:1:0", asked)

    assert wang.toast == "你已经答复过了：让加入。"
    assert await garden.living("3-1-502") == ["王奶奶", "小李"]


async def test_the_second_member_to_answer_hears_who_was_first(
    garden: Garden, town: Town, wang: Person, li: Person
) -> None:
    uncle = town.person("大伯")
    await garden.lives(wang, "3-1-502")
    await garden.lives(uncle, "3-1-502")
    await li.starts(await garden.code("3-1-502"))
    await li.taps(ADULT)
    await uncle.taps("❌ 不让小李加入")
    await wang.taps("✅ 让小李加入")

    assert wang.toast == "大伯 已经答复了：不让加入。"
    assert await garden.living("3-1-502") == ["王奶奶", "大伯"]


@pytest.mark.parametrize("typed", ["{}", "７位：", " "])
async def test_the_number_of_the_card_will_do_in_any_form(
    garden: Garden, wang: Person, typed: str
) -> None:
    number = await garden.number("3-1-502")
    forms = {
        "{}": number,
        "７位：": "".join(chr(ord(sign) + 0xFEE0) for sign in number if sign.isdigit()),
        " ": number.replace("-", " "),
    }
    await wang.says(forms[typed])

    assert wang.sees.startswith("你要加入：阳光花园 3-1-502\n")


async def test_a_wrong_digit_gets_a_kind_answer(garden: Garden, wang: Person) -> None:
    number = await garden.number("3-1-502")
    last = str((int(number[-1]) + 1) % 10)
    await wang.says(number[:-1] + last)

    assert wang.sees == "编号里有一位不对。请对着门卡再看一遍，把7位数字一起发给我。"


async def test_seven_digits_in_a_question_are_a_question(garden: Garden, wang: Person) -> None:
    await wang.says("1234567 号电池")

    assert "…号电池 → 大概是" in wang.sees


@pytest.mark.parametrize("asked", ["/join", "加入家庭", "join"])
async def test_the_address_is_chosen_by_buttons(garden: Garden, wang: Person, asked: str) -> None:
    await wang.says(asked)
    await wang.taps("📍 没有门卡，选地址")
    assert wang.buttons == ["月亮湾", "阳光花园", "先不加入"]
    await wang.taps("阳光花园")
    assert wang.buttons == ["3栋", "10栋", "↩ 返回", "先不加入"]
    await wang.taps("3栋")
    assert wang.buttons == ["1单元", "2单元", "↩ 返回", "先不加入"]
    await wang.taps("1单元")
    assert wang.buttons == ["502", "601", "↩ 返回", "先不加入"]
    await wang.taps("601")

    assert wang.sees.startswith("你要加入：阳光花园 3-1-601\n")
    assert len(wang.screen) == 1


async def test_every_step_of_the_address_goes_back(garden: Garden, wang: Person) -> None:
    await wang.says("/join")
    await wang.taps("📍 没有门卡，选地址")
    await wang.taps("阳光花园")
    await wang.taps("3栋")
    await wang.taps("1单元")
    for expected in ("请按你住的单元", "请按你住的地方", "请按你住的地方"):
        await wang.taps("↩ 返回")
        assert expected in wang.sees

    assert "↩ 返回" not in wang.buttons
    await wang.taps("先不加入")
    assert wang.sees == "好的，先不加入。想加入时发 /join"


async def test_a_building_without_units_goes_right_to_its_doors(
    garden: Garden, wang: Person
) -> None:
    await wang.says("/join")
    await wang.taps("📍 没有门卡，选地址")
    await wang.taps("阳光花园")
    await wang.taps("10栋")

    assert wang.buttons == ["201", "↩ 返回", "先不加入"]


async def test_where_no_household_is_known_staff_can_help(garden: Garden, wang: Person) -> None:
    await wang.says("/join")
    await wang.taps("📍 没有门卡，选地址")
    await wang.taps("月亮湾")

    assert "这里还没有登记的住户" in wang.sees


async def test_many_doors_come_in_pages(garden: Garden, wang: Person) -> None:
    await garden.builds("8", "1", rooms=30)
    await wang.says("/join")
    await wang.taps("📍 没有门卡，选地址")
    await wang.taps("阳光花园")
    await wang.taps("8栋")
    assert wang.buttons[:2] + wang.buttons[-3:] == ["1", "2", "▶ 后面的", "↩ 返回", "先不加入"]
    await wang.taps("▶ 后面的")
    await wang.taps("▶ 后面的")

    assert wang.buttons == ["25", "26", "27", "28", "29", "30", "◀ 前面的", "↩ 返回", "先不加入"]


async def test_staff_are_asked_about_a_household_where_nobody_lives(
    garden: Garden, chen: Person, li: Person
) -> None:
    await garden.appoint(chen)
    await li.starts(await garden.code("3-1-601"))
    await li.taps(ADULT)
    assert "已经去问社区工作人员了" in li.sees
    assert "这一户还没有大人登记，所以来问你" in chen.sees
    await chen.taps("✅ 让小李加入")

    assert await garden.living("3-1-601") == ["小李"]


async def test_where_nobody_can_be_asked_the_person_hears_what_to_do(
    garden: Garden, li: Person
) -> None:
    await li.starts(await garden.code("3-1-601"))
    await li.taps(ADULT)

    assert "要一张加入单" in li.sees


async def test_a_child_joins_where_an_adult_agrees(
    garden: Garden, wang: Person, li: Person
) -> None:
    await li.starts(await garden.code("3-1-502"))
    await li.taps(CHILD)
    assert "请先让一位大人加入这个家" in li.sees

    await garden.lives(wang, "3-1-502")
    await li.starts(await garden.code("3-1-502"))
    await li.taps(CHILD)
    assert "不满14岁的孩子，让加入就是替孩子同意" in wang.sees
    await wang.taps("✅ 让小李加入")
    await wang.says("/household")

    assert "• 小李（未满18岁）" in wang.sees


async def test_a_slip_lets_in_at_once_but_only_one_person(
    garden: Garden, wang: Person, li: Person
) -> None:
    slip = await garden.slip("3-1-601")
    await wang.starts(slip)
    assert "你有加入单，马上就能加入" in wang.sees
    await wang.taps(ADULT)
    assert wang.sees.startswith("🎉 加入好了：阳光花园 3-1-601")
    await li.starts(slip)

    assert "这张加入单用过了" in li.sees
    assert await garden.living("3-1-601") == ["王奶奶"]


async def test_a_slip_is_of_no_use_after_two_weeks(
    garden: Garden, clock: Clock, wang: Person
) -> None:
    slip = await garden.slip("3-1-601")
    await wang.starts(slip)
    clock.passes(days=15)
    await wang.taps(ADULT)

    assert await garden.living("3-1-601") == []


async def test_a_member_of_another_household_hears_what_to_do(
    garden: Garden, wang: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    for asks in (wang.starts(await garden.code("3-1-601")), wang.says("/join")):
        await asks
        assert "阳光花园 3-1-502" in wang.sees
        assert "按“退出”" in wang.sees


async def test_the_own_card_shows_the_household(garden: Garden, wang: Person) -> None:
    await garden.lives(wang, "3-1-502")
    for scans in (
        wang.starts(await garden.code("3-1-502")),
        wang.says(await garden.number("3-1-502")),
    ):
        await scans
        assert wang.sees.startswith("🏠 阳光花园 3-1-502\n")


UNREADABLE = "这个码认不出来，可能没扫完整。请再扫一次，或者把门卡上的7位编号发给我。"


@pytest.mark.parametrize(
    ("change", "answer"),
    [("last", UNREADABLE), ("first", WELCOME), ("short", WELCOME), ("other", WELCOME)],
)
async def test_what_only_looks_like_our_code_is_explained_and_what_does_not_is_a_start(
    garden: Garden, wang: Person, change: str, answer: str
) -> None:
    code = await garden.code("3-1-502")
    forged = {
        "first": code[0] + ("A" if code[1] != "A" else "B") + code[2:],
        "last": code[:20] + ("A" if code[20] != "A" else "B") + code[21:],
        "short": code[:-1],
        "other": "promo-2026",
    }[change]
    await wang.starts(forged)

    assert wang.sees.partition("\n")[0] == answer


@pytest.mark.parametrize(
    "data",
    ["ask:99:1", "ask:0:1", "ask:1:7", "home:4242", "at:area:4242:0", "at:unit:9:0", "admit:99:1",
     "slip:" + "A" * 35 + ":1", "ask:2147483648:1", "ask:01:1", "at:area:1:99999"],
)  # fmt: skip
async def test_forged_buttons_are_answered_and_change_nothing(
    garden: Garden, wang: Person, data: str
) -> None:
    await wang.starts()
    await wang.presses(data)

    assert wang.toast
    assert [name for address in garden.homes for name in await garden.living(address)] == []
    assert await garden.told("join-request") == 0


async def test_strangers_do_not_answer_for_a_household(
    garden: Garden, town: Town, wang: Person, li: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    await li.starts(await garden.code("3-1-502"))
    await li.taps(ADULT)
    await li.presses("admit:1:1")

    assert "要由社区的工作人员或管理员来做" in (li.toast or "")
    assert await garden.living("3-1-502") == ["王奶奶"]


async def test_groups_are_left_alone(garden: Garden, town: Town, wang: Person) -> None:
    group = town.playground.group("三号楼", [wang.account])
    for command in ("/join", "/household", "/code", "/points", "/history", "加入家庭"):
        await wang.in_group(group).says(command)

    assert wang.in_group(group).screen == []


async def test_names_that_would_come_to_life_are_tamed(garden: Garden, town: Town) -> None:
    wang, spam = town.person("王奶奶"), town.person("@spam http://a.cn /start #x")
    await garden.lives(wang, "3-1-502")
    await spam.starts(await garden.code("3-1-502"))
    await spam.taps(ADULT)

    assert wang.sees.startswith("spam http a cn start x（成年人）想加入")


async def test_it_works_in_english(garden: Garden, wang: Person, li: Person) -> None:
    await garden.lives(wang, "3-1-502")
    await li.speaks_english()
    await li.starts(await garden.code("3-1-502"))
    assert li.sees.startswith("You want to join: 阳光花园 3-1-502\n")
    await li.taps("✅ I am an adult, and agree")
    assert "I have asked the adults" in li.sees
    await wang.taps("✅ 让小李加入")

    assert li.sees.startswith("🎉 You have joined 阳光花园 3-1-502.")
