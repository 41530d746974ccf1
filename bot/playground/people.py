"""People: what somebody with Telegram can do to the bot."""

from datetime import timedelta
from typing import Any

from bot.playground import texts
from bot.playground.links import start_payload
from bot.playground.messages import without_reply
from bot.playground.rules import Json, Upload
from bot.playground.world import Chat, Press, Search, World

OLD = timedelta(hours=48)
"""Presses under older messages come without the message's content (CallbackQuery.message)."""


RIGHTS = {
    "can_be_edited": False, "is_anonymous": False, "can_manage_chat": True,
    "can_delete_messages": False, "can_manage_video_chats": False, "can_restrict_members": False,
    "can_promote_members": False, "can_change_info": False, "can_invite_users": False,
    "can_post_stories": False, "can_edit_stories": False, "can_delete_stories": False,
    "can_post_messages": True, "can_send_welcome_messages": False,
}  # fmt: skip
"""What an administrator of a channel may do that only posts (ChatMemberAdministrator)."""


class Person:
    """Somebody with a phone. Every act only queues news for the bot."""

    def __init__(self, world: World, about: Json) -> None:
        self.world = world
        self.about = about

    @property
    def id(self) -> int:
        return int(self.about["id"])

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self.world.chats[self.id]

    def start(self, payload: str = "") -> int:
        """Press Start, perhaps by a link with a payload."""
        if self.chat.is_blocked:
            self.unblock()
        return self.say(f"/start {payload}".strip())

    def open(self, link: str) -> int:
        """Open a link to the bot, or scan it as a code, and press Start."""
        payload = start_payload(link, self.world.bot["username"])
        assert payload is not None, f"{link} does not lead to the bot"
        return self.start(payload)

    def say(self, text: str, *, chat: Chat | None = None, reply_to: int | None = None) -> int:
        """Type a text; gives the message's id."""
        fixed = texts.fix(text, [])
        content: Json = {"text": fixed.text}
        if fixed.entities:
            content["entities"] = fixed.entities
        return self._post(content, chat, reply_to)

    def send(self, content: Json, *, chat: Chat | None = None) -> int:
        """Send anything else, given as the fields of Telegram's message."""
        return self._post(content, chat, None)

    def send_photo(self, picture: bytes, caption: str = "", *, chat: Chat | None = None) -> int:
        """Send a picture, which Telegram makes JPEGs of several sizes of."""
        content: Json = {"photo": self.world.files.keep_photo(picture)}
        fixed = texts.fix(caption, [], may_be_empty=True)
        if fixed.text:
            content["caption"] = fixed.text
        if fixed.entities:
            content["caption_entities"] = fixed.entities
        return self._post(content, chat, None)

    def send_voice(self, seconds: int = 3, *, chat: Chat | None = None) -> int:
        """Send a spoken message."""
        about: Json = {"duration": seconds, "mime_type": "audio/ogg"}
        voice = self.world.files.keep(Upload("voice.ogg", b"OggS"), "voice", about)
        return self._post({"voice": voice}, chat, None)

    def send_sticker(self, emoji: str = "🗑", *, chat: Chat | None = None) -> int:
        """Send a sticker."""
        kept = self.world.files.keep(Upload("sticker.webp", b"RIFF"), "sticker")
        sticker = {**kept, "type": "regular", "width": 512, "height": 512, "emoji": emoji,
                   "is_animated": False, "is_video": False}  # fmt: skip
        return self._post({"sticker": sticker}, chat, None)

    def send_location(self, latitude: float, longitude: float, *, chat: Chat | None = None) -> int:
        """Send a place."""
        location = {"latitude": latitude, "longitude": longitude}
        return self._post({"location": location}, chat, None)

    def send_contact(self, phone_number: str, *, chat: Chat | None = None) -> int:
        """Send the own phone number."""
        name = self.about["first_name"]
        contact = {"phone_number": phone_number, "first_name": name, "user_id": self.id}
        return self._post({"contact": contact}, chat, None)

    def send_document(self, name: str, content: bytes, *, chat: Chat | None = None) -> int:
        """Send a file."""
        document = self.world.files.keep_document(Upload(name, content))
        return self._post({"document": document}, chat, None)

    def edit(self, message_id: int, text: str, *, chat: Chat | None = None) -> None:
        """Change an own message."""
        chat = chat or self.chat
        message = chat.messages[message_id]
        assert message["from"]["id"] == self.id, "people edit only their own messages"
        fixed = texts.fix(text, [])
        message.pop("entities", None)
        message.update(text=fixed.text, edit_date=self.world.now)
        if fixed.entities:
            message["entities"] = fixed.entities
        if message_id not in chat.hidden:
            self.world.updates.add("edited_message", message)
        self.world.changed()

    def press(self, message_id: int, data: str, *, chat: Chat | None = None) -> str:
        """Press the button with this data; gives the callback query's id.

        Data that no button there has is sent all the same: apps can be forged.
        """
        chat = chat or self.chat
        message = chat.messages.get(message_id)
        press = Press(self._query_id(), self.id, self.world.clock(), message_id, data)
        self.world.presses[press.id] = press
        query: Json = {
            "id": press.id,
            "from": self.about,
            "chat_instance": str(abs(chat.id) * 7919),
            "data": data,
        }
        posted = next(
            (k for k, at in self.world.inline_messages.items() if at == (chat.id, message_id)),
            None,
        )
        if posted:
            query["inline_message_id"] = posted
        elif message is None or self.world.age(message) > OLD:
            query["message"] = {"chat": chat.about, "message_id": message_id, "date": 0}
        else:
            query["message"] = message
        self.world.seen_people.add(self.id)
        self.world.updates.add("callback_query", query)
        return press.id

    def search(self, query: str, offset: str = "", *, chat: Chat | None = None) -> Search:
        """Type `@bot query`; gives the search, whose results the bot fills in."""
        assert self.world.bot["supports_inline_queries"], "inline mode is switched off"
        kind = "sender" if chat is None else chat.about["type"]
        search = Search(self._query_id(), self.id, self.world.clock(), query)
        self.world.searches[search.id] = search
        self.world.seen_people.add(self.id)
        self.world.updates.add(
            "inline_query",
            {"id": search.id, "from": self.about, "query": query, "offset": offset,
             "chat_type": kind},
        )  # fmt: skip
        return search

    def choose(self, search: Search, result_id: str, *, chat: Chat | None = None) -> int:
        """Post one of a search's results in a chat; gives the message's id."""
        found = [each for each in search.results or [] if each["id"] == result_id]
        assert found, f"there is no result {result_id!r}"
        content = {**found[0]["message"], "via_bot": self.world.bot_in_brief}
        message_id = self._post(content, chat, None)
        if "reply_markup" in content:
            posted = f"playground-{self.world.next_number()}"
            self.world.inline_messages[posted] = ((chat or self.chat).id, message_id)
        return message_id

    def block(self) -> None:
        """Block the bot."""
        self._change_membership("member", "kicked")

    def unblock(self) -> None:
        """Let the bot write again."""
        self._change_membership("kicked", "member")

    def brings_in(self, chat: Chat, *, out: bool = False) -> None:
        """Bring the bot into a group or channel, or take it out."""
        status = "administrator" if chat.about["type"] == "channel" else "member"
        chat.is_open = not out
        before, after = (status, "left") if out else ("left", status)
        self._tell_membership(chat, before, after)

    def _post(self, content: Json, chat: Chat | None, reply_to: int | None) -> int:
        chat = chat or self.chat
        assert not chat.is_blocked, f"{self.about['first_name']} has blocked the bot"
        if chat.is_private:
            chat.is_open = True
        message: Json = {
            "message_id": self.world.next_message_id(chat),
            "from": self.about,
            "chat": chat.about,
            "date": self.world.now,
            **content,
        }
        if reply_to is not None:
            message["reply_to_message"] = without_reply(chat.messages[reply_to])
        chat.messages[message["message_id"]] = message
        if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
            chat.keyboard = None
        if self._is_for_bot(chat, message):
            self.world.seen_people.add(self.id)
            self.world.updates.add("message", message)
        else:
            chat.hidden.add(message["message_id"])
        self.world.changed()
        return int(message["message_id"])

    def _is_for_bot(self, chat: Chat, message: Json) -> bool:
        """Privacy mode: in groups only commands, mentions and replies reach the bot."""
        if chat.is_private:
            return True
        if message.get("via_bot"):
            return True
        replied = message.get("reply_to_message")
        if replied and replied["from"]["id"] == self.world.bot["id"]:
            return True
        name = f"@{self.world.bot['username']}".lower()
        return any(self._calls(message, entity, name) for entity in message.get("entities", []))

    def _calls(self, message: Json, entity: Json, name: str) -> bool:
        written = texts.marked_text(message["text"], entity).lower()
        if entity["type"] == "mention":
            return written == name
        return entity["type"] == "bot_command" and ("@" not in written or written.endswith(name))

    def _change_membership(self, before: str, after: str) -> None:
        self.chat.is_blocked = after == "kicked"
        self._tell_membership(self.chat, before, after)

    def _tell_membership(self, chat: Chat, before: str, after: str) -> None:
        self.world.seen_people.add(self.id)
        self.world.updates.add(
            "my_chat_member",
            {
                "chat": chat.about,
                "from": self.about,
                "date": self.world.now,
                "old_chat_member": self._membership(before),
                "new_chat_member": self._membership(after),
            },
        )
        self.world.changed()

    def _membership(self, status: str) -> Json:
        member: Json = {"user": self.world.bot_in_brief, "status": status}
        if status == "administrator":
            return {**member, **RIGHTS}
        return {**member, "until_date": 0} if status == "kicked" else member

    def _query_id(self) -> str:
        return str(self.id * 1_000_000 + self.world.next_number())

    def __repr__(self) -> str:
        return f"<{self.about['first_name']}>"

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Person) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)
