"""A Telegram in a box: who calls what, and what is answered."""

import copy
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.playground import edits, locations, messages, queries, settings
from bot.playground.limits import Limits
from bot.playground.people import Person
from bot.playground.rules import Answer, ApiError, Call, Json, Upload
from bot.playground.updates import Updates
from bot.playground.world import Chat, Delivery, World


class Hook(Protocol):
    """The seam for faults: sees every call before and after it is carried out.

    An `ApiError` raised here is answered to the bot, `ConnectionLost` ends its call without an
    answer. What is raised in `before` keeps the call from happening; in `after` it has happened.
    """

    async def before(self, call: Call) -> None: ...

    async def after(self, call: Call, answer: Answer) -> None: ...


@dataclass(frozen=True, slots=True)
class Refused:
    """A call that Telegram did not carry out."""

    at: datetime
    call: Call
    error: ApiError


class Playground:
    """One Telegram with one bot in it."""

    def __init__(
        self,
        *,
        token: str,
        clock: Callable[[], datetime],
        username: str = "greenbin_bot",
        first_name: str = "小绿桶",
        limits: bool = False,
        pays: bool = False,
        supports_inline_queries: bool = True,
        hook: Hook | None = None,
        first_number: int = 700_000_001,
    ) -> None:
        """`first_number` begins the ids of updates and queries. A playground that is opened again
        for a bot that remembers must not give out the same ones."""
        assert re.fullmatch(r"[1-9][0-9]*:[\w-]+", token), "a token is number:letters"
        self.token = token
        self.hook = hook
        self.me: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": first_name,
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": supports_inline_queries,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
        self.refused: list[Refused] = []
        self.calls: list[Call] = []
        """Every call that was carried out, getUpdates left out."""
        self.clock = clock
        self.world = World(
            bot=self.me,
            clock=clock,
            updates=Updates(clock, limits=limits, first_id=first_number),
            limits=Limits(clock, on=limits, pays=pays),
            next_free=first_number,
        )

    def person(
        self,
        first_name: str,
        id: int | None = None,  # noqa: A002 (Telegram's word)
        *,
        language_code: str | None = None,
        last_name: str | None = None,
        username: str | None = None,
    ) -> Person:
        """Somebody new with Telegram, who has not pressed Start yet."""
        named = {"last_name": last_name, "username": username, "language_code": language_code}
        more = {name: value for name, value in named.items() if value is not None}
        return Person(self.world, self.world.add_person(first_name, id, more))

    def somebody(self, person_id: int) -> Person:
        """Somebody who is there already."""
        return Person(self.world, self.world.people[person_id])

    def group(self, title: str, members: Iterable[Person] = ()) -> Chat:
        """A group with the bot in it; it sees commands, mentions and replies only."""
        return self.world.add_group(title, [member.id for member in members])

    def pending(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self.world.updates)

    async def confirmed(self) -> None:
        """Wait until the bot has confirmed all updates."""
        await self.world.updates.confirmed()

    def received(self, chat_id: int) -> list[Json]:
        """The bot's messages in a chat, as they stand there now."""
        found = self.world.chats[chat_id].messages.values()
        return [copy.deepcopy(m) for m in found if m["from"]["id"] == self.me["id"]]

    def deliveries(self, chat_id: int | None = None) -> list[Delivery]:
        """Every message, edit and removal that ever reached a chat, or all chats."""
        made = self.world.deliveries_made
        return [each for each in made if chat_id is None or each.chat_id == chat_id]

    async def call(
        self,
        token: str,
        method: str,
        parameters: Mapping[str, str],
        files: Mapping[str, Upload] | None = None,
    ) -> Answer:
        """Carry out a bot's call, or raise Telegram's `ApiError`."""
        call = Call(method.lower(), parameters, files or {})
        try:
            self._check_token(token)
            carry_out = _METHODS.get(call.method)
            if carry_out is None:
                raise ApiError(404, "Not Found: method not found")
            call.checked()
            if self.hook is not None:
                await self.hook.before(call)
            answer = copy.deepcopy(await carry_out(self, call))
            if call.method != "getupdates":
                self.calls.append(call)
            if self.hook is not None:
                await self.hook.after(call, answer)
        except ApiError as error:
            self.refused.append(Refused(self.clock(), call, error))
            raise
        return answer

    def file(self, token: str, path: str) -> bytes:
        """A file's content, by the path that getFile told."""
        self._check_token(token)
        content = self.world.files.by_path(path)
        if content is None:
            raise ApiError(404, "Not Found")
        return content

    def _check_token(self, token: str) -> None:
        if not re.fullmatch(r"[1-9][0-9]*:[A-Za-z0-9_-]+", token):
            raise ApiError(404, "Not Found")
        if token != self.token:
            raise ApiError(401, "Unauthorized")


_Method = Callable[[Playground, Call], Awaitable[Answer]]


def _plain(function: Callable[[World, Call], Answer]) -> _Method:
    async def carry_out(playground: Playground, call: Call) -> Answer:
        return function(playground.world, call)

    return carry_out


async def _get_updates(playground: Playground, call: Call) -> Answer:
    return await playground.world.updates.get(call)


def _webhook(world: World, call: Call) -> Answer:
    return world.updates.set_webhook(call)


_METHODS: dict[str, _Method] = {
    "getupdates": _get_updates,
    "getme": _plain(lambda world, _: Answer(world.bot)),
    "setwebhook": _plain(_webhook),
    "deletewebhook": _plain(_webhook),
    "getwebhookinfo": _plain(lambda world, _: Answer(world.updates.webhook_info())),
    "sendmessage": _plain(messages.send_message),
    "sendphoto": _plain(messages.send_photo),
    "sendvoice": _plain(messages.send_voice),
    "senddocument": _plain(messages.send_document),
    "sendlocation": _plain(locations.send_location),
    "sendvenue": _plain(locations.send_venue),
    "editmessagetext": _plain(edits.edit_message_text),
    "editmessagecaption": _plain(edits.edit_message_caption),
    "editmessagemedia": _plain(edits.edit_message_media),
    "editmessagereplymarkup": _plain(edits.edit_message_reply_markup),
    "deletemessage": _plain(edits.delete_message),
    "sendchataction": _plain(messages.send_chat_action),
    "answercallbackquery": _plain(queries.answer_callback_query),
    "answerinlinequery": _plain(queries.answer_inline_query),
    "setmycommands": _plain(settings.set_my_commands),
    "getmycommands": _plain(settings.get_my_commands),
    "deletemycommands": _plain(settings.delete_my_commands),
    "getfile": _plain(lambda world, call: Answer(world.files.about(call.text("file_id")))),
}
