"""A morning at the station."""

import pytest

from handlers.pictures import qr
from tests.conftest import Town
from tests.handlers.conftest import card_of, join, sign_of
from tests.models.conftest import Estate
from tests.people import Person


async def test_one_scan_records_and_the_household_hears(
    town: Town, estate: Estate, zhang: Person, at_home: Person
) -> None:
    card, _ = await card_of(town, estate.neighbour)
    await zhang.opens(card)

    assert zhang.sees == "✅ 3-1-601 07:30 分类正确，+5 分"
    assert at_home.sees == (
        "✅ 分得对，谢谢！11月23日（周一） 07:30，东门。\n得 5 分。\n你家现在有 5 分。"
    )


async def test_the_short_number_is_one_message(town: Town, estate: Estate, zhang: Person) -> None:
    _, number = await card_of(town, estate.neighbour)
    await zhang.says(number.replace("-", ""))

    assert zhang.sees == "✅ 3-1-601 07:30 分类正确，+5 分"


async def test_a_photo_of_the_card_records(town: Town, estate: Estate, zhang: Person) -> None:
    card, number = await card_of(town, estate.neighbour)
    await zhang.sends_photo(qr.make(card, number=number))

    assert zhang.sees == "✅ 3-1-601 07:30 分类正确，+5 分"


async def test_a_photo_that_cannot_be_read_asks_for_the_number(zhang: Person) -> None:
    from PIL import Image

    from handlers.pictures.qr import as_png

    await zhang.sends_photo(as_png(Image.new("L", (300, 300), 90)))

    assert "数字" in zhang.sees


async def test_several_households_in_one_message(town: Town, zhang: Person) -> None:
    town.clock.passes(minutes=20)
    await zhang.says("3-1-502 对；3-1-601 混投 厨余有塑料袋 07:40；3-1-999 对")

    assert zhang.sees.split("\n") == [
        "✅ 3-1-502 07:50 分类正确，+5 分",
        "❌ 3-1-601 07:40 混投，+0 分",
        "⚠️ 3-1-999 对：没有 3-1-999 这一户，没有记。请核对门牌，或者发卡号。",
        "要改哪户，再发一行，例如：3-1-601 混投",
    ]


async def test_a_second_scan_hears_when_it_was_recorded(
    town: Town, estate: Estate, zhang: Person
) -> None:
    card, _ = await card_of(town, estate.neighbour)
    await zhang.opens(card)
    town.clock.passes(minutes=12)
    await zhang.opens(card)

    assert "已经记过：07:30，东门" in zhang.sees


async def test_a_mistake_is_mended_by_a_key_and_named_in_words(
    town: Town, zhang: Person, at_home: Person
) -> None:
    await zhang.says("3-1-601")
    await zhang.says("❌ 混投")
    assert zhang.sees == "❌ 3-1-601 07:30 混投，+0 分"

    await zhang.says("厨余里有塑料袋")
    assert "厨余袋里混了：塑料袋 → 其他垃圾" in zhang.sees


async def test_a_mistake_is_mended_by_a_button(zhang: Person) -> None:
    await zhang.says("3-1-601")
    await zhang.taps("🟡 部分")

    assert zhang.sees == "🟡 3-1-601 07:30 部分正确，+3 分"
    await zhang.taps("厨余袋里")
    assert "厨余袋里混了：别的" in zhang.sees


async def test_weight_is_added_in_words(zhang: Person) -> None:
    await zhang.says("3-1-601")
    await zhang.taps("⚖️ 称重")
    await zhang.says("可回收 2斤")

    assert zhang.sees.split("\n") == ["✅ 3-1-601 07:30 分类正确，+10 分", "⚖️ 可回收 1 公斤"]


async def test_a_weight_of_nobody_knows_what_is_not_taken_and_the_volunteer_is_asked(
    zhang: Person,
) -> None:
    await zhang.says("3-1-502 对 2.5公斤")

    assert zhang.sees.split("\n") == [
        "✅ 3-1-502 07:30 分类正确，+5 分",
        "⚖️ 2.5 公斤还没有记：没写是哪一类，请再发一行，例如：3-1-502 厨余2.5公斤",
    ]
    assert "⚖️ 称重" in zhang.buttons
    await zhang.says("3-1-502 厨余2.5公斤")
    assert zhang.sees.split("\n") == ["✅ 3-1-502 07:30 分类正确，+5 分", "⚖️ 厨余 2.5 公斤"]


async def test_of_several_lines_each_says_which_weight_was_not_taken(zhang: Person) -> None:
    await zhang.says("3-1-502 对 2.5公斤；3-1-601 对 可回收1公斤")

    assert zhang.sees.split("\n") == [
        "✅ 3-1-502 07:30 分类正确，+5 分",
        "⚖️ 2.5 公斤还没有记：没写是哪一类，请再发一行，例如：3-1-502 厨余2.5公斤",
        "✅ 3-1-601 07:30 分类正确，+10 分",
        "要改哪户，再发一行，例如：3-1-601 混投",
    ]


@pytest.mark.parametrize("more", ["3-1-502 对 2.5公斤", "3-1-502 2.5公斤"])
async def test_a_weight_in_another_line_is_of_the_one_stream_that_was_brought(
    zhang: Person, more: str
) -> None:
    await zhang.says("3-1-502 对 可回收")
    await zhang.says(more)

    assert zhang.sees.split("\n") == ["✅ 3-1-502 07:30 分类正确，+17 分", "⚖️ 可回收 2.5 公斤"]


