"""First contact: hello, the menu, help, which language, and good-bye."""

from datetime import datetime

import pytest

from handlers import menu, start
from handlers.texts import texts
from models.residents import Resident
from tests.conftest import Clock, Town
from tests.people import Person

CHINESE, ENGLISH = texts("zh"), texts("en")
MENU, ENGLISH_MENU = ([t(key) for row in menu.MENU for key in row] for t in (CHINESE, ENGLISH))


async def known(town: Town, person: Person) -> Resident | None:
    """What the bot remembers of a person."""
    async with town.database.read() as session:
        return await session.get(Resident, person.id)


async def left_at(town: Town, person: Person) -> datetime | None:
    resident = await known(town, person)
    assert resident
    return resident.left_at


# Hello.


@pytest.mark.parametrize("payload", ["", "inline", "from-a-poster_7", "x" * 64])
async def test_start_says_hello_and_opens_the_menu(wang: Person, payload: str) -> None:
    await wang.starts(payload)

    assert len(wang.screen) == 1
    assert wang.sees.startswith("你好，我是小绿桶。")
    assert wang.keys == MENU


async def test_the_menus_keys_are_large_and_stay(wang: Person) -> None:
    await wang.starts()
    await wang.says("香蕉皮")

    keyboard = wang.chat.keyboard
    assert keyboard
    assert [len(row) for row in keyboard["keyboard"]] == [2, 2, 2, 2, 2]
    assert keyboard["is_persistent"]
    assert not keyboard["resize_keyboard"]
    assert not keyboard["one_time_keyboard"]


async def test_starting_twice_does_no_harm(wang: Person) -> None:
    await wang.starts()
    await wang.starts()

    assert wang.screen[0] == wang.screen[1]
    assert wang.keys == MENU


async def test_the_first_key_asks_for_the_thing(wang: Person) -> None:
    await wang.starts()
    await wang.taps(CHINESE("menu-ask"))

    assert wang.sees == "请把要扔的东西的名字发给我，例如：香蕉皮"


@pytest.mark.parametrize("typed", [True, False])
async def test_below_it_stands_what_belongs_in_each_bin(wang: Person, typed: bool) -> None:
    await wang.starts()
    await wang.taps(CHINESE("menu-ask"))
    if typed:  # as on the keyboards of those who have the old menu still
        await wang.says(CHINESE("menu-bins"))
    else:
        await wang.taps(CHINESE("menu-bins"))

    first_lines = [part.split("\n")[0] for part in wang.sees.split("\n\n")]
    assert first_lines == [
        "🟢 厨余垃圾（绿色）",
        "🔵 可回收物（蓝色）",
        "🔴 有害垃圾（红色）",
        "⚫ 其他垃圾（灰色）",
    ]


async def test_who_asks_for_help_gets_it_and_the_menu(town: Town) -> None:
    wishes = ("/help", "/HELP", "帮助", "怎么用？", "help!")
    people = await town.answers(*wishes, CHINESE("menu-help"), ENGLISH("menu-help"))

    for person in people.values():
        assert person.sees.startswith("我能帮你：")
        assert person.keys == MENU


async def test_help_names_every_command_but_start(wang: Person) -> None:
    await wang.says("/help")

    assert [c for c in start.COMMANDS if f"/{c}" not in wang.sees] == ["start"]


async def test_the_command_menu_is_announced_in_both_languages(town: Town, wang: Person) -> None:
    await wang.starts()
    commands = town.playground.world.commands

    offered = {key[3]: [each["command"] for each in menu] for key, menu in commands.items()}
    assert offered == {"": list(start.COMMANDS), "en": list(start.COMMANDS)}


# Which language?


async def test_who_asks_for_another_language_may_choose(town: Town) -> None:
    keys = (CHINESE("menu-language"), ENGLISH("menu-language"))
    people = await town.answers("/language", "English please", "换语言", *keys)

    for person in people.values():
        assert person.sees == "用哪种语言？ Which language?"
        assert person.keys == ["中文", "English"]


async def test_the_language_changes_at_once_with_the_menu(wang: Person) -> None:
    await wang.starts()
    await wang.speaks_english()
    assert wang.sees == "All right, English from now on."
    assert wang.keys[2:] == ENGLISH_MENU
    assert wang.toast == ""

    await wang.says("banana peel")
    assert wang.sees.startswith("🟢 banana peel → Food waste (green)")


async def test_there_is_a_way_back(wang: Person) -> None:
    await wang.speaks_english()
    await wang.taps(ENGLISH("menu-language"))
    await wang.taps("中文")

    assert wang.sees == "好的，以后我说中文。"
    assert wang.keys[2:] == MENU


