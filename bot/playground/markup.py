"""The buttons under a message and the keys under the screen, read as strictly as by Telegram.

Reading: telegram-bot-api, Client.cpp, `get_reply_markup`. What becomes of the result: td,
ReplyMarkup.cpp, `get_reply_markup` (buttons without a label are dropped in silence, and so is
the end of a long row). The complaints in capitals come from Telegram's servers.
"""

import json
from collections.abc import Callable
from typing import Any

from bot.playground.entities import checked_url
from bot.playground.rules import (
    Call,
    Json,
    array_field,
    boolean_field,
    object_field,
    parsing,
    refuse,
    required_string,
    string_field,
)

MAX_INLINE_ROW = 8
MAX_INLINE_BUTTONS = 100
MAX_ROW = 12
MAX_KEYS = 300
MAX_BYTES = 10_000
"""Of the markup's JSON; measured by others (tginfo/Telegram-Limits#187)."""
MAX_CALLBACK_DATA = 64
MAX_COPIED = 256
MAX_PLACEHOLDER = 64
STYLES = frozenset({"danger", "success", "primary"})


def read(call: Call) -> Json | None:
    """The reply markup that came with a call, None when there is none to speak of."""
    return read_value(
        call.decoded("reply_markup", "Can't parse reply keyboard markup JSON object")
    )


def read_value(value: Any) -> Json | None:
    """A reply markup from its JSON."""
    if value is None:
        return None
    if not isinstance(value, dict):
        refuse("Object expected as reply markup")
    keyboard = _rows(value, "keyboard", "keyboard button", _key)
    inline = _rows(value, "inline_keyboard", "inline keyboard button", _inline_button)
    remove = boolean_field(value, "remove_keyboard")
    force_reply = boolean_field(value, "force_reply")
    selective = boolean_field(value, "selective")
    placeholder = string_field(value, "input_field_placeholder")
    if placeholder and len(placeholder) > MAX_PLACEHOLDER:
        refuse("input field placeholder is too long")  # In words of our own.
    if keyboard:
        shown: Json = {"keyboard": keyboard, "selective": selective}
        for name in ("resize_keyboard", "one_time_keyboard", "is_persistent"):
            shown[name] = boolean_field(value, name)
        return {**shown, "input_field_placeholder": placeholder or ""}
    if inline:
        return {"inline_keyboard": inline}
    if remove:
        return {"remove_keyboard": True}
    return {"force_reply": True} if force_reply else None


def settled(
    markup: Json | None, *, private: bool = True, only_inline: bool = False
) -> Json | None:
    """The markup as it will be shown, after the checks that come once the chat is known."""
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        return _settled_inline(markup["inline_keyboard"])
    if only_inline:
        refuse("Inline keyboard expected")
    if "keyboard" not in markup:
        return markup
    rows = [
        [_checked_key(key, private) for key in row if key["text"]] for row in markup["keyboard"]
    ]
    rows = [row[:MAX_ROW] for row in rows if row]
    _refuse_if_too_long(rows, MAX_KEYS)
    return {**markup, "keyboard": rows} if rows else None


def _settled_inline(rows: list[list[Json]]) -> Json | None:
    checked = [[_checked_button(each) for each in row if each["text"]] for row in rows]
    shown = [row[:MAX_INLINE_ROW] for row in checked if row]
    _refuse_if_too_long(shown, MAX_INLINE_BUTTONS)
    return {"inline_keyboard": shown} if shown else None


def _refuse_if_too_long(rows: list[list[Json]], most: int) -> None:
    size = len(json.dumps(rows, ensure_ascii=False).encode())
    if sum(map(len, rows)) > most or size > MAX_BYTES:
        refuse("reply markup is too long")


def _rows(
    value: Json, name: str, what: str, read_button: Callable[[Any], Json]
) -> list[list[Json]]:
    rows: list[list[Json]] = []
    for row in array_field(value, name) or []:
        if not isinstance(row, list):
            where = " of the InlineKeyboardMarkup" if name == "inline_keyboard" else ""
            refuse(f'Field "{name}"{where} must be an Array of Arrays')
        with parsing(what):
            rows.append([read_button(button) for button in row])
    return rows


def _label(button: Json) -> Json:
    """What every button has: its text, and perhaps a colour."""
    label = {"text": required_string(button, "text")}
    style = string_field(button, "style")
    if style and style not in STYLES:
        refuse("Unsupported button style specified")  # In words of our own.
    return {**label, "style": style} if style else label


def _key(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        refuse("KeyboardButton must be a String or an Object")
    label = _label(button)
    for name in ("request_contact", "request_location"):
        if boolean_field(button, name):
            return {**label, name: True}
    web_app = object_field(button, "web_app")
    if web_app is not None:
        return {**label, "web_app": {"url": required_string(web_app, "url")}}
    return label


def _inline_button(button: Any) -> Json:
    """The first action that is there counts, in Telegram's order; others are passed over."""
    if not isinstance(button, dict):
        refuse("InlineKeyboardButton must be an Object")
    label = _label(button)
    for name in ("url", "callback_data"):
        value = string_field(button, name)
        if value:
            return {**label, name: value}
    for name in ("callback_game", "pay", "login_url"):
        if name in button:
            return {**label, name: button[name]}
    for name in ("switch_inline_query", "switch_inline_query_current_chat"):
        if name in button:
            return {**label, name: required_string(button, name)}
    for name, needed in (("web_app", "url"), ("copy_text", "text")):
        thing = object_field(button, name)
        if thing is not None:
            return {**label, name: {needed: required_string(thing, needed)}}
    chosen = object_field(button, "switch_inline_query_chosen_chat")
    if chosen is None:
        refuse("Text buttons are unallowed in the inline keyboard")
    return {**label, "switch_inline_query_chosen_chat": chosen}


def _checked_button(button: Json) -> Json:
    """An inline button whose action Telegram's servers accept."""
    match button:
        case {"callback_data": str(data)} if len(data.encode()) > MAX_CALLBACK_DATA:
            refuse("BUTTON_DATA_INVALID")
        case {"url": str(url)}:
            return {**button, "url": checked_url(url, "Inline keyboard button URL")}
        case {"callback_game": _} | {"pay": _}:
            refuse("BUTTON_TYPE_INVALID")
        case {"login_url": _}:
            refuse("BOT_DOMAIN_INVALID")
        case {"web_app": {"url": str(url)}} if not url.startswith("https://"):
            refuse(f"Inline keyboard button {_only_https(url)}")
        case {"copy_text": {"text": str(text)}} if not 1 <= len(text) <= MAX_COPIED:
            refuse("BUTTON_COPY_TEXT_INVALID")
    return button


def _checked_key(key: Json, private: bool) -> Json:
    """A key that may be shown in this kind of chat."""
    alone = {
        "request_contact": "Phone number can be requested in private chats only",
        "request_location": "Location can be requested in private chats only",
        "web_app": "Web App buttons can be used in private chats only",
    }
    for name, complaint in alone.items():
        if name in key and not private:
            refuse(complaint)
    if "web_app" in key and not key["web_app"]["url"].startswith("https://"):
        refuse(f"Keyboard button {_only_https(key['web_app']['url'])}")
    return key


def _only_https(url: str) -> str:
    return f"Web App URL '{url}' is invalid: Only HTTPS links are allowed"