async def test_a_weight_in_another_line_is_not_taken_of_two_streams(zhang: Person) -> None:
    await zhang.says("3-1-502 对 可回收 厨余")
    await zhang.says("3-1-502 对 2.5公斤")

    assert "2.5 公斤还没有记" in zhang.sees
    assert "+5 分" in zhang.sees


async def test_who_was_asked_for_a_weight_is_asked_of_what(zhang: Person) -> None:
    await zhang.says("3-1-601")
    await zhang.taps("⚖️ 称重")
    await zhang.says("2.5公斤")
    assert zhang.sees == "2.5 公斤是哪一类？请写上，例如：厨余2.5公斤。不想写了发 /cancel"

    await zhang.says("可回收2.5公斤")
    assert zhang.sees.split("\n") == ["✅ 3-1-601 07:30 分类正确，+17 分", "⚖️ 可回收 2.5 公斤"]


async def test_who_was_asked_for_a_weight_need_not_say_the_only_stream(zhang: Person) -> None:
    await zhang.says("3-1-601 对 可回收")
    await zhang.taps("⚖️ 称重")
    await zhang.says("2.5公斤")

    assert zhang.sees.split("\n") == ["✅ 3-1-601 07:30 分类正确，+17 分", "⚖️ 可回收 2.5 公斤"]


async def test_it_was_another_household(zhang: Person) -> None:
    await zhang.says("3-1-601")
    await zhang.taps("🔁 换户")
    await zhang.says("3-1-502")

    assert zhang.sees == "✅ 3-1-502 07:30 分类正确，+5 分"


async def test_taken_back(zhang: Person) -> None:
    await zhang.says("3-1-601")
    await zhang.taps("↩️ 撤回")

    assert "已撤回" in zhang.sees


async def test_after_five_minutes_the_buttons_do_nothing(town: Town, zhang: Person) -> None:
    await zhang.says("3-1-601")
    town.clock.passes(minutes=6)
    await zhang.taps("❌ 混投")

    assert "超过五分钟" in zhang.sees


async def test_on_shift_a_question_is_still_a_question(zhang: Person) -> None:
    await zhang.says("香蕉皮")

    assert "厨余" in zhang.sees


async def test_the_next_household_is_no_answer_to_a_question_about_the_last(
    zhang: Person,
) -> None:
    await zhang.says("3-1-601")
    await zhang.taps("⚖️ 称重")
    await zhang.says("3-1-502 对")

    assert zhang.sees == "✅ 3-1-502 07:30 分类正确，+5 分"


async def test_a_key_of_the_menu_is_no_answer_to_a_question(zhang: Person) -> None:
    await zhang.says("3-1-601")
    await zhang.taps("🔁 换户")
    await zhang.says("❓ 帮助")

    assert "/help" in zhang.sees


async def test_a_volunteer_does_not_record_the_own_household(
    town: Town, estate: Estate, zhang: Person
) -> None:
    await join(town, zhang, estate.neighbour, estate.area)
    await zhang.says("3-1-601")

    assert "你自己家" in zhang.sees


async def test_off_shift_a_scan_says_how_to_begin(
    town: Town, estate: Estate, zhang: Person
) -> None:
    await zhang.says("🏁 下班")
    card, _ = await card_of(town, estate.neighbour)
    town.clock.passes(minutes=1)
    await zhang.opens(card)

    assert "先开始值班" in zhang.sees


async def test_a_forged_button_changes_nothing(zhang: Person, at_home: Person, li: Person) -> None:
    await zhang.says("3-1-601")
    recorded, heard = zhang.screen, at_home.screen
    await li.starts()
    for data in ("fix:1:wrong", "mixed:1:food", "fix:1:withdraw", "fix:999:wrong"):
        await li.presses(data)
        assert li.toast == "这条不是你记的，不能改。"
    await li.presses("fix:01:wrong")  # no button of ours says it so
    assert li.toast == "这个按钮过期了。请把东西的名字再发一遍。"

    assert (zhang.screen, at_home.screen) == (recorded, heard)


@pytest.mark.parametrize("words", ["🏁 下班", "下班"])
async def test_the_end_of_a_shift_is_counted(zhang: Person, words: str) -> None:
    await zhang.says("3-1-601; 3-1-502")
    await zhang.says(words)

    assert "东门，07:30–07:30" in zhang.sees
    assert "记了 2 户" in zhang.sees


async def test_a_shift_begins_where_the_phone_says(
    town: Town, estate: Estate, zhang: Person
) -> None:
    await zhang.says("🏁 下班")
    town.clock.passes(minutes=1)
    await zhang.sends_location(31.5, 121.5)
    assert "没有开始值班" in zhang.sees

    await zhang.sends_location(31.2003, 121.5003)
    assert "开始值班：东门" in zhang.sees


async def test_a_resident_sees_when_the_station_is_open(
    town: Town, estate: Estate, li: Person, morning: object
) -> None:
    await li.opens(await sign_of(town, estate.station))

    assert li.sees.split("\n") == ["📍 东门", "今天开放：07:00–09:00、18:30–20:30"]