async def test_only_the_one_who_chose_is_spoken_to_in_that_language(
    wang: Person, li: Person
) -> None:
    await wang.speaks_english()
    await li.says("香蕉皮")

    assert "厨余垃圾（绿色）" in li.sees


async def test_what_was_asked_right_after_the_tap_is_answered_in_the_new_language(
    town: Town, wang: Person
) -> None:
    await wang.says("/language")
    await town.closes()
    await wang.taps("English")
    await wang.says("香蕉皮")
    await town.opens()
    await town.settle()

    assert wang.screen[1:] == ["All right, English from now on.", wang.sees]
    assert wang.sees.startswith("🟢 banana peel → Food waste (green)")


async def test_the_language_outlives_a_restart(town: Town, wang: Person) -> None:
    await wang.speaks_english()
    await town.closes()
    await town.opens()
    await wang.says("香蕉皮")

    assert wang.sees.startswith("🟢 banana peel → Food waste (green)")


async def test_a_language_chosen_in_a_group_is_the_persons_own(
    town: Town, wang: Person, li: Person
) -> None:
    group = town.playground.group("三号楼", [wang.account, li.account])
    await wang.in_group(group).speaks_english()
    await wang.in_group(group).says("/bin 香蕉皮")
    assert wang.in_group(group).sees.startswith("🟢 banana peel")
    assert group.keyboard is None

    await li.in_group(group).says("/bin 香蕉皮")
    assert wang.in_group(group).sees.startswith("🟢 香蕉皮")


async def test_tapping_the_same_language_twice_says_so_twice(wang: Person) -> None:
    await wang.speaks_english()
    await wang.taps("English")

    assert wang.screen[1:] == ["All right, English from now on."] * 2


def test_every_key_of_the_menu_is_short_enough_to_be_large() -> None:
    assert max(map(len, MENU)) <= 12
    assert max(map(len, ENGLISH_MENU)) <= 20


# Here and gone.


async def test_whoever_writes_is_remembered_from_the_first_time(
    town: Town, wang: Person, clock: Clock
) -> None:
    began = clock.now
    await wang.says("香蕉皮")
    clock.passes(days=2)
    await wang.says("报纸")

    resident = await known(town, wang)
    assert resident
    assert (resident.first_seen_at, resident.last_seen_at) == (began, clock.now)
    assert resident.left_at is None


async def test_a_talk_of_an_hour_is_one_visit(town: Town, wang: Person, clock: Clock) -> None:
    began = clock.now
    await wang.says("香蕉皮")
    clock.passes(hours=1)
    await wang.says("报纸")

    resident = await known(town, wang)
    assert resident
    assert resident.last_seen_at == began


async def test_who_blocks_the_bot_has_left(town: Town, wang: Person, clock: Clock) -> None:
    await wang.starts()
    clock.passes(hours=1)
    await wang.blocks()

    assert await left_at(town, wang) == clock.now
    assert len(wang.screen) == 1


async def test_who_lets_the_bot_write_again_is_back(town: Town, wang: Person) -> None:
    await wang.starts()
    await wang.blocks()
    await wang.unblocks()

    assert await left_at(town, wang) is None


async def test_who_presses_start_again_is_back_and_greeted(town: Town, wang: Person) -> None:
    await wang.starts()
    await wang.blocks()
    await wang.starts()

    assert await left_at(town, wang) is None
    assert len(wang.screen) == 2


async def test_gone_and_back_while_the_bot_was_closed_is_back(town: Town, wang: Person) -> None:
    await wang.starts()
    await town.closes()
    await wang.blocks()
    await wang.unblocks()
    await town.opens()
    await town.settle()

    assert await left_at(town, wang) is None


async def test_back_and_gone_while_the_bot_was_closed_is_gone(
    town: Town, wang: Person, clock: Clock
) -> None:
    await wang.starts()
    await town.closes()
    for act in (wang.blocks, wang.unblocks, wang.blocks):
        await act()
    await town.opens()
    await town.settle()

    assert await left_at(town, wang) == clock.now


async def test_a_stranger_who_blocks_the_bot_is_nobody(town: Town, wang: Person) -> None:
    await wang.blocks()

    assert await known(town, wang) is None


async def test_who_asked_and_left_before_the_answer_is_noted_as_gone(
    town: Town, wang: Person, clock: Clock
) -> None:
    await town.closes()
    wang.account.say("香蕉皮")
    wang.account.block()
    town.playground.world.updates._waiting.pop()  # the news of the block was lost
    await town.opens()
    await town.settle()

    assert await left_at(town, wang) == clock.now
    assert wang.screen == []
    assert [refused.error.code for refused in town.playground.refused] == [403]
    town.playground.refused.clear()
