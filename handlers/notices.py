"""What the bot says of its own accord: how each kind of notice is put into words.

The text `notice-<kind>` has the words, with the notice's fields as its arguments. A feature that
wants more, such as buttons or a picture, says how: `@notices.renders("drop-off")`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.types import MessageEntity

from handlers.texts import Texts
from knowledge import nights

Fields = Mapping[str, Any]
"""What a notice was posted with, and `now`: when it is put into words."""

Renderer = Callable[[Fields, Texts, int], TelegramMethod[Any]]
"""Makes the call: from the fields, in these texts, to this person."""

RENDERERS: dict[str, Renderer] = {}
"""By kind; the others are plain text."""


def renders(kind: str) -> Callable[[Renderer], Renderer]:
    """Have notices of this kind made by the function."""

    def register(renderer: Renderer) -> Renderer:
        RENDERERS[kind] = renderer
        return renderer

    return register


def text_key(kind: str) -> str:
    """The key of a kind's words."""
    return f"notice-{kind}"


def is_silent(fields: Fields) -> bool:
    """Whether it should make no sound: at night where the person lives, unless it may."""
    if "zone" not in fields or not fields.get("quiet", True):
        return False
    return nights.is_night(fields["now"], ZoneInfo(fields["zone"]))


def render(
    kind: str, fields: Fields, t: Texts, to: int, repeated: bool, now: datetime
) -> TelegramMethod[Any]:
    """The call that tells a person; one that may come for the second time says so."""
    renderer = RENDERERS.get(kind)
    if renderer is not None:
        call = renderer({**fields, "now": now}, t, to)
    else:
        call = SendMessage(chat_id=to, text=t(text_key(kind), **fields))
    if not repeated or isinstance(call, EditMessageText):  # which says the same however often
        return call
    return _marked(call, t("notice-repeated"))


def _marked(call: TelegramMethod[Any], mark: str) -> TelegramMethod[Any]:
    """The call with a line before its words, wherever it has words."""
    line = f"{mark}\n"
    for words, entities in (("text", "entities"), ("caption", "caption_entities")):
        said = getattr(call, words, None)
        if isinstance(said, str):
            changed: dict[str, Any] = {words: line + said}
            if formats := getattr(call, entities, None):
                changed[entities] = [_later(each, _utf16_length(line)) for each in formats]
            return call.model_copy(update=changed)
    return call


def _later(entity: MessageEntity, units: int) -> MessageEntity:
    return entity.model_copy(update={"offset": entity.offset + units})


def _utf16_length(text: str) -> int:
    """What Telegram counts offsets in."""
    return len(text.encode("utf-16-le")) // 2
