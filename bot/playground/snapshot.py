"""The playground's world as JSON, and back: what Telegram would not forget overnight.

Left out are what ends by itself within seconds (searches, presses that nobody looks at) and what
only tests look at (calls, deliveries).
"""

import re
from dataclasses import asdict
from datetime import datetime

from bot.playground.cast import Phone
from bot.playground.files import Kept
from bot.playground.rules import Json, Upload
from bot.playground.world import Chat, Press, World

VERSION = 1
GAP = 1000
"""How far all numbers jump at a start. What was written after the last snapshot is gone, but the
bot may remember its numbers: no other thing may get them."""


def taken(world: World) -> Json:
    """The world as it is now, without the files' bytes."""
    shown = {each for phone in world.phones.values() for each in phone.presses}
    return {
        "version": VERSION,
        "bot": world.bot["id"],
        "people": list(world.people.values()),
        "people_met": world.people_met,
        "groups_met": world.groups_met,
        "next_free": world.next_free,
        "message_ids": list(world.message_ids.items()),
        "seen_people": sorted(world.seen_people),
        "chats": [_chat(each) for each in world.chats.values()],
        "presses": [_press(world.presses[each]) for each in sorted(shown)],
        "inline_messages": world.inline_messages,
        "commands": [[list(key), value] for key, value in world.commands.items()],
        "phones": [asdict(each) for each in world.phones.values()],
        "updates": world.updates.snapshot(),
        "last_file": world.files.last_number,
        "files": {
            file_id: [kept.upload.name, kept.path, kept.about, kept.sizes]
            for file_id, kept in world.files.kept.items()
        },
    }


def restored(world: World, kept: Json, contents: dict[str, bytes]) -> None:
    """Fill a new world from a snapshot and the files' bytes, by their paths."""
    if kept["version"] != VERSION or kept["bot"] != world.bot["id"]:
        raise ValueError(kept["version"])
    world.people.update({each["id"]: each for each in kept["people"]})
    world.people_met = kept["people_met"] + GAP * (kept["people_met"] > 0)
    world.groups_met = kept["groups_met"]
    world.next_free = max(world.next_free, kept["next_free"] + GAP)
    world.message_ids.update({chat: last + GAP for chat, last in kept["message_ids"]})
    world.seen_people.update(kept["seen_people"])
    for chat in map(_chat_again, kept["chats"]):
        world.chats[chat.id] = chat
    for press in map(_press_again, kept["presses"]):
        world.presses[press.id] = press
    places = kept["inline_messages"].items()
    world.inline_messages.update({each: (chat, message) for each, (chat, message) in places})
    for (kind, chat_id, user_id, language), commands in kept["commands"]:
        world.commands[kind, chat_id, user_id, language] = commands
    for phone in kept["phones"]:
        world.phones[phone["person_id"]] = Phone(**{**phone, "search_id": None})
    if not world.phones.keys() <= world.people.keys() <= world.chats.keys():
        raise ValueError(list(world.phones))
    world.updates.restore(kept["updates"], gap=GAP)
    world.files.last_number = kept["last_file"] + GAP
    for file_id, (name, path, about, sizes) in kept["files"].items():
        if not re.fullmatch(r"[a-z]+/file_[0-9]+\.\w+", path, re.ASCII):
            raise ValueError(path)
        if path in contents:
            upload = Upload(name, contents[path])
            world.files.kept[file_id] = Kept(upload, path, about, tuple(sizes))


def _chat(chat: Chat) -> Json:
    return {
        "about": chat.about,
        "member_ids": chat.member_ids,
        "messages": list(chat.messages.values()),
        "hidden": sorted(chat.hidden),
        "keyboard": chat.keyboard,
        "is_open": chat.is_open,
        "is_blocked": chat.is_blocked,
    }


def _chat_again(kept: Json) -> Chat:
    messages = {each["message_id"]: each for each in kept["messages"]}
    return Chat(**{**kept, "messages": messages, "hidden": set(kept["hidden"])})


def _press(press: Press) -> Json:
    return {**asdict(press), "at": press.at.isoformat()}


def _press_again(kept: Json) -> Press:
    return Press(**{**kept, "at": datetime.fromisoformat(kept["at"])})
