"""Which bin, asked from any other chat."""

from sqlalchemy import func, select

from models.questions import Question
from tests.conftest import Clock, Town
from tests.people import Person


async def test_a_sure_thing_is_one_result(li: Person) -> None:
    await li.searches("香蕉皮")

    assert li.results == ["🟢 香蕉皮 → 厨余垃圾（绿色）"]


async def test_a_result_is_described_by_how_to_prepare_the_thing(li: Person) -> None:
    await li.searches("报纸")

    assert li.search
    assert li.search.results
    assert li.search.results[0]["description"] == "叠平，保持干燥"


async def test_what_is_posted_is_the_whole_card(town: Town, li: Person, wang: Person) -> None:
    group = town.playground.group("三号楼", [li.account, wang.account])
    await li.searches("奶茶")
    await li.in_group(group).searches("奶茶")
    await li.in_group(group).says("看这个")
    li.place = group
    await li.chooses("⚫ 奶茶 → 其他垃圾（灰色）")

    posted = list(group.messages.values())[-1]
    assert posted["from"]["id"] == li.id
    assert "拆开分别投：" in posted["text"]
    assert "接下来：" in posted["text"]


async def test_a_card_posted_in_our_own_chat_is_not_taken_for_a_question(
    town: Town, li: Person
) -> None:
    await li.searches("香蕉皮")
    await li.chooses("🟢 香蕉皮 → 厨余垃圾（绿色）")

    assert li.screen == []
    async with town.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Question)) == 0


async def test_the_states_of_a_thing_are_results_of_their_own(li: Person) -> None:
    await li.searches("报纸")

    assert li.results[:2] == [
        "🔵 报纸 → 可回收物（蓝色）",
        "⚫ 报纸（有油污、弄脏的） → 其他垃圾（灰色）",
    ]


async def test_when_the_words_say_the_state_it_comes_first(li: Person) -> None:
    await li.searches("沾了油的报纸")

    assert li.results[0] == "⚫ 报纸（有油污、弄脏的） → 其他垃圾（灰色）"


async def test_a_thing_that_has_to_be_asked_about_shows_each_answer(li: Person) -> None:
    await li.searches("烟灰缸")

    assert li.results[:3] == [
        "🔵 烟灰缸（玻璃） → 可回收物（蓝色）",
        "🔵 烟灰缸（金属） → 可回收物（蓝色）",
        "⚫ 烟灰缸（陶瓷） → 其他垃圾（灰色）",
    ]


async def test_a_family_shows_its_members(li: Person) -> None:
    await li.searches("电池")

    assert li.results[:2] == [
        "⚫ 干电池 → 其他垃圾（灰色）",
        "🔴 充电电池 → 有害垃圾（红色）",
    ]


async def test_several_things_are_all_there(li: Person) -> None:
    await li.searches("香蕉皮和沙发")

    assert "🟢 香蕉皮 → 厨余垃圾（绿色）" in li.results
    assert "🛋️ 沙发 → 大件垃圾（不进垃圾桶）" in li.results


async def test_a_bin_can_be_posted_too(li: Person) -> None:
    await li.searches("有害垃圾")
    assert li.results[0] == "🔴 有害垃圾（红色）"
    await li.chooses("🔴 有害垃圾（红色）")

    assert "例如：充电电池" in list(li.chat.messages.values())[-1]["text"]


async def test_the_beginning_of_a_name_is_enough(li: Person) -> None:
    for typed, expected in {
        "香蕉": "🟢 香蕉皮 → 厨余垃圾（绿色）",
        "沙": "🛋️ 沙发 → 大件垃圾（不进垃圾桶）",
        "荧光": "🔴 荧光灯管 → 有害垃圾（红色）",
        "banana p": "🟢 香蕉皮 → 厨余垃圾（绿色）",
    }.items():
        await li.searches(typed)

        assert expected in li.results


async def test_there_are_never_more_results_than_one_can_look_through(li: Person) -> None:
    for typed in ("纸", "电", "a", "塑料，玻璃，纸，袋子，电池，餐具，杯子"):
        await li.searches(typed)

        assert 5 < len(li.results) <= 20
        assert len(set(li.results)) == len(li.results)


async def test_where_there_is_nothing_to_show_the_way_to_us_is_shown(li: Person) -> None:
    for typed in ("", "  ", "虫洞发生器", "今天天气", "zzzz"):
        await li.searches(typed)

        assert li.results == []
        assert li.search
        assert li.search.button == {"text": "到小绿桶里来问", "start_parameter": "inline"}
    await li.starts("inline")
    assert li.sees.startswith("你好，我是小绿桶。")


async def test_what_is_typed_in_other_chats_is_never_kept(town: Town, li: Person) -> None:
    for typed in ("虫洞", "虫洞发生器", "油报纸"):
        await li.searches(typed)

    async with town.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Question)) == 0


async def test_the_results_are_in_the_language_one_chose(li: Person) -> None:
    await li.speaks_english()
    await li.searches("香蕉皮")

    assert li.results == ["🟢 banana peel → Food waste (green)"]


async def test_a_search_that_nobody_waits_for_any_more_does_no_harm(
    town: Town, li: Person, clock: Clock
) -> None:
    await town.closes()
    li.account.search("香蕉皮")
    clock.passes(seconds=20)
    await town.opens()
    await li.says("报纸")

    assert "报纸 → 可回收物（蓝色）" in li.sees
    assert "query is too old" in town.playground.refused.pop().error.description
