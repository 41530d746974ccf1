"""What nobody understands is answered helpfully."""

import pytest
from sqlalchemy import text

from bot.playground.rules import Json
from handlers.sorting import Choose
from handlers.start import Speak
from knowledge.catalogue import Catalogue
from tests.conftest import Clock, Town
from tests.people import Person

FILE = {"file_id": "a", "file_unique_id": "b"}
LOCATION = {"latitude": 31.2, "longitude": 121.5}
VOICE = "我还听不懂语音。"
PICTURE = "我还看不懂图片和文件。"
OTHER = "这个我看不懂。"


async def everything(town: Town) -> dict[str, list[tuple[object, ...]]]:
    """All that the bot remembers, but the updates themselves."""
    async with town.database.read() as session:
        return {
            table: [tuple(row) for row in await session.execute(text(f"SELECT * FROM {table}"))]
            for table in ("residents", "questions", "pauses")
        }


UNREADABLE: dict[str, list[Json]] = {
    VOICE: [
        {"voice": FILE | {"duration": 3}},
        {"audio": FILE | {"duration": 3}},
        {"video_note": FILE | {"length": 240, "duration": 3}},
    ],
    PICTURE: [
        {"photo": [FILE | {"width": 9, "height": 9}]},
        {"video": FILE | {"width": 9, "height": 9, "duration": 3}},
        {"document": FILE},
    ],
    OTHER: [
        {"sticker": FILE | {"type": "regular", "width": 512, "height": 512,
                            "is_animated": False, "is_video": False}},
        {"location": LOCATION},
        {"location": LOCATION, "venue": {"location": LOCATION, "title": "家", "address": "三号"}},
        {"contact": {"phone_number": "+8613812345678", "first_name": "王"}},
        {"poll": {"id": "1", "question": "扔哪里？", "options": [], "total_voter_count": 0,
                  "is_closed": False, "is_anonymous": True, "type": "regular",
                  "allows_multiple_answers": False, "allows_revoting": False,
                  "members_only": False}},
        {"dice": {"emoji": "🎲", "value": 6}},
        {"story": {"chat": {"id": 7, "type": "private"}, "id": 1}},
    ],
}  # fmt: skip
"""What is no text, by what is answered."""


@pytest.mark.parametrize("answer", UNREADABLE)
async def test_what_is_no_text_is_answered_with_what_to_do_instead(
    town: Town, wang: Person, answer: str
) -> None:
    for content in UNREADABLE[answer]:
        await wang.sends(content)

    assert len(wang.screen) == len(UNREADABLE[answer])
    assert set(wang.screen) == {wang.sees}
    assert wang.sees.startswith(answer)
    assert "请打字" in wang.sees
    assert (await everything(town))["questions"] == []


async def test_a_command_that_does_not_exist_is_answered_with_help(town: Town) -> None:
    people = await town.answers(
        "/unknown", "/bin香蕉皮", "/bins 香蕉皮", "/", "//", "/help@another_bot"
    )

    assert {person.sees.partition("，")[0] for person in people.values()} == {
        "没有这个命令。发 /help 看我会什么"
    }


async def test_a_hundred_commands_in_one_text_are_one_message(wang: Person) -> None:
    await wang.says("/bin 香蕉皮 " + "/start " * 99)

    assert len(wang.screen) == 1


async def test_what_telegram_tells_of_the_chat_is_no_question(wang: Person) -> None:
    await wang.says("香蕉皮")
    for content in (
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"pinned_message": wang.chat.messages[1]},
        {"write_access_allowed": {}},
    ):
        await wang.sends(content)

    assert len(wang.screen) == 1


async def test_in_english_the_help_is_english(wang: Person) -> None:
    await wang.speaks_english()
    await wang.sends({"voice": FILE | {"duration": 3}})

    assert wang.sees.startswith("I cannot understand voice messages yet.")


# Buttons from before.


async def test_a_button_for_a_thing_that_is_gone_says_so(town: Town, wang: Person) -> None:
    await wang.says("报纸")
    before = wang.screen
    await wang.presses(Choose(item="AAAAAAAA").pack())

    assert wang.toast == "这个按钮过期了。请把东西的名字再发一遍。"
    assert wang.press
    assert wang.press.answer
    assert wang.press.answer["show_alert"]
    assert wang.screen == before


