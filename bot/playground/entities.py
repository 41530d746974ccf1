"""The marks in a text: read from the bot's request, or found by Telegram itself.

Sources: telegram-bot-api, Client.cpp (`get_text_entity_type`, `get_input_entities`); td,
MessageEntity.cpp (`find_entities`) and LinkManager.cpp (`check_link`).
"""

import re
from typing import Any

from bot.playground.rules import (
    MAX_INT64,
    Json,
    missing,
    object_field,
    parsing,
    refuse,
    required_integer,
    required_string,
)

CROSSING_FREELY = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_SIMPLE = CROSSING_FREELY | QUOTES | {"code", "pre"}
_FOUND_BY_TELEGRAM = frozenset({
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
    "bank_card_number",
})  # fmt: skip

_HOST = r"(?:[\w-]+\.)+(?:com|cn|net|org|io|me|info|app|edu|gov)(?![\w.-])"
_FINDERS = (
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z][A-Za-z0-9_]{2,31})?(?![\w/<>])"),
    ),
    ("email", re.compile(r"(?<![\w.+-])[A-Za-z0-9_.+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")),
    (
        "url",
        re.compile(
            rf"(?:https?://[^\s/?#<>\"]+|(?<![\w@.-]){_HOST})(?:[/?#][^\s<>\"。，；！）]*)?"
        ),
    ),
    ("mention", re.compile(r"(?<![\w/@])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}")),
    ("phone_number", re.compile(r"(?<![\w+])\+[0-9][0-9 -]{6,17}[0-9](?!\w)")),
)


def read(value: Any) -> list[Json]:
    """The entities that the bot sent, each with the fields its kind needs.

    What is no list is passed over in silence, and so are kinds that Telegram finds by itself.
    """
    entities = []
    for each in value if isinstance(value, list) else []:
        with parsing("MessageEntity"):
            entity = _read(each)
        if entity is not None:
            entities.append(entity)
    return entities


def find(text: str) -> list[Json]:
    """The commands, mentions, links and the like that Telegram finds by itself."""
    found: list[tuple[int, int, str]] = []
    for kind, pattern in _FINDERS:
        for match in pattern.finditer(text):
            if all(match.end() <= start or end <= match.start() for start, end, _ in found):
                found.append((match.start(), match.end(), kind))
    return [
        {"type": kind, "offset": _units(text[:start]), "length": _units(text[start:end])}
        for start, end, kind in sorted(found)
    ]


def overlap(one: Json, other: Json) -> bool:
    """Whether two entities share a part of the text."""
    return bool(one["offset"] < _end(other) and other["offset"] < _end(one))


def whole(inner: Json, outer: Json) -> bool:
    """Whether one entity stands inside another."""
    return bool(outer["offset"] <= inner["offset"] and _end(inner) <= _end(outer))


def checked_url(url: str, what: str) -> str:
    """A link as Telegram keeps it, if it takes it in a message."""
    if url.lower().startswith(("tg://", "ton://", "tonsite://")):
        return url
    scheme, found, rest = url.partition("://")
    if found and scheme.lower() not in {"http", "https"}:
        refuse(f"{what} '{url}' is invalid: Unsupported URL protocol")
    address = rest if found else url
    host = re.split(r"[/?#]", address)[0].rpartition("@")[2]
    if not host:
        refuse(f"{what} '{url}' is invalid: URL host is empty")
    if not re.fullmatch(r"(?:[^\s.]+\.)+[^\s.]+", host):
        refuse(f"{what} '{url}' is invalid: Wrong HTTP URL")
    complete = address if len(address) > len(host) else f"{address}/"
    return f"{scheme.lower() if found else 'http'}://{complete}"


def _read(value: Any) -> Json | None:
    if not isinstance(value, dict):
        refuse("expected an Object")
    entity: Json = {
        "offset": required_integer(value, "offset"),
        "length": required_integer(value, "length"),
        "type": required_string(value, "type"),
    }
    match entity["type"]:
        case "":
            refuse("Type is not specified")
        case kind if kind in _FOUND_BY_TELEGRAM:
            return None
        case "pre" if value.get("language"):
            entity["language"] = required_string(value, "language")
        case "text_link":
            entity["url"] = required_string(value, "url")
        case "text_mention":
            user = object_field(value, "user")
            if user is None:
                missing("user")
            entity["user"] = {"id": required_integer(user, "id", most=MAX_INT64)}
        case "custom_emoji":
            number = required_integer(value, "custom_emoji_id", most=MAX_INT64)
            entity["custom_emoji_id"] = str(number)
        case kind if kind not in _SIMPLE:
            refuse("Unsupported type specified")
    return entity


def _end(entity: Json) -> int:
    return int(entity["offset"] + entity["length"])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
