"""How the bot's words are read: by entities, or by Telegram's HTML.

The bot itself writes entities only; HTML is here so that a stray parse_mode meets Telegram's
answer. Sources: telegram-bot-api, Client.cpp, `get_formatted_text`; td, MessageEntity.cpp,
`parse_html`.
"""

import re
from typing import NoReturn

from bot.playground import entities
from bot.playground.rules import ApiError, Call, Json, refuse
from bot.playground.texts import MAX_BYTES, Formatted, utf16_length

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-spoiler": "spoiler",
    "a": "text_link",
}  # fmt: skip
_PIECE = re.compile(r"<(/?)([A-Za-z0-9-]*)([^<>]*)>|&(#[0-9]+|#x[0-9A-Fa-f]+|lt|gt|amp|quot);|(<)")
_LINK = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def read(call: Call, text: str, marks: str) -> Formatted:
    """A text parameter and its entities; entities that are no JSON count as none."""
    try:
        given = call.decoded(marks, "broken")
    except ApiError:
        given = None
    return formatted(call.text(text), call.text("parse_mode"), given)


def formatted(text: str, parse_mode: str, given: object) -> Formatted:
    """A text by its parse mode, or else by the entities given with it."""
    if len(text.encode()) > MAX_BYTES:
        refuse("text is too long")
    mode = parse_mode.lower()
    if not text or mode in {"", "none"}:
        return Formatted(text, _with_urls(entities.read(given)))
    if mode in {"markdown", "markdownv2"}:
        raise NotImplementedError(mode)  # The bot writes none, so the playground reads none.
    if mode != "html":
        refuse("unsupported parse_mode")
    parsed = parse_html(text)
    return Formatted(parsed.text, _with_urls(parsed.entities))


def parse_html(text: str) -> Formatted:
    """The text without its tags, and the entities that the tags mean."""
    out, found, open_tags, place = "", [], list[tuple[str, Json]](), 0
    for match in _PIECE.finditer(text):
        out += text[place : match.start()]
        place = match.end()
        at = len(text[: match.start()].encode())
        closing, tag, attributes, reference, stray = match.groups()
        if stray:
            _complain(f"Unclosed start tag at byte offset {at}")
        if reference:
            out += _NAMED.get(reference) or _character(reference)
        elif closing:
            found += _close(open_tags, tag.lower(), out, at)
        else:
            open_tags.append(_open(tag.lower(), attributes, out, at))
    if open_tags:
        tag = open_tags[-1][0]
        _complain(f'Can\'t find end tag corresponding to start tag "{tag}"')
    return Formatted(out + text[place:], found)


def _with_urls(found: list[Json]) -> list[Json]:
    """The same entities, with links as Telegram keeps them."""
    for entity in found:
        if "url" in entity:
            entity["url"] = entities.checked_url(entity["url"], "Entity URL")
    return found


def _open(tag: str, attributes: str, out: str, at: int) -> tuple[str, Json]:
    if tag not in _TAGS:
        _complain(f'Unsupported start tag "{tag}" at byte offset {at}')
    entity: Json = {"type": _TAGS[tag], "offset": utf16_length(out)}
    if tag == "a":
        link = _LINK.search(attributes)
        entity["url"] = next(filter(None, link.groups()), "") if link else ""
    if tag == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    return tag, entity


def _close(open_tags: list[tuple[str, Json]], tag: str, out: str, at: int) -> list[Json]:
    if not open_tags:
        _complain(f"Unexpected end tag at byte offset {at}")
    expected, entity = open_tags.pop()
    if tag not in {"", expected}:
        found = f'expected "</{expected}>", found "</{tag}>"'
        _complain(f"Unmatched end tag at byte offset {at}, {found}")
    entity["length"] = utf16_length(out) - entity["offset"]
    return [entity] if entity["length"] and entity.get("url", "-") else []


def _character(reference: str) -> str:
    number = int(reference.lstrip("#x"), 16 if reference[1] == "x" else 10)
    valid = 0 < number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if valid else f"&{reference};"


def _complain(message: str) -> NoReturn:
    refuse(f"can't parse entities: {message}")
