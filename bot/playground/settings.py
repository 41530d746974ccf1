"""What the bot sets about itself: its commands, by scope and language.

Sources: telegram-bot-api, Client.cpp (`get_bot_commands`, `get_bot_command_scope`); td,
BotCommand.cpp and misc.cpp, `validate_bot_language_code`; in capitals: Telegram's servers.
"""

import re

from bot.playground.rules import (
    MAX_INT64,
    Answer,
    Call,
    Json,
    parsing,
    refuse,
    required_integer,
    required_string,
)
from bot.playground.world import CommandsKey, World

MAX_COMMANDS = 100
MAX_DESCRIPTION = 256
_FOR_MANY = frozenset({
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators",
})  # fmt: skip
_FOR_ONE = frozenset({"chat", "chat_administrators", "chat_member"})


def set_my_commands(world: World, call: Call) -> Answer:
    """setMyCommands; an empty list deletes."""
    commands = _read_commands(call)
    key = _key(world, call)
    if len(commands) > MAX_COMMANDS:
        refuse("BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", each["command"]):
            refuse("BOT_COMMAND_INVALID")
        if not 1 <= len(each["description"]) <= MAX_DESCRIPTION:
            refuse("BOT_COMMAND_DESCRIPTION_INVALID")
    if commands:
        world.commands[key] = commands
    else:
        world.commands.pop(key, None)
    world.changed()
    return Answer(True)


def delete_my_commands(world: World, call: Call) -> Answer:
    """deleteMyCommands."""
    world.commands.pop(_key(world, call), None)
    world.changed()
    return Answer(True)


def get_my_commands(world: World, call: Call) -> Answer:
    """getMyCommands: of exactly this scope and language."""
    return Answer(world.commands.get(_key(world, call), []))


def commands_for(world: World, person_id: int, language_code: str) -> list[Json]:
    """The commands that a person is shown in the private chat (Bot API, BotCommandScope)."""
    for scope in ((("chat", person_id, 0)), ("all_private_chats", 0, 0), ("default", 0, 0)):
        for language in (language_code[:2], ""):
            found = world.commands.get((*scope, language))
            if found:
                return found
    return []


def _read_commands(call: Call) -> list[Json]:
    values = call.decoded("commands", "Can't parse commands JSON object")
    if values is None:
        return []
    if not isinstance(values, list):
        refuse("Expected an Array of BotCommand")
    with parsing("BotCommand"):
        return [_read_command(value) for value in values]


def _read_command(value: object) -> Json:
    if not isinstance(value, dict):
        refuse("expected an Object")
    command = required_string(value, "command").strip().removeprefix("/")
    return {"command": command, "description": required_string(value, "description").strip()}


def _key(world: World, call: Call) -> CommandsKey:
    language = call.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        refuse("Invalid language code specified")
    scope = call.decoded("scope", "Can't parse BotCommandScope JSON object")
    if scope is None:
        return "default", 0, 0, language
    with parsing("BotCommandScope"):
        kind, chat_id, user_id = _read_scope(scope)
    chat = world.chat_of(Call("", {"chat_id": chat_id})).id if kind in _FOR_ONE else 0
    return kind, chat, user_id, language


def _read_scope(scope: object) -> tuple[str, str, int]:
    if not isinstance(scope, dict):
        refuse("BotCommandScope must be an Object")
    kind = required_string(scope, "type")
    if kind in _FOR_MANY:
        return kind, "", 0
    if kind not in _FOR_ONE:
        refuse("Unsupported type specified")
    chat_id = required_string(scope, "chat_id")
    if not chat_id:
        refuse("Empty chat_id specified")
    if kind != "chat_member":
        return kind, chat_id, 0
    user_id = required_integer(scope, "user_id", most=MAX_INT64)
    if user_id <= 0:
        refuse("Invalid user_id specified")
    return kind, chat_id, user_id
