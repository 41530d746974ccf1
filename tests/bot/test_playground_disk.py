"""The playground's world outlives the program, whenever and however that ends."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.playground import Cast, Person, Playground, PlaygroundSession, disk, snapshot
from bot.playground.disk import Disk, Unreadable
from bot.playground.stage import Stage
from tests.bot.test_playground_messages import complaint, picture
from tests.conftest import TOKEN, Clock
from tests.desk import until

CAST = [Cast("王奶奶", 101, "居民"), Cast("小李", 102, "志愿者")]
YES = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="好", callback_data="yes")]]
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "playground.json"


def bot_in(playground: Playground) -> Bot:
    return Bot(TOKEN, session=PlaygroundSession(playground))


def again(file: Path, clock: Clock) -> Playground:
    """The playground of the next start."""
    playground = Playground(token=TOKEN, clock=clock)
    Disk(file, playground.world).load()
    return playground


async def lived_in(playground: Playground) -> Stage:
    """A world in which something of everything has happened."""
    stage, bot = Stage(playground, cast=CAST), bot_in(playground)
    wang, li, newcomer = stage.person(101), stage.person(102), stage.add()
    for person in (wang, li, newcomer):
        person.start()
    newcomer.block()
    group = playground.group("三号楼", [wang, li])
    wang.say("随便聊聊", chat=group)
    li.say("/bin 电池", chat=group)
    await bot.set_my_commands([BotCommand(command="help", description="怎么用")])
    await bot.send_photo(101, BufferedInputFile(picture(200, 100), "x.png"), caption="门牌码")
    asked = await bot.send_message(102, "请选", reply_markup=YES)
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="扫码")]])
    await bot.send_message(102, "您好", reply_markup=keys)
    stage.phones[102].presses.append(li.press(asked.message_id, "yes"))
    await bot.answer_callback_query(stage.phones[102].presses[0], text="好的")
    return stage


def without_numbers(world: Any) -> dict[str, Any]:
    taken = json.loads(json.dumps(snapshot.taken(world)))
    for name in ("people_met", "next_free", "message_ids", "last_file"):
        del taken[name]
    del taken["updates"]["next_id"]
    return dict(taken)


async def test_everything_is_there_after_a_restart(
    playground: Playground, clock: Clock, file: Path
) -> None:
    await lived_in(playground)
    Disk(file, playground.world).save()

    later = again(file, clock)
    assert without_numbers(later.world) == without_numbers(playground.world)
    assert [each.first_name for each in await _senders(later)] == [
        "王奶奶", "小李", "新朋友1", "小李", "小李",
    ]  # fmt: skip
    bot = bot_in(later)
    (shown,) = later.received(101)
    got = await bot.download(shown["photo"][-1]["file_id"])
    assert got is not None
    assert got.read().startswith(b"\xff\xd8")
    await bot.edit_message_caption(
        chat_id=101, message_id=shown["message_id"], caption="新的门牌码"
    )
    assert await complaint(bot.send_message(5_000_000_001, "在吗")) == (
        "Forbidden: bot was blocked by the user"
    )


async def _senders(playground: Playground) -> list[Any]:
    found = await bot_in(playground).get_updates(limit=100)
    messages = [each.message or each.callback_query for each in found]
    return [each.from_user for each in messages if each]


async def test_no_number_is_given_out_twice(
    playground: Playground, clock: Clock, file: Path
) -> None:
    stage = await lived_in(playground)
    Disk(file, playground.world).save()
    # This is after the last writing: lost by a crash, but the bot has heard of it.
    lost = stage.add()
    lost_message = lost.start()
    lost_press = lost.press(lost_message, "x")
    lost_photo = lost.send_photo(picture())
    *_, lost_update = await bot_in(playground).get_updates()

    later = Stage(again(file, clock), cast=CAST)
    newcomer = later.add()
    message = newcomer.start()
    photo = newcomer.send_photo(picture())
    *_, update = await bot_in(later.playground).get_updates()
    assert newcomer.id > lost.id
    assert message > lost_photo > lost_message
    assert int(newcomer.press(message, "x")) % 1_000_000 > int(lost_press) % 1_000_000
    assert update.update_id > lost_update.update_id
    ids = [
        chat.messages[each]["photo"][0]["file_id"]
        for chat, each in ((newcomer.chat, photo), (lost.chat, lost_photo))
    ]
    assert ids[0] > ids[1]


async def test_the_cast_comes_back_into_its_own_chats(
    playground: Playground, clock: Clock, file: Path
) -> None:
    await lived_in(playground)
    Disk(file, playground.world).save()
    recast = [Cast("站长", 103, "工作人员"), Cast("小李", 102, "站长助理")]

    stage = Stage(again(file, clock), cast=recast)
    shown = stage.state()["people"].values()
    assert [(each["name"], each["role"], each["stays"]) for each in shown] == [
        ("站长", "工作人员", True), ("小李", "站长助理", True),
        ("王奶奶", "居民", False), ("新朋友1", "", False),
    ]  # fmt: skip
    assert [each["open"] for each in shown] == [False, True, True, False]
    assert stage.state()["people"]["102"]["presses"][0]["answer"]["text"] == "好的"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"version": 1}', b'{"version": 2, "bot": 4242424242}'],
)
async def test_what_cannot_be_read_is_moved_aside(
    playground: Playground, file: Path, content: bytes
) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    before = snapshot.taken(playground.world)
    with pytest.raises(Unreadable) as caught:
        Disk(file, playground.world).load()

    assert caught.value.aside.read_bytes() == content
    assert not file.exists()
    assert snapshot.taken(playground.world) == before


async def test_a_world_of_which_half_is_missing_is_moved_aside_with_its_files(
    playground: Playground, clock: Clock, file: Path
) -> None:
    await lived_in(playground)
    Disk(file, playground.world).save()
    kept = json.loads(file.read_text())
    kept["people"].pop()
    file.write_text(json.dumps(kept))
    with pytest.raises(Unreadable) as caught:
        again(file, clock)

    assert caught.value.aside.exists()
    names = sorted(each.name.partition(".unreadable")[0] for each in file.parent.iterdir())
    assert names == ["playground.files", "playground.json"]


async def test_a_picture_that_was_taken_away_is_only_missing(
    playground: Playground, clock: Clock, file: Path
) -> None:
    await lived_in(playground)
    Disk(file, playground.world).save()
    for each in file.with_suffix(".files").rglob("*.jpg"):
        each.unlink()

    later = again(file, clock)
    (shown,) = later.received(101)
    call = bot_in(later).get_file(shown["photo"][0]["file_id"])
    assert "temporarily unavailable" in await complaint(call)


@pytest.mark.parametrize("crash_at", range(6))
async def test_a_crash_while_writing_leaves_the_world_before(
    playground: Playground, clock: Clock, file: Path,
    monkeypatch: pytest.MonkeyPatch, crash_at: int,
) -> None:  # fmt: skip
    """Five pictures are put in their places, and then the JSON: each can be the last."""
    stage = await lived_in(playground)
    Disk(file, playground.world).save()
    before = without_numbers(again(file, clock).world)
    stage.person(101).send_photo(picture(400, 300))
    replace, left = Path.replace, iter(range(crash_at))

    def crash(self: Path, target: Path) -> Path:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", crash)
        with pytest.raises(KeyboardInterrupt):
            Disk(file, playground.world).save()

    assert without_numbers(again(file, clock).world) == before


async def test_beginning_afresh_empties_the_disk_and_numbers_go_on(
    playground: Playground, file: Path
) -> None:
    stage = await lived_in(playground)
    kept = Disk(file, playground.world)
    kept.save()
    assert list(file.with_suffix(".files").rglob("*.jpg"))
    newcomers = [each for each in stage.phones if each > 102]
    stage.begin_afresh()
    kept.save()

    assert not list(file.with_suffix(".files").rglob("*.jpg"))
    shown = stage.state()["people"]
    assert {each: (found["messages"], found["open"]) for each, found in shown.items()} == {
        "101": ([], False), "102": ([], False),
    }  # fmt: skip
    assert playground.pending() == 0
    assert stage.add().id > max(newcomers)
    assert stage.person(101).start() == 7


async def test_changes_are_written_by_themselves_and_at_the_end(
    playground: Playground, clock: Clock, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "PAUSE_SECONDS", 0.01)
    mei = playground.person("Mei")
    async with Disk(file, playground.world).keeping():
        mei.say("写下来")
        await until(file.exists)
        assert _words(again(file, clock), mei) == ["写下来"]
        mei.say("最后一句")

    assert _words(again(file, clock), mei) == ["写下来", "最后一句"]


async def test_a_world_that_cannot_be_written_ends_the_playground_at_once(
    playground: Playground, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "PAUSE_SECONDS", 0.01)

    def broken(_: object) -> None:
        msg = "broken for a test"
        raise TypeError(msg)

    monkeypatch.setattr(snapshot, "taken", broken)

    nobody_noticed = False

    async def chat() -> None:
        nonlocal nobody_noticed
        async with Disk(file, playground.world).keeping():
            playground.person("Mei").say("一")
            await asyncio.sleep(5)
            nobody_noticed = True

    with pytest.raises(TypeError, match="broken for a test"):
        await chat()
    assert not nobody_noticed


def _words(playground: Playground, person: Person) -> list[str]:
    return [each["text"] for each in playground.somebody(person.id).chat.messages.values()]


async def test_a_full_disk_does_not_end_the_chats(
    playground: Playground,
    clock: Clock,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(disk, "PAUSE_SECONDS", 0.01)

    def full(file: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    mei = playground.person("Mei")
    async with Disk(file, playground.world).keeping():
        with monkeypatch.context() as patched:
            patched.setattr(disk, "_put", full)
            mei.say("一")
            await until(lambda: "No space left" in caplog.text)
        mei.say("二")

    assert _words(again(file, clock), mei) == ["一", "二"]
