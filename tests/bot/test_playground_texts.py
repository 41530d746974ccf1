"""The playground cleans, trims and judges texts as Telegram does."""

from collections.abc import Awaitable

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import MessageEntity, User
from hypothesis import given
from hypothesis import strategies as some

from bot.playground import Person, Playground, PlaygroundSession
from bot.playground.rules import ApiError
from bot.playground.texts import fix, marked_text, utf16_length


@pytest.fixture
def bot(playground: Playground) -> Bot:
    return Bot(playground.token, session=PlaygroundSession(playground))


@pytest.fixture
def mei(playground: Playground) -> Person:
    person = playground.person("Mei")
    person.start()
    return person


async def complaint(call: Awaitable[object]) -> str:
    """What Telegram says against a call."""
    with pytest.raises(TelegramAPIError) as caught:
        await call
    return caught.value.message


@pytest.mark.parametrize(
    ("text", "complaint_text"),
    [
        ("", "Bad Request: message text is empty"),
        ("   ", "Bad Request: text must be non-empty"),
        (" \n\u3000\u200b", "Bad Request: text must be non-empty"),
        ("\x00\t", "Bad Request: text must be non-empty"),
        ("a" * 4097, "Bad Request: message is too long"),
        ("桶" * 4097, "Bad Request: message is too long"),
        ("😀" * 2049, "Bad Request: message is too long"),
        ("桶" * 11_000, "Bad Request: text is too long"),
    ],
)
async def test_texts_that_telegram_refuses(
    bot: Bot, mei: Person, text: str, complaint_text: str
) -> None:
    assert await complaint(bot.send_message(mei.id, text)) == complaint_text


async def test_the_longest_text_is_taken(bot: Bot, mei: Person) -> None:
    assert (await bot.send_message(mei.id, "桶" * 4096 + "\n \n")).text == "桶" * 4096


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  红桶 \n\n", "红桶"),
        ("a\r\nb", "a\nb"),
        ("a\tb\x00c", "a b c"),
        ("a\u2028b\u202ec", "abc"),
        ("\u200e\u200fa", "\u200c\u200fa"),
        ("\u3000红桶", "\u3000红桶"),
    ],
)
async def test_texts_are_cleaned(bot: Bot, mei: Person, text: str, kept: str) -> None:
    assert (await bot.send_message(mei.id, text)).text == kept


async def test_entities_move_with_the_text(bot: Bot, mei: Person) -> None:
    marks = [MessageEntity(type="bold", offset=4, length=4)]
    sent = await bot.send_message(mei.id, "\n 😀\r 红桶 ", entities=marks)

    assert sent.text == "😀 红桶"
    assert sent.entities is not None
    assert [(e.type, e.extract_from(sent.text)) for e in sent.entities] == [("bold", "红桶")]


@pytest.mark.parametrize(
    ("offset", "length", "complaint_text"),
    [
        (-1, 1, "receive an entity with incorrect offset -1"),
        (0, -1, "receive an entity with incorrect length -1"),
        (100, 1, "entity begins after the end of the text at UTF-16 offset 100"),
        (
            0,
            100,
            (
                "entity beginning at UTF-16 offset 0 ends after the end of the text"
                " at UTF-16 offset 100"
            ),
        ),
        (1, 1, "entity begins in a middle of a UTF-16 symbol at byte offset 4"),
        (
            0,
            1,
            (
                "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol"
                " at byte offset 4"
            ),
        ),
    ],
)
async def test_entities_outside_the_text_are_refused(
    bot: Bot, mei: Person, offset: int, length: int, complaint_text: str
) -> None:
    marks = [MessageEntity(type="bold", offset=offset, length=length)]
    call = bot.send_message(mei.id, "😀hello", entities=marks)

    assert await complaint(call) == f"Bad Request: {complaint_text}"


async def test_an_entity_of_an_unknown_kind_is_refused(bot: Bot, mei: Person) -> None:
    marks = [MessageEntity(type="shiny", offset=0, length=1)]
    call = bot.send_message(mei.id, "hello", entities=marks)

    unsupported = "Bad Request: can't parse MessageEntity: Unsupported type specified"
    assert await complaint(call) == unsupported


@pytest.mark.parametrize(
    ("url", "complaint_text"),
    [
        ("not-a-url", "entity URL 'not-a-url' is invalid: Wrong HTTP URL"),
        ("ftp://a.cn", "entity URL 'ftp://a.cn' is invalid: Unsupported URL protocol"),
    ],
)
async def test_links_to_nowhere_are_refused(
    bot: Bot, mei: Person, url: str, complaint_text: str
) -> None:
    marks = [MessageEntity(type="text_link", offset=0, length=5, url=url)]
    call = bot.send_message(mei.id, "hello", entities=marks)

    assert await complaint(call) == f"Bad Request: {complaint_text}"


