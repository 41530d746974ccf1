"""What Telegram knows: the bot, the people, the chats and what was written in them."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.playground.cast import Phone
from bot.playground.files import Files
from bot.playground.limits import Limits
from bot.playground.rules import Call, Json, forbid, leading_integer, refuse
from bot.playground.updates import Updates

FIRST_PERSON = 5_000_000_001
FIRST_GROUP = -1_001_000_000_001

CommandsKey: TypeAlias = tuple[str, int, int, str]
"""Kind of scope, chat and user where the scope has them, language."""


@dataclass(slots=True)
class Chat:
    """A chat with the bot in it: one person's, or a group."""

    about: Json
    """The chat as Telegram describes it to the bot."""
    member_ids: list[int]
    messages: dict[int, Json] = field(default_factory=dict)
    """All that stands there now, as Telegram shows it to the bot."""
    hidden: set[int] = field(default_factory=set)
    """Messages that the bot never saw (privacy mode in groups)."""
    keyboard: Json | None = None
    """The reply keyboard on the screen."""
    is_open: bool = False
    """Whether the bot may write here: somebody pressed Start or wrote first."""
    is_blocked: bool = False
    action: str = ""
    """What the bot is seen doing, such as typing."""

    @property
    def id(self) -> int:
        return int(self.about["id"])

    @property
    def is_private(self) -> bool:
        return bool(self.about["type"] == "private")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing that reached a chat from the bot: a message, an edit, a removal."""

    at: datetime
    method: str
    chat_id: int
    message_id: int
    message: Json


@dataclass(slots=True)
class Press:
    """A button that somebody pressed, and what the bot answered to it."""

    id: str
    person_id: int
    at: datetime
    message_id: int
    data: str
    answer: Json | None = None
    """text, show_alert and url of the answer, None while the button spins."""


@dataclass(slots=True)
class Search:
    """An inline query that somebody typed, and the bot's results."""

    id: str
    person_id: int
    at: datetime
    query: str
    results: list[Json] | None = None
    button: Json | None = None


@dataclass(slots=True)
class World:
    """The state behind the doors; `Playground` adds the methods."""

    bot: Json
    clock: Callable[[], datetime]
    updates: Updates
    limits: Limits
    files: Files = field(default_factory=Files)
    people: dict[int, Json] = field(default_factory=dict)
    people_met: int = 0
    """How many ids of people were given out; none is given out twice."""
    groups_met: int = 0
    next_free: int = 1
    """The next number for queries."""
    chats: dict[int, Chat] = field(default_factory=dict)
    seen_people: set[int] = field(default_factory=set)
    """People whom the bot has met somewhere; all others are strangers to it."""
    presses: dict[str, Press] = field(default_factory=dict)
    searches: dict[str, Search] = field(default_factory=dict)
    inline_messages: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Messages posted through the bot, by inline_message_id: chat and message."""
    commands: dict[CommandsKey, list[Json]] = field(default_factory=dict)
    deliveries_made: list[Delivery] = field(default_factory=list)
    phones: dict[int, Phone] = field(default_factory=dict)
    """The phones on the page, by the person's id, from left to right."""
    watchers: list[Callable[[], None]] = field(default_factory=list)
    """Called after everything that changed what people see."""
    message_ids: dict[int, int] = field(default_factory=dict)
    """The last message's id: of all private chats under 0, and of each group."""

    @property
    def now(self) -> int:
        """The time as Telegram writes it."""
        return int(self.clock().timestamp())

    @property
    def bot_in_brief(self) -> Json:
        """The bot as messages name it; only getMe tells more (Client.cpp, JsonUser)."""
        return {name: self.bot[name] for name in ("id", "is_bot", "first_name", "username")}

    def next_number(self) -> int:
        """A number that was not used before, for queries."""
        self.next_free += 1
        return self.next_free - 1

    def next_message_id(self, chat: Chat) -> int:
        """Private chats share one row of numbers; each group has its own."""
        key = 0 if chat.is_private else chat.id
        self.message_ids[key] = self.message_ids.get(key, 0) + 1
        return self.message_ids[key]

    def add_person(self, first_name: str, number: int | None, more: Json) -> Json:
        """Somebody with Telegram, and the still empty chat with the bot."""
        if number is None:
            number = self._free_person()
        assert number not in self.people, f"there is somebody with the id {number} already"
        about = {"id": number, "is_bot": False, "first_name": first_name, **more}
        chat: Json = {"id": number, "type": "private", "first_name": first_name}
        chat |= {name: more[name] for name in ("last_name", "username") if name in more}
        self.people[number] = about
        self.chats[number] = Chat(chat, [number])
        return about

    def _free_person(self) -> int:
        while (number := FIRST_PERSON + self.people_met) in self.people:
            self.people_met += 1
        self.people_met += 1
        return number

    def add_group(self, title: str, member_ids: list[int], kind: str = "supergroup") -> Chat:
        """A group, or a channel, that the bot was added to."""
        number = FIRST_GROUP - self.groups_met
        self.groups_met += 1
        chat = Chat({"id": number, "type": kind, "title": title}, member_ids, is_open=True)
        self.chats[number] = chat
        return chat

    def begin_afresh(self) -> None:
        """Forget everybody and everything written; what the bot said of itself stays.

        Numbers go on: a bot that remembers meets new people and new messages.
        """
        self.people.clear()
        self.chats.clear()
        self.seen_people.clear()
        self.presses.clear()
        self.searches.clear()
        self.inline_messages.clear()
        self.phones.clear()
        self.files.kept.clear()
        self.updates.forget()
        self.changed()

    def chat_of(self, call: Call) -> Chat:
        """The chat that a call speaks to, if the bot may write there.

        Source: Client.cpp, `check_chat` and `check_chat_access`; a person the bot never met is
        "not found", one it met only elsewhere cannot be written to first.
        """
        value = call.text("chat_id")
        if not value:
            refuse("chat_id is empty")
        chat = self.chats.get(leading_integer(value.strip()))
        if chat is None or (not chat.is_open and chat.id not in self.seen_people):
            refuse("chat not found")
        if not chat.is_open:
            forbid("bot can't initiate conversation with a user")
        return chat

    def refuse_if_blocked(self, chat: Chat) -> None:
        """Telegram's servers notice this last, after all that is wrong with the message."""
        if chat.is_blocked:
            forbid("bot was blocked by the user")

    def deliver(self, method: str, chat: Chat, message: Json) -> None:
        """Write down what reached the chat, and tell those who watch."""
        copied = copy.deepcopy(message)
        self.deliveries_made.append(
            Delivery(self.clock(), method, chat.id, message["message_id"], copied)
        )
        self.changed()

    def changed(self) -> None:
        """Tell those who watch that there is something new to see."""
        for watch in tuple(self.watchers):
            watch()

    def age(self, message: Json) -> timedelta:
        """How old a message is."""
        return timedelta(seconds=self.now - message["date"])