async def test_a_button_of_last_month_still_works(wang: Person, clock: Clock) -> None:
    await wang.says("报纸")
    clock.passes(days=30)
    await wang.taps("如果是有油污、弄脏的")

    assert "报纸（有油污、弄脏的） → 其他垃圾（灰色）" in wang.sees
    assert len(wang.screen) == 1


async def test_a_button_tapped_twice_at_once_is_answered_twice_and_shown_once(
    town: Town, wang: Person
) -> None:
    await wang.says("报纸")
    data, _ = (row[0]["callback_data"] for row in _rows(wang))
    first = wang.account.press(2, data)
    second = wang.account.press(2, data)
    await town.settle()

    presses = town.playground.world.presses
    assert presses[first].answer is not None
    assert presses[second].answer is not None
    assert "报纸（有油污、弄脏的） → 其他垃圾（灰色）" in wang.sees
    assert "not modified" in town.playground.refused.pop().error.description


async def test_a_press_that_waited_too_long_is_still_carried_out(
    town: Town, wang: Person, clock: Clock
) -> None:
    await wang.says("报纸")
    await town.closes()
    await wang.taps("如果是有油污、弄脏的")
    clock.passes(seconds=60)
    await town.opens()
    await town.settle()

    assert "报纸（有油污、弄脏的） → 其他垃圾（灰色）" in wang.sees
    assert "query is too old" in town.playground.refused.pop().error.description


def _rows(person: Person) -> list[list[Json]]:
    message = list(person.chat.messages.values())[-1]
    rows: list[list[Json]] = message["reply_markup"]["inline_keyboard"]
    return rows


def tampered(catalogue: Catalogue) -> list[str]:
    """Forty pieces of callback data that no button of ours has."""
    item = catalogue.by_name("报纸")
    assert item
    key = item.key
    good = Choose(item=key, state="dirty").pack()
    return [
        " ", "\0", "\ud83d", "x", ":", "::::", "bin", "bin:", "bin:::", "bin::::", "x" * 64,
        "香" * 21,
        good.replace("bin", "BIN"),
        good.replace("bin", "bins"),
        good.replace("bin", "points"),
        f" {good}",
        f"{good} ",
        f"{good}:",
        f"{good}:1",
        good.removesuffix(":0"),
        f"bin:{key.lower()}:dirty:0",
        f"bin:{key[:7]}:dirty:0",
        f"bin:{key}A:dirty:0",
        f"bin:{key[:-1]}1:dirty:0",
        "bin:AAAAAAAA:dirty:0",
        "bin:AAAAAAAA:unsure:0",
        "bin:报纸:dirty:0",
        f"bin:{key}:DIRTY:0",
        f"bin:{key}:greasy:0",
        f"bin:{key}:dirty\n:0",
        f"bin:{key}:{'d' * 21}:0",
        f"bin:{key}:dirty:2",
        f"bin:{key}:dirty:-1",
        f"bin:{key}:dirty:1.0",
        f"bin:{key}:dirty:1_0",
        f"bin:{key}:dirty:true",
        f"bin:{key}:dirty:no",
        f"bin:{key}:dirty:",
        f"bin:{key}:'; DROP TABLE residents; --",
        Speak(language="fr").pack(),
        "language:",
        "language:en:zh",
        "language: en",
        "language:EN",
    ]  # fmt: skip


async def test_forged_buttons_change_nothing_and_are_answered_politely(
    town: Town, wang: Person, catalogue: Catalogue
) -> None:
    await wang.says("报纸")
    before = (await everything(town), wang.screen)
    toasts = {}
    for data in tampered(catalogue):
        await wang.presses(data)
        toasts[data] = wang.toast

    assert len(toasts) >= 40
    assert set(toasts.values()) == {"这个按钮过期了。请把东西的名字再发一遍。"}
    assert (await everything(town), wang.screen) == before


async def test_a_press_under_a_message_that_is_not_ours_is_harmless(
    town: Town, wang: Person, catalogue: Catalogue
) -> None:
    item = catalogue.by_name("报纸")
    assert item
    await wang.says("报纸")
    await wang.presses(Choose(item=item.key, state="dirty").pack(), message_id=1)

    assert "可回收物（蓝色）" in wang.sees
    assert "message can't be edited" in town.playground.refused.pop().error.description
