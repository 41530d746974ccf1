"""Sixty updates that something is wrong with, as texts that Telegram's answer might contain.

Each names how it has to end: parked if it cannot be read, answered (perhaps in silence) if it
can be. `UPDATE` stands for the update's id.
"""

import json
from dataclasses import dataclass
from typing import Any

STRANGER = {"id": 6_000_000_001, "is_bot": False, "first_name": "某人"}
PRIVATE = {"id": 6_000_000_001, "type": "private", "first_name": "某人"}
GROUP = {"id": -1_001_000_000_777, "type": "supergroup", "title": "三号楼"}
MESSAGE = {
    "message_id": 1, "date": 1_795_000_000, "chat": PRIVATE, "from": STRANGER, "text": "沙发",
}  # fmt: skip
CHANNEL = {"id": -1_001_000_000_778, "type": "channel", "title": "垃圾分类"}
PRESS = {"id": "4242", "from": STRANGER, "chat_instance": "1", "data": "bin:AAAAAAAA::0"}
UNREACHABLE = {"chat": PRIVATE, "message_id": 1, "date": 0}
SEARCH = {"id": "4247", "from": STRANGER, "offset": ""}
PHOTO = {"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}
PARKED, ANSWERED = "parked", "answered"


@dataclass(frozen=True)
class Poison:
    """One bad update."""

    name: str
    template: str
    ends: str = PARKED
    readable: bool = True
    """Whether an answer with it can be read as a whole."""

    def text(self, update_id: int) -> str:
        """The update as it stands in Telegram's answer."""
        return self.template.replace('"UPDATE"', str(update_id))


def _update(name: str, ends: str = PARKED, /, **event: Any) -> Poison:
    return Poison(name, json.dumps({"update_id": "UPDATE", **event}), ends)


def _message(name: str, ends: str = PARKED, /, **fields: Any) -> Poison:
    """A message with other fields; None takes a field away."""
    message = {key: value for key, value in (MESSAGE | fields).items() if value is not None}
    return _update(name, ends, message=message)


def _press(name: str, ends: str = PARKED, /, **fields: Any) -> Poison:
    press = {key: value for key, value in (PRESS | fields).items() if value is not None}
    return _update(name, ends, callback_query=press)


def _entity(kind: str, offset: int) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": 1}


def _nested(depth: int) -> Poison:
    deep = '{"update_id":"UPDATE","message":' + '{"reply_to_message":' * depth + "1" + "}" * depth
    return Poison(f"nested {depth} deep", deep + "}", readable=depth < 500)


POISON = (
    # Not even an update.
    Poison("an empty object", "{}"),
    Poison("a list", "[]"),
    Poison("a list of lists", "[[[]]]"),
    Poison("a text", '"update"'),
    Poison("a number", "7"),
    Poison("nothing", "null"),
    Poison("no id", json.dumps({"message": MESSAGE | {"chat": None}})),
    Poison("an id that is a word", json.dumps({"update_id": "x", "message": 1})),
    Poison("an id past all numbers", json.dumps({"update_id": 10**30, "poll": 1})),
    Poison("an id that is half", json.dumps({"update_id": 0.5, "message": 1})),
    # Nested, or with numbers, beyond what can be read.
    _nested(100),
    _nested(1_000),
    _nested(100_000),
    Poison("a number of 5,000 digits", '{"update_id":"UPDATE","message":' + "9" * 5_000 + "}",
           readable=False),
    # Unknown and useless kinds.
    _update("nothing but an id"),
    _update("an unknown kind", magic={"message_id": 1}),
    _update("a kind that is null", message=None),
    _update("a message that is a list", message=[MESSAGE]),
    _update("a message that is a text", message="香蕉皮"),
    _update("an empty message", message={}),
    _update("a channel's post", ANSWERED, channel_post=MESSAGE | {"chat": CHANNEL}),
    _update("a correction", ANSWERED, edited_message=MESSAGE | {"edit_date": 1_795_000_009}),
    _update("a boost without anything", chat_boost={}),
    Poison(
        "the same key twice",
        '{"update_id":"UPDATE","message":1,"message":' + json.dumps(MESSAGE) + "}", ANSWERED,
    ),
    # Messages.
    _message("no chat", chat=None),
    _message("a chat without an id", chat={"type": "private"}),
    _message("a chat that is a number", chat=7),
    _message("a chat's id that is a word", chat=PRIVATE | {"id": "x"}),
    _message("no message id", message_id=None),
    _message("a message id that is a word", message_id="eins"),
    _message("no date", date=None),
    _message("a date past all calendars", date=10**30),
    _message("a date that is a word", date="gestern"),
    _message("a text that is a number", text=7),
    _message("a text that is a list", text=["沙发"]),
    _message("entities that are a word", entities="bold"),
    _message("an entity without a place", entities=[{"type": "bold"}]),
    _message("a photo that is a word", text=None, photo="沙发"),
    _message("a sender that is a list", **{"from": [STRANGER]}),
    _message("a sender past all numbers", **{"from": STRANGER | {"id": 10**30}}),
    _press("a press past all numbers", id="4248", **{"from": STRANGER | {"id": 2**63}}),
    _message("a sender without a name", **{"from": {"id": 1, "is_bot": False}}),
    _message("a forward from nowhere", forward_origin={"type": "dream"}),
    _message("an unknown kind of chat", ANSWERED, chat=PRIVATE | {"type": "dream"}),
    _message("an unknown kind of entity", ANSWERED, entities=[_entity("dream", 0)]),
    _message("an entity outside the text", ANSWERED, entities=[_entity("bot_command", 90)]),
    _message("nobody wrote it", ANSWERED, **{"from": None}),
    _message("nobody wrote a command", ANSWERED, text="/pickups", **{"from": None}),
    _message("nobody sent a photo", ANSWERED, text=None, photo=[PHOTO], **{"from": None}),
    _message("a date of the dinosaurs", ANSWERED, date=0),
    _message("half a character", ANSWERED, text="\ud83d"),
    _message("half a character after a thing", ANSWERED, text="魔法棒\udc00"),
    _message("zeros", ANSWERED, text="\0魔法\0棒\0"),
    _message("half a megabyte", ANSWERED, text="魔法棒" * 28_000),
    _message("a group that is gone", ANSWERED, chat=GROUP, text="@greenbin_bot 沙发"),
    # Presses and searches.
    _press("a press without a person", **{"from": None}),
    _press("a press without an id", id=None),
    _press("a press whose id is half a character", ANSWERED, id="\ud83d", data="x"),
    _press("a press without data and message", ANSWERED, id="4245", data=None),
    _press("a press under a message of nowhere", id="4246", message={"chat": PRIVATE}),
    _press("a press under an unreachable message", ANSWERED, id="4243", message=UNREACHABLE),
    _press("a press with half a character", ANSWERED, id="4244", data="\udc00"),
    _update("a search without a text", inline_query=SEARCH),
    _update("half a search", ANSWERED, inline_query=SEARCH | {"id": "\udc00", "query": "\ud83d"}),
    _update("a member without a status", my_chat_member={"chat": PRIVATE, "from": STRANGER}),
)  # fmt: skip