async def test_a_mention_needs_a_person(bot: Bot, mei: Person) -> None:
    known = User(id=mei.id, is_bot=False, first_name="Mei")
    stranger = User(id=5, is_bot=False, first_name="X")
    marks = [MessageEntity(type="text_mention", offset=0, length=3, user=known)]
    assert (await bot.send_message(mei.id, "Mei", entities=marks)).entities

    marks = [MessageEntity(type="text_mention", offset=0, length=3, user=stranger)]
    call = bot.send_message(mei.id, "Mei", entities=marks)
    assert await complaint(call) == "Bad Request: user not found"


async def test_html_is_read(bot: Bot, mei: Person) -> None:
    sent = await bot.send_message(
        mei.id, '<b>红&amp;桶</b> <a href="https://a.cn/x">链接</a>', parse_mode="HTML"
    )

    assert sent.text == "红&桶 链接"
    assert sent.entities is not None
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [
        ("bold", 0, 3),
        ("text_link", 4, 2),
    ]


@pytest.mark.parametrize(
    ("text", "complaint_text"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<script>", 'Unsupported start tag "script" at byte offset 0'),
        ("红<5", "Unclosed start tag at byte offset 3"),
        (
            "<b><i>test</b></i>",
            'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"',
        ),
    ],
)
async def test_broken_html_is_refused(
    bot: Bot, mei: Person, text: str, complaint_text: str
) -> None:
    call = bot.send_message(mei.id, text, parse_mode="HTML")
    assert await complaint(call) == f"Bad Request: can't parse entities: {complaint_text}"


async def test_an_unknown_parse_mode_is_refused(bot: Bot, mei: Person) -> None:
    call = bot.send_message(mei.id, "x", parse_mode="BBCODE")
    assert await complaint(call) == "Bad Request: unsupported parse_mode"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc", [("bot_command", "/start")]),
        ("请按/help", []),
        ("/help@greenbin_bot 谢谢", [("bot_command", "/help@greenbin_bot")]),
        ("😀 @greenbin_bot 电池", [("mention", "@greenbin_bot")]),
        ("见 https://a.cn/x?y=1，或 b.com", [("url", "https://a.cn/x?y=1"), ("url", "b.com")]),
        ("a@b.cn #分类 #123", [("email", "a@b.cn"), ("hashtag", "#分类")]),
        ("+8613800000000", [("phone_number", "+8613800000000")]),
        ("3.14 1/2 过期的药", []),
    ],
)
def test_telegram_finds_marks_by_itself(text: str, found: list[tuple[str, str]]) -> None:
    fixed = fix(text, [])
    assert [(e["type"], marked_text(fixed.text, e)) for e in fixed.entities] == found


def test_of_two_links_that_cross_the_first_stays() -> None:
    first = {"type": "text_link", "offset": 0, "length": 4, "url": "https://a.cn/"}
    second = {"type": "code", "offset": 2, "length": 4}
    quote = {"type": "blockquote", "offset": 0, "length": 6}
    bold = {"type": "bold", "offset": 3, "length": 3}

    assert fix("abcdef", [second, first, quote, bold]).entities == [quote, first, bold]


def test_more_than_a_hundred_entities_are_dropped() -> None:
    marks = [{"type": "bold", "offset": 2 * n, "length": 1} for n in range(150)]
    assert len(fix("a " * 150 + "b", marks).entities) == 100


entities = some.fixed_dictionaries(
    {
        "type": some.sampled_from(["bold", "italic", "code", "blockquote", "pre"]),
        "offset": some.integers(0, 12),
        "length": some.integers(0, 12),
    }
)


@given(some.text(max_size=12), some.lists(entities, max_size=4))
def test_what_stays_is_clean_and_marked_inside(text: str, marks: list[dict[str, object]]) -> None:
    try:
        fixed = fix(text, marks)
    except ApiError:
        return

    assert fixed.text == fixed.text.strip(" \n")
    assert fixed.text
    assert not set(fixed.text) & set(map(chr, [*range(10), *range(11, 32)]))
    for entity in fixed.entities:
        assert entity["length"] > 0
        assert entity["offset"] + entity["length"] <= utf16_length(fixed.text)
        assert marked_text(fixed.text, entity).strip(" \n")


@given(some.text(max_size=30))
def test_a_text_once_cleaned_stays_the_same(text: str) -> None:
    try:
        once = fix(text, [])
    except ApiError:
        return

    assert fix(once.text, []) == once
