"""Places on the map, sent by the bot; and links that lead to the bot."""

import pytest
from aiogram import Bot
from aiogram.types import KeyboardButton, ReplyKeyboardMarkup

from bot.playground import Person, Playground, PlaygroundSession
from bot.playground.links import start_payload
from tests.bot.test_playground_messages import complaint


@pytest.fixture
def bot(playground: Playground) -> Bot:
    return Bot(playground.token, session=PlaygroundSession(playground))


@pytest.fixture
def mei(playground: Playground) -> Person:
    person = playground.person("Mei")
    person.start()
    return person


async def test_a_place_is_sent_with_the_key_that_asks_for_another(bot: Bot, mei: Person) -> None:
    key = KeyboardButton(text="📍 我在这里", request_location=True)
    keys = ReplyKeyboardMarkup(keyboard=[[key]])
    sent = await bot.send_location(
        mei.id, 31.2304, 121.4737, horizontal_accuracy=12.3, reply_markup=keys
    )
    assert sent.location is not None
    assert (sent.location.latitude, sent.location.longitude) == (31.2304, 121.4737)
    assert (sent.location.horizontal_accuracy, sent.location.live_period) == (13, None)

    assert mei.chat.keyboard is not None
    assert mei.chat.keyboard["keyboard"] == [[{"text": "📍 我在这里", "request_location": True}]]


async def test_a_place_that_moves(bot: Bot, mei: Person) -> None:
    sent = await bot.send_location(mei.id, 31, 121, live_period=600, heading=90)

    assert sent.location is not None
    assert (sent.location.live_period, sent.location.heading) == (600, 90)


async def test_a_place_with_a_name(bot: Bot, mei: Person) -> None:
    sent = await bot.send_venue(mei.id, 31.2, 121.4, " 三号站 ", "幸福路 1 号")

    assert sent.venue is not None
    assert (sent.venue.title, sent.venue.address) == ("三号站", "幸福路 1 号")
    assert sent.location == sent.venue.location
    edit = bot.edit_message_caption(chat_id=mei.id, message_id=sent.message_id, caption="新")
    assert await complaint(edit) == "Bad Request: there is no caption in the message to edit"


async def test_places_that_telegram_refuses(playground: Playground, bot: Bot, mei: Person) -> None:
    async def said(method: str, **parameters: str) -> str:
        with pytest.raises(Exception, match="Bad Request: ") as caught:
            await playground.call(playground.token, method, {"chat_id": str(mei.id), **parameters})
        return str(caught.value).removeprefix("400 Bad Request: ")

    assert await said("sendLocation") == "latitude is empty"
    assert await said("sendVenue", latitude="31") == "longitude is empty"
    away = {"latitude": "91", "longitude": "121"}
    assert await said("sendLocation", **away) == "invalid location specified"
    assert await said("sendLocation", **away, live_period="9") == (
        "invalid live location specified"
    )
    assert await said("sendVenue", **away) == "wrong venue location specified"
    here = {"latitude": "31.2x", "longitude": "121"}
    wrong = "wrong live location {} specified"
    assert await said("sendLocation", **here, live_period="9") == wrong.format("period")
    assert await said("sendLocation", **here, heading="361") == wrong.format("heading")
    assert await said("sendLocation", **here, proximity_alert_radius="100001") == wrong.format(
        "proximity alert radius"
    )
    stranger = playground.person("a stranger")
    assert "chat not found" in await complaint(bot.send_location(stranger.id, 31, 121))


@pytest.mark.parametrize(
    ("link", "payload"),
    [
        ("https://t.me/greenbin_bot?start=h_4-A", "h_4-A"),
        (" t.me/Greenbin_Bot?start=7 \n", "7"),
        ("http://telegram.me/greenbin_bot/?x=1&start=7", "7"),
        ("tg://resolve?domain=greenbin_bot&start=7", "7"),
        ("https://t.me/greenbin_bot", ""),
        ("https://t.me/greenbin_bot?start=", ""),
        ("https://t.me/greenbin_bot?start=" + "a" * 65, ""),
        ("https://t.me/greenbin_bot?start=a%20b", ""),
        ("https://t.me/another_bot?start=7", None),
        ("https://t.me.example.com/greenbin_bot?start=7", None),
        ("https://example.com/greenbin_bot?start=7", None),
        ("tg://msg?domain=greenbin_bot", None),
        ("javascript:alert(1)", None),
        ("http://[::1", None),
        ("31-502", None),
    ],
)
def test_links_that_lead_to_the_bot(link: str, payload: str | None) -> None:
    assert start_payload(link, "greenbin_bot") == payload


async def test_a_person_opens_a_code(bot: Bot, mei: Person) -> None:
    mei.open("https://t.me/greenbin_bot?start=h4A")

    assert mei.chat.messages[max(mei.chat.messages)]["text"] == "/start h4A"
    with pytest.raises(AssertionError, match="does not lead to the bot"):
        mei.open("https://example.com")
