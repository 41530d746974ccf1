"""The bot writes: messages, pictures, files.

The order of the checks is Telegram's: first what telegram-bot-api reads (Client.cpp,
`do_send_message`), then the chat, then what TDLib and the servers think of the content.
"""

from bot.playground import formatting, markup, texts
from bot.playground.files import is_there
from bot.playground.rules import (
    Answer,
    Call,
    Json,
    boolean_field,
    refuse,
    required_integer,
)
from bot.playground.texts import MAX_CAPTION, MAX_TEXT, Formatted
from bot.playground.world import Chat, World

ACTIONS = frozenset({
    "cancel", "typing", "record_video", "upload_video", "record_audio", "record_voice",
    "upload_audio", "upload_voice", "upload_photo", "upload_document", "choose_sticker",
    "pick_up_location", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


def send_message(world: World, call: Call) -> Answer:
    """sendMessage."""
    if not call.text("text"):
        refuse("message text is empty")
    check_preview(call)
    written = formatting.read(call, "text", "entities")
    chat, shown, reply = prepared(world, call)
    return post(world, call, chat, shown, {**reply, **text_content(world, written)})


def send_photo(world: World, call: Call) -> Answer:
    """sendPhoto: a picture uploaded now, or one sent before by its file_id."""
    if not is_there(call, call.text("photo"), "photo"):
        refuse("there is no photo in the request")
    written = formatting.read(call, "caption", "caption_entities")
    chat, shown, reply = prepared(world, call)
    content: Json = {"photo": world.files.photo(call, call.text("photo"))}
    content |= caption_content(world, written)
    if call.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return post(world, call, chat, shown, {**reply, **content})


def send_document(world: World, call: Call) -> Answer:
    """sendDocument; a thumbnail is taken and not shown, as for most files."""
    if not is_there(call, call.text("document"), "document"):
        refuse("there is no document in the request")
    written = formatting.read(call, "caption", "caption_entities")
    chat, shown, reply = prepared(world, call)
    document = world.files.document(call, call.text("document"))
    content: Json = {"document": document, **caption_content(world, written)}
    return post(world, call, chat, shown, {**reply, **content})


def send_voice(world: World, call: Call) -> Answer:
    """sendVoice: one sent before, by its file_id."""
    if not is_there(call, call.text("voice"), "voice"):
        refuse("there is no voice in the request")
    written = formatting.read(call, "caption", "caption_entities")
    chat, shown, reply = prepared(world, call)
    content: Json = {
        "voice": world.files.voice(call.text("voice")),
        **caption_content(world, written),
    }
    return post(world, call, chat, shown, {**reply, **content})


def send_chat_action(world: World, call: Call) -> Answer:
    """sendChatAction: seen until the next message."""
    action = call.text("action").lower()
    if action not in ACTIONS:
        refuse("wrong parameter action in request")
    chat = world.chat_of(call)
    world.refuse_if_blocked(chat)
    chat.action = "" if action == "cancel" else action
    world.changed()
    return Answer(True)


def text_content(world: World, written: Formatted) -> Json:
    """The fields of a text message, if Telegram takes the text."""
    fixed = texts.fix(written.text, written.entities)
    _check_mentions(world, fixed)
    if texts.utf16_length(fixed.text) > MAX_TEXT:
        refuse("message is too long")
    return {"text": fixed.text} | ({"entities": fixed.entities} if fixed.entities else {})


def caption_content(world: World, written: Formatted) -> Json:
    """The fields of a caption, which may be empty."""
    fixed = texts.fix(written.text, written.entities, may_be_empty=True)
    _check_mentions(world, fixed)
    if texts.utf16_length(fixed.text) > MAX_CAPTION:
        refuse("message caption is too long")
    if not fixed.text:
        return {}
    return {"caption": fixed.text} | (
        {"caption_entities": fixed.entities} if fixed.entities else {}
    )


def check_preview(call: Call) -> None:
    """Complain about link preview options as Telegram does; previews themselves are not made."""
    options = call.decoded("link_preview_options", "Can't parse link preview options JSON object")
    if options is None:
        return
    if not isinstance(options, dict):
        refuse("Object expected as link preview options")
    for name in ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text"):
        boolean_field(options, name)


def _check_mentions(world: World, fixed: Formatted) -> None:
    for entity in fixed.entities:
        if entity["type"] == "text_mention":
            user = world.people.get(entity["user"]["id"])
            if user is None:
                refuse("user not found")
            entity["user"] = user


def prepared(world: World, call: Call) -> tuple[Chat, Json | None, Json]:
    """The chat, the buttons, and the message that is answered to."""
    if call.text("business_connection_id"):
        refuse("business connection not found")
    if call.flag("allow_paid_broadcast") and not world.limits.pays:
        refuse("FLOODSKIP_NOT_ALLOWED")
    wanted = call.decoded("reply_parameters", "Can't parse reply parameters JSON object")
    if wanted is not None and not isinstance(wanted, dict):
        refuse("Object expected as reply parameters")
    replied_id = required_integer(wanted, "message_id") if wanted else 0
    replied_id = replied_id or call.message_id("reply_to_message_id")
    optional = boolean_field(wanted or {}, "allow_sending_without_reply")
    shown = markup.read(call)
    chat = world.chat_of(call)
    replied = chat.messages.get(replied_id)
    if replied_id and (replied is None or replied_id in chat.hidden):
        replied = None
        if not optional:
            refuse("message to be replied not found")
    if call.message_id("message_thread_id"):
        refuse("message thread not found")
    reply = {"reply_to_message": without_reply(replied)} if replied else {}
    return chat, markup.settled(shown, private=chat.is_private), reply


def without_reply(message: Json) -> Json:
    """A message as it stands inside an answer to it: one level deep only."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def post(world: World, call: Call, chat: Chat, shown: Json | None, content: Json) -> Answer:
    """Write a message into the chat, if the bot may."""
    world.refuse_if_blocked(chat)
    world.limits.spend(chat.id, paid=call.flag("allow_paid_broadcast"))
    message: Json = {
        "message_id": world.next_message_id(chat),
        "from": world.bot_in_brief,
        "chat": chat.about,
        "date": world.now,
        **content,
    }
    if shown and "inline_keyboard" in shown:
        message["reply_markup"] = shown
    if call.flag("protect_content"):
        message["has_protected_content"] = True
    if shown and "keyboard" in shown:
        chat.keyboard = shown
    if shown and "remove_keyboard" in shown:
        chat.keyboard = None
    chat.messages[message["message_id"]] = message
    chat.action = ""
    world.deliver(call.method, chat, message)
    return Answer(message)
