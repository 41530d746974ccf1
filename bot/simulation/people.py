"""The people of a simulated month, with phones in the playground."""

import re
from collections.abc import Mapping
from functools import cache

from aiogram.utils.link import create_telegram_link

from bot.playground import Person, Playground
from bot.playground.rules import Json
from bot.simulation.acts import (
    Act,
    Asks,
    Blocks,
    Door,
    Event,
    Hits,
    Opens,
    OpensSlip,
    Photographs,
    Says,
    Stands,
    Taps,
)
from handlers.texts import texts

WORDS = texts("zh")
"""What people see on keys and buttons."""

PHOTO_WIDTH = 480


class People:
    """Everybody with a phone; they do what the plan says, if they see what it takes."""

    def __init__(self, playground: Playground, names: Mapping[int, str], staff: int) -> None:
        self._world = playground.world
        self._persons = {
            id_: playground.person(name, id_, language_code="zh-hans")
            for id_, name in names.items()
        }
        self._staff = staff
        self.sent = 0
        """How much they have sent, what came twice not counted."""
        self.came_twice = 0
        self.asked = 0
        self.at_a_loss: list[Event] = []
        """What could not be done, because there was no such button or link."""

    def do(self, event: Event) -> None:
        """Do it, and have Telegram tell the bot, twice if need be."""
        person = self._persons[event.person]
        if person.chat.is_blocked or not self._carry_out(person, event.act):
            self.at_a_loss.append(event)
            return
        self.sent += 1
        self.asked += isinstance(event.act, Asks)
        if event.comes_twice and not isinstance(event.act, Taps):
            last = person.chat.messages[max(person.chat.messages)]
            self._world.updates.add("message", last)
            self.came_twice += 1

    def _carry_out(self, person: Person, act: Act) -> bool:
        """Whether it could be done."""
        match act:
            case Says(text) | Asks(text):
                person.say(text)
            case Hits(key):
                person.say(WORDS(key))
            case Opens(code):
                person.start(code)
            case OpensSlip(door):
                return self._open_slip(person, door)
            case Taps():
                return self._tap(person, act)
            case Stands(latitude, longitude):
                person.send_location(latitude, longitude)
            case Photographs(code):
                person.send_photo(_picture(self._world.bot["username"], code))
            case Blocks():
                person.block()
        return True

    def _open_slip(self, person: Person, door: Door) -> bool:
        """Open the link that staff have got and passed on."""
        for text in _words(self._persons[self._staff]):
            if _is_about(text, f"{door.place} {door.address}") and "https://" in text:
                person.open(re.findall(r"https://\S+", text)[0])
                return True
        return False

    def _tap(self, person: Person, act: Taps) -> bool:
        label = WORDS(act.key, name=act.name)
        for message in reversed(person.chat.messages.values()):
            for data in _data(message, label):
                if not act.about or _is_about(_said(message), act.about):
                    person.press(message["message_id"], data)
                    return True
        return False


def _words(person: Person) -> list[str]:
    """What stands in the chat, the newest first."""
    return [_said(message) for message in reversed(person.chat.messages.values())]


def _said(message: Json) -> str:
    return str(message.get("text", message.get("caption", "")))


def _data(message: Json, label: str) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if button["text"] == label]


def _is_about(text: str, words: str) -> bool:
    """Whether a text names this home: "1-1-101" is no part of "11-1-101"."""
    return re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", text) is not None


@cache
def _picture(username: str, code: str) -> bytes:
    """The code on a door card, seen by a phone."""
    from handlers.pictures import qr  # late: it takes a second

    return qr.as_png(qr.squares(create_telegram_link(username, start=code), PHOTO_WIDTH))
