"""People, as tests tell of them: `await resident.says("过期药品")`, then look at `resident.sees`.

A person only acts in the playground and then awaits `settle`, which whoever wires the test
gives: it lets the bot deal with everything that waits.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from bot.playground import Answer, Call, Chat, Playground
from bot.playground import Person as Account
from bot.playground.rules import Json
from bot.playground.world import Press, Search

Settle = Callable[[], Awaitable[object]]


@dataclass
class Person:
    """Somebody with a phone, looking at one chat with the bot."""

    account: Account
    settle: Settle
    place: Chat | None = None
    """A group to look at instead of the private chat."""
    press: Press | None = field(default=None, repr=False)
    """The last button pressed, with the bot's answer to it."""
    search: Search | None = field(default=None, repr=False)
    """The last inline query typed, with the bot's results."""

    @classmethod
    def of(
        cls, playground: Playground, name: str, settle: Settle, *, language_code: str | None = None
    ) -> "Person":
        """Somebody new, who has not pressed Start yet."""
        return cls(playground.person(name, language_code=language_code), settle)

    @property
    def id(self) -> int:
        return self.account.id

    @property
    def name(self) -> str:
        return str(self.account.about["first_name"])

    @property
    def chat(self) -> Chat:
        """The chat on the screen."""
        return self.place or self.account.chat

    def in_group(self, group: Chat) -> "Person":
        """The same person, looking at a group."""
        return Person(self.account, self.settle, group)

    async def starts(self, payload: str = "") -> None:
        """Press Start, perhaps by a link with a payload."""
        self.account.start(payload)
        await self.settle()

    async def says(self, text: str) -> None:
        """Type a message."""
        self.account.say(text, chat=self.place)
        await self.settle()

    async def speaks_english(self) -> None:
        """Have the bot speak English."""
        await self.says("/language")
        await self.taps("English")

    async def replies(self, text: str, to: str | None = None) -> None:
        """Answer the newest message of the bot, or the newest that contains `to`."""
        found = [m for m in self._bot_messages() if (to or "") in words(m)]
        if not found:
            pytest.fail(f"{self.name} sees nothing to answer to. {self.describes()}")
        message = found[-1]
        self.account.say(text, chat=self.place, reply_to=message["message_id"])
        await self.settle()

    async def corrects(self, text: str) -> None:
        """Edit the own last message."""
        own = [m for m in self.chat.messages.values() if m["from"]["id"] == self.id]
        self.account.edit(own[-1]["message_id"], text, chat=self.place)
        await self.settle()

    async def sends(self, content: Json) -> None:
        """Send something that is no text, as the fields of Telegram's message."""
        self.account.send(content, chat=self.place)
        await self.settle()

    async def sends_photo(self, picture: bytes, caption: str = "") -> None:
        """Send a picture."""
        self.account.send_photo(picture, caption, chat=self.place)
        await self.settle()

    async def sends_location(self, latitude: float, longitude: float) -> None:
        """Send a place."""
        self.account.send_location(latitude, longitude, chat=self.place)
        await self.settle()

    async def opens(self, link: str) -> None:
        """Open a link to the bot, or scan it as a code, and press Start."""
        self.account.open(link)
        await self.settle()

    async def taps(self, label: str) -> None:
        """Press the newest button with this label, under a message or on the keyboard."""
        for message in reversed(self.chat.messages.values()):
            for button in _buttons(message):
                if button["text"] == label:
                    await self._press(message, button)
                    return
        if label in self._keyboard():
            await self.says(label)
            return
        pytest.fail(f"{self.name} sees no button {label!r}. {self.describes()}")

    async def presses(self, data: str, message_id: int | None = None) -> None:
        """Send callback data that need not be on any button: apps can be forged."""
        shown = message_id if message_id is not None else max(self.chat.messages)
        self._remember(self.account.press(shown, data, chat=self.place))
        await self.settle()

    async def searches(self, query: str) -> None:
        """Type `@bot query` in any chat."""
        self.search = self.account.search(query)
        await self.settle()

    async def chooses(self, title: str) -> None:
        """Post the result with this title."""
        results = self.results
        found = [
            r for r in (self.search.results if self.search else None) or [] if r["title"] == title
        ]
        if not found or self.search is None:
            pytest.fail(f"{self.name} sees no result {title!r}, only {results}")
        self.account.choose(self.search, found[0]["id"], chat=self.place)
        await self.settle()

    async def blocks(self) -> None:
        """Block the bot."""
        self.account.block()
        await self.settle()

    async def unblocks(self) -> None:
        """Let the bot write again."""
        self.account.unblock()
        await self.settle()

    @property
    def sees(self) -> str:
        """The bot's last words in this chat, as they stand now; empty when it said nothing."""
        return self.screen[-1] if self.screen else ""

    @property
    def screen(self) -> list[str]:
        """All the bot's words in this chat, oldest first, as they stand now."""
        return [words(message) for message in self._bot_messages()]

    @property
    def picture(self) -> bytes | None:
        """The newest picture that the bot sent here."""
        shown = [m["photo"][-1]["file_id"] for m in self._bot_messages() if "photo" in m]
        upload = self.account.world.files.by_id(shown[-1]) if shown else None
        return upload.content if upload else None

    @property
    def keys(self) -> list[str]:
        """The labels on offer: under the newest message that has buttons, then the keyboard."""
        rows = [list(_buttons(m)) for m in reversed(self.chat.messages.values())]
        newest = next((buttons for buttons in rows if buttons), [])
        return [str(button["text"]) for button in newest] + self._keyboard()

    @property
    def buttons(self) -> list[str]:
        """The labels under the newest message of the bot."""
        messages = self._bot_messages()
        return [str(button["text"]) for button in _buttons(messages[-1])] if messages else []

    @property
    def toast(self) -> str | None:
        """What the bot answered to the last press; None when it did not answer."""
        if self.press is None or self.press.answer is None:
            return None
        return str(self.press.answer["text"])

    @property
    def results(self) -> list[str]:
        """The titles that the last search shows."""
        found = self.search.results if self.search else None
        return [str(result["title"]) for result in found or []]

    def describes(self) -> str:
        """What is on the screen, for messages of failed tests."""
        return f"On the screen: {self.screen[-3:]}; buttons: {self.keys}"

    async def _press(self, message: Json, button: Json) -> None:
        if "callback_data" not in button:
            pytest.fail(f"the button {button['text']!r} opens something: {button}")
        data, shown = button["callback_data"], message["message_id"]
        self._remember(self.account.press(shown, data, chat=self.place))
        await self.settle()

    def _remember(self, press_id: str) -> None:
        self.press = self.account.world.presses[press_id]

    def _keyboard(self) -> list[str]:
        rows = self.chat.keyboard["keyboard"] if self.chat.keyboard else []
        return [str(key["text"]) for row in rows for key in row]

    def _bot_messages(self) -> list[Json]:
        bot_id = self.account.world.bot["id"]
        return [m for m in self.chat.messages.values() if m["from"]["id"] == bot_id]


def words(message: Json) -> str:
    """The text or caption of a message."""
    return str(message.get("text", message.get("caption", "")))


def _buttons(message: Json) -> list[Json]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


class Rings:
    """Hears whether telephones ring."""

    def __init__(self) -> None:
        self.heard: list[bool] = []

    async def before(self, call: Call) -> None:
        if call.method == "sendmessage":
            self.heard.append(call.text("disable_notification") != "true")

    async def after(self, call: Call, answer: Answer) -> None:
        """What was carried out stays so."""
