"""The bot changes what it wrote, or takes it away.

Sources: telegram-bot-api, Client.cpp (`process_edit_message_text_query`, `get_input_media`,
`check_message`, `process_delete_message_query`); the complaints about content are TDLib's and the
servers'.
"""

from datetime import timedelta

from bot.playground import formatting, markup
from bot.playground.files import is_there
from bot.playground.messages import caption_content, check_preview, text_content
from bot.playground.rules import (
    Answer,
    Call,
    Json,
    boolean_field,
    parsing,
    refuse,
    required_string,
    string_field,
)
from bot.playground.texts import Formatted
from bot.playground.world import Chat, World

DELETABLE = timedelta(hours=48)
MEDIA = ("photo", "document", "has_media_spoiler")
PARTS = ("text", "entities", "caption", "caption_entities", "reply_markup")
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


def edit_message_text(world: World, call: Call) -> Answer:
    """editMessageText, of a message in a chat or of one posted through the bot."""
    if not call.text("text"):
        refuse("message text is empty")
    check_preview(call)
    written = formatting.read(call, "text", "entities")
    shown = markup.read(call)
    chat, message = _message_to_edit(world, call)
    if "text" not in message:
        refuse("there is no text in the message to edit")
    return _edit(world, call, chat, message, shown, text_content(world, written))


def edit_message_caption(world: World, call: Call) -> Answer:
    """editMessageCaption."""
    shown = markup.read(call)
    written = formatting.read(call, "caption", "caption_entities")
    chat, message = _message_to_edit(world, call)
    if not any(name in message for name in MEDIA):
        refuse("there is no caption in the message to edit")
    return _edit(world, call, chat, message, shown, caption_content(world, written))


def edit_message_media(world: World, call: Call) -> Answer:
    """editMessageMedia: another picture or file, or one in place of a text."""
    if not call.text("media"):
        refuse('Parameter "media" is required')
    media = call.decoded("media", "Can't parse input media JSON object")
    kind, value, written = _read_media(call, media)
    shown = markup.read(call)
    chat, message = _message_to_edit(world, call)
    if not any(name in message for name in (*MEDIA, "text")):
        refuse("message can't be edited")
    content: Json = {}
    if kind == "photo":
        content["photo"] = world.files.photo(call, value)
        if boolean_field(media, "has_spoiler"):
            content["has_media_spoiler"] = True
    else:
        content["document"] = world.files.document(call, value)
    content |= caption_content(world, written)
    return _edit(world, call, chat, message, shown, content, (*MEDIA, *PARTS))


def edit_message_reply_markup(world: World, call: Call) -> Answer:
    """editMessageReplyMarkup: other buttons, or none, under the same content."""
    shown = markup.read(call)
    chat, message = _message_to_edit(world, call)
    content = {name: message[name] for name in PARTS[:-1] if name in message}
    return _edit(world, call, chat, message, shown, content)


def delete_message(world: World, call: Call) -> Answer:
    """deleteMessage: for two days; in a private chat also what the person wrote."""
    if not call.text("chat_id"):
        refuse("chat identifier is not specified")
    if not call.message_id():
        refuse("message identifier is not specified")
    chat = world.chat_of(call)
    message = _find(chat, call.message_id())
    if message is None:
        refuse("message to delete not found")
    if message["from"]["id"] != world.bot["id"] and not chat.is_private:
        refuse("message can't be deleted")
    if world.age(message) >= DELETABLE:
        refuse("message can't be deleted for everyone")
    del chat.messages[call.message_id()]
    world.deliver(call.method, chat, message)
    return Answer(True)


def _read_media(call: Call, media: object) -> tuple[str, str, Formatted]:
    """Kind, file and caption of an InputMedia (Client.cpp, get_input_media)."""
    wrong = "Can't parse InputMedia:"
    if not isinstance(media, dict):
        refuse(f"{wrong} expected an Object")
    with parsing("InputMedia"):
        caption = string_field(media, "caption") or ""
        parse_mode = string_field(media, "parse_mode") or ""
        written = formatting.formatted(caption, parse_mode, media.get("caption_entities"))
        value = string_field(media, "media") or ""
    if not is_there(call, value, ""):
        refuse(f"{wrong} media not found")
    with parsing("InputMedia"):
        kind = required_string(media, "type")
    if kind not in {"photo", "document"}:
        refuse(f'{wrong} type "{kind}" is unsupported')
    return kind, value, written


def _find(chat: Chat, message_id: int) -> Json | None:
    """A message that the bot can see."""
    return None if message_id in chat.hidden else chat.messages.get(message_id)


def _message_to_edit(world: World, call: Call) -> tuple[Chat, Json]:
    """The message meant, if it is there and the bot's own."""
    if not call.text("chat_id") and not call.message_id():
        if not call.text("inline_message_id"):
            refuse("message identifier is not specified")
        chat_id, message_id = world.inline_messages.get(call.text("inline_message_id"), (0, 0))
        chat = world.chats.get(chat_id)
        posted = chat.messages.get(message_id) if chat else None
        if chat is None or posted is None:
            refuse("MESSAGE_ID_INVALID")
        return chat, posted
    chat = world.chat_of(call)
    message = _find(chat, call.message_id())
    if message is None:
        refuse("message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        refuse("message can't be edited")
    return chat, message


def _edit(
    world: World,
    call: Call,
    chat: Chat,
    message: Json,
    shown: Json | None,
    content: Json,
    parts: tuple[str, ...] = PARTS,
) -> Answer:
    shown = markup.settled(shown, private=chat.is_private, only_inline=True)
    before = {name: message[name] for name in parts if name in message}
    after = content | ({"reply_markup": shown} if shown else {})
    if before == after:
        refuse(NOT_MODIFIED)
    world.refuse_if_blocked(chat)
    world.limits.spend(chat.id)
    for name in parts:
        message.pop(name, None)
    message.update(after, edit_date=world.now)
    world.deliver(call.method, chat, message)
    return Answer(True if "via_bot" in message else message)
