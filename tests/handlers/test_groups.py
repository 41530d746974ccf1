"""In groups the bot answers when it is called, and never otherwise."""

import re

import pytest

from bot.playground.texts import marked_text
from tests.conftest import Town
from tests.people import Person


@pytest.fixture
def neighbours(town: Town, wang: Person, li: Person) -> Person:
    """Grandma Wang, looking at the group of her house."""
    return wang.in_group(town.playground.group("三号楼", [wang.account, li.account]))


@pytest.mark.parametrize(
    "typed",
    [
        "/bin 香蕉皮",
        "/bin@greenbin_bot 香蕉皮",
        "@greenbin_bot 香蕉皮",
        "香蕉皮 @GreenBin_bot 扔哪个桶",
    ],
)
async def test_in_a_group_the_bot_answers_when_called_as_a_reply_in_place(
    neighbours: Person, wang: Person, typed: str
) -> None:
    await neighbours.says(typed)

    question, answer = neighbours.chat.messages.values()
    assert "香蕉皮 → 厨余垃圾（绿色）" in answer["text"]
    assert answer["reply_to_message"]["message_id"] == question["message_id"]
    assert wang.screen == []


async def test_in_a_group_the_bot_is_silent_when_not_called_even_if_it_hears_all(
    town: Town, neighbours: Person
) -> None:
    for typed in (
        "香蕉皮",
        "@greenbin_bot2 香蕉皮",
        "@li 香蕉皮",
        "/bin@another_bot 香蕉皮",
        "/unknown",
        "你好",
    ):
        neighbours.account.say(typed, chat=neighbours.place)
    for message_id in neighbours.chat.hidden:
        town.playground.world.updates.add("message", neighbours.chat.messages[message_id])
    await town.settle()

    assert neighbours.screen == []


async def test_in_a_group_a_reply_to_the_bot_is_talk_among_neighbours(neighbours: Person) -> None:
    await neighbours.says("/bin 香蕉皮")
    await neighbours.replies("谢谢")

    assert len(neighbours.screen) == 1


async def test_in_a_group_stickers_and_photos_are_left_alone_unless_the_bot_is_called(
    town: Town, neighbours: Person
) -> None:
    photo = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]}
    for content in ({"sticker": {}}, photo, photo | {"caption": "香蕉皮"}):
        neighbours.account.send(content, chat=neighbours.place)
    called = neighbours.account.send(
        photo | {"caption": "@greenbin_bot 香蕉皮"}, chat=neighbours.place
    )
    await town.settle()
    for message in neighbours.chat.messages.values():
        town.playground.world.updates.add("message", message)
    neighbours.chat.hidden.clear()
    await town.settle()

    assert len(neighbours.screen) == 1
    assert list(neighbours.chat.messages.values())[-1]["reply_to_message"]["message_id"] == called


async def test_in_a_group_anybodys_tap_is_answered_in_place(
    neighbours: Person, li: Person
) -> None:
    await neighbours.says("/bin 报纸")
    await li.in_group(neighbours.chat).taps("如果是有油污、弄脏的")

    assert len(neighbours.screen) == 1
    assert "报纸（有油污、弄脏的） → 其他垃圾（灰色）" in neighbours.sees


async def test_in_a_group_no_keyboard_opens(neighbours: Person) -> None:
    for command in ("/start", "/help", "/bin", "/language"):
        await neighbours.says(command)

    assert len(neighbours.screen) == 4
    assert neighbours.chat.keyboard is None


# What people write is repeated as plain words.


async def test_in_a_group_nobody_makes_the_bot_post_a_link_or_call_somebody(
    neighbours: Person,
) -> None:
    for typed, said in {
        "http://evil.example.com/pay": ["http evil example com", "pay"],
        "evil.cn": ["evil cn"],
        "@somebody_else 虫洞发生器": ["somebody_else 虫洞发生器"],
        "虫洞发生器 #垃圾 /start tg://user?id=1": ["start tg user", "id=1"],
        "fraud@evil.cn": ["fraud evil cn"],
        "+8613812345678": ["…"],
        "<a href='http://evil.cn'>虫洞发生器</a>": ["<a href='http evil cn'>虫洞发生器< a>"],
        "[虫洞发生器](http://evil.cn)": ["[虫洞发生器](http evil cn)"],
    }.items():
        await neighbours.says(f"/bin {typed}")

        answer = list(neighbours.chat.messages.values())[-1]
        assert re.findall("“(.*?)”", answer["text"]) == said
        assert [marked_text(answer["text"], each) for each in answer.get("entities", [])] == []
