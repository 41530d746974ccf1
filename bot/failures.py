"""When a call to Telegram fails: what became of it, and what the bot does next.

One table says it all, and README.md shows it. aiogram hides the difference in places: that
nothing was sent is told from "nobody knows" only by the cause of its error, and some failures
come as errors that are not its own (reliability A11, A12, D10).
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import aiohttp
import aiohttp_socks
from aiogram import exceptions as api
from aiogram.methods import TelegramMethod


class Outcome(StrEnum):
    """What became of a call. Telegram has no idempotency key, so "unknown" cannot be helped."""

    SENT = "sent"
    NOT_SENT = "not sent"
    """It was not carried out: it may be made again."""
    UNKNOWN = "unknown"
    """It may have been carried out; nobody can tell."""
    FINAL = "final"
    """Telegram said no, and would say no again."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One way in which a call fails: a row of the table."""

    name: str
    is_it: Callable[[BaseException], bool]
    """Whether this is what the error tells of; the first row that says yes has it."""
    outcome: Outcome
    why: str
    then: str
    """What the bot does."""


def judge(error: BaseException) -> Outcome:
    """What became of the call that raised this error."""
    return failure(error).outcome


def failure(error: BaseException) -> Failure:
    """The row of the table that an error belongs to."""
    return next(row for row in TABLE if row.is_it(error))


def is_gone(why: str) -> bool:
    """Whether these words of Telegram say that the person cannot hear from us, or wants not to."""
    return any(
        each in why for each in ("bot was blocked", "user is deactivated", "chat not found")
    )


def pause_seconds(error: BaseException) -> float | None:
    """How long Telegram wants us to be silent; None if it does not say anything like that."""
    if isinstance(error, api.TelegramRetryAfter):
        return float(error.retry_after)
    if not _too_many(error):
        return None
    named = re.search(r"retry after (\d{1,9})", _words(error))
    return float(named[1]) if named else UNNAMED_PAUSE_SECONDS


def moved(call: TelegramMethod[Any], error: BaseException) -> TelegramMethod[Any]:
    """The call as it has to be made again: to the chat's new id, if the chat has moved."""
    if not isinstance(error, api.TelegramMigrateToChat) or not hasattr(call, "chat_id"):
        return call
    there: dict[str, Any] = {"chat_id": error.migrate_to_chat_id}
    if hasattr(call, "reply_parameters"):
        there["reply_parameters"] = None  # what it answers to has stayed in the old chat
    return call.model_copy(update=there)


def as_markdown() -> str:
    """The table as README.md shows it."""
    lines = ["| what happens | the call is | because | the bot |", "|---|---|---|---|"]
    lines += [f"| {row.name} | **{row.outcome}** | {row.why} | {row.then} |" for row in TABLE]
    return "\n".join(lines)


UNNAMED_PAUSE_SECONDS = 5.0
"""How long we are silent when Telegram says "too many requests" and not for how long."""


def _words(error: BaseException) -> str:
    """Telegram's description; there may be none, whatever aiogram's types say."""
    return str(getattr(error, "message", None) or "").lower()


def _too_many(error: BaseException) -> bool:
    # aiogram has no class for a 429 that does not say how long.
    return type(error) is api.TelegramAPIError and "too many requests" in _words(error)


def _no(kind: type[api.TelegramAPIError], *words: str) -> Callable[[BaseException], bool]:
    """Telegram's no of this kind, with any of these words in it."""
    return lambda error: (
        isinstance(error, kind) and (not words or any(each in _words(error) for each in words))
    )


def _network(*causes: type[BaseException]) -> Callable[[BaseException], bool]:
    """The network's failure, by what aiogram's error was raised from."""
    return lambda error: (
        isinstance(error, api.TelegramNetworkError) and isinstance(error.__cause__, causes)
    )


def _unreadable(looks_so: Callable[[Any], bool]) -> Callable[[BaseException], bool]:
    """An answer that aiogram cannot read: JSON of another form, or a text that is no JSON."""
    return lambda error: isinstance(error, api.ClientDecodeError) and looks_so(error.data)


def _is(*kinds: type[BaseException]) -> Callable[[BaseException], bool]:
    return lambda error: isinstance(error, kinds)


_AGAIN = "makes it again until it works"
_ONCE_MORE = "makes it once more, when Telegram answers"
_NOTES = "notes and logs it"
_GONE = "notes it, and that the person is gone"

TABLE = (
    Failure(
        "429 with `retry_after`", _is(api.TelegramRetryAfter), Outcome.NOT_SENT,
        "Telegram turns away unread what comes too fast.",
        "stores until when (it can be hours) and sends nothing to anybody before; then again",
    ),
    Failure(
        "429 without `retry_after`", _too_many, Outcome.NOT_SENT,
        "The same, by a server or a proxy that does not say for how long.",
        "the same, for the seconds in the words or for 5",
    ),
    Failure(
        "400, the group became a supergroup", _is(api.TelegramMigrateToChat), Outcome.NOT_SENT,
        "The chat lives on under the id that Telegram names.", "makes it again, to the new id",
    ),
    Failure(
        "400 message is not modified", _no(api.TelegramBadRequest, "message is not modified"),
        Outcome.SENT, "It reads already as we want it.", "goes on",
    ),
    Failure(
        "400 query is too old", _no(api.TelegramBadRequest, "query is too old"), Outcome.FINAL,
        "Nobody waits for an answer to this press or search any more.", "notes it",
    ),
    Failure(
        "400 chat not found", _no(api.TelegramBadRequest, "chat not found"), Outcome.FINAL,
        "There is no such chat, or it never wrote to us.", _GONE,
    ),
    Failure(
        "400 can't parse entities", _no(api.TelegramBadRequest, "can't parse entities"),
        Outcome.FINAL, "A mistake of ours, and the same the next time.", _NOTES,
    ),
    Failure(
        "400 message is too long",
        _no(api.TelegramBadRequest, "message is too long", "message_too_long"),
        Outcome.FINAL, "A mistake of ours, and the same the next time.", _NOTES,
    ),
    Failure(
        "400 with other words", _is(api.TelegramBadRequest), Outcome.FINAL,
        "Telegram understood it and will not do it.", _NOTES,
    ),
    Failure(
        "401 unauthorized", _is(api.TelegramUnauthorizedError), Outcome.NOT_SENT,
        "The token was revoked; it is not about this call.",
        "makes it again; what waits is sent after a start with the new token",
    ),
    Failure(
        "403 bot was blocked by the user",
        _no(api.TelegramForbiddenError, "bot was blocked by the user"), Outcome.FINAL,
        "The person does not want to hear from us.", _GONE,
    ),
    Failure(
        "403 user is deactivated", _no(api.TelegramForbiddenError, "user is deactivated"),
        Outcome.FINAL, "The person has left Telegram.", _GONE,
    ),
    Failure(
        "403 with other words", _is(api.TelegramForbiddenError), Outcome.FINAL,
        "We may not write there: removed from a group, or never spoken to.", _NOTES,
    ),
    Failure(
        "404 method not found", _no(api.TelegramNotFound, "method not found"), Outcome.FINAL,
        "This server does not know the method; self-hosted ones may be old.", _NOTES,
    ),
    Failure(
        "404 not found", _is(api.TelegramNotFound), Outcome.NOT_SENT,
        "Nobody knows the token or the address; it is not about this call.", _AGAIN,
    ),
    Failure(
        "409 conflict", _is(api.TelegramConflictError), Outcome.NOT_SENT,
        "Another program uses the token; the call was not carried out.", _AGAIN,
    ),
    Failure(
        "413 too large", _is(api.TelegramEntityTooLarge), Outcome.FINAL,
        "It would be too large again.", _NOTES,
    ),
    Failure(
        "500 with a description", _is(api.TelegramServerError), Outcome.UNKNOWN,
        "Telegram broke: before it carried the call out, or after.", _ONCE_MORE,
    ),
    Failure(
        "500 without a description",
        lambda error: isinstance(error, TypeError) and "NoneType" in str(error), Outcome.UNKNOWN,
        "The same (aiogram stumbles over it with a `TypeError`).", _ONCE_MORE,
    ),
    Failure(
        "a yes of unknown form",
        _unreadable(lambda answer: isinstance(answer, dict) and answer.get("ok") is True),
        Outcome.SENT, "It was carried out; Telegram only tells of it in a newer way.", "goes on",
    ),
    Failure(
        "a web page, as with 502",
        _unreadable(lambda answer: isinstance(answer, str) and answer.lstrip()[:1] == "<"),
        Outcome.UNKNOWN, "Something on the way answered in Telegram's place.", _ONCE_MORE,
    ),
    Failure(
        "an empty answer", _unreadable(lambda answer: isinstance(answer, str) and not answer),
        Outcome.UNKNOWN, "The answer is lost, the call need not be.", _ONCE_MORE,
    ),
    Failure(
        "half an answer, or none that can be read",
        lambda error: (
            isinstance(error, api.ClientDecodeError | UnicodeDecodeError)
            or _network(aiohttp.ClientPayloadError)(error)
        ),
        Outcome.UNKNOWN, "The answer is lost, the call need not be.", _ONCE_MORE,
    ),
    Failure(
        "name not found (DNS)", _network(aiohttp.ClientConnectorDNSError), Outcome.NOT_SENT,
        "There was nobody to send it to.", _AGAIN,
    ),
    Failure(
        "connection refused, or not encrypted as it should be",
        _network(aiohttp.ClientConnectorError), Outcome.NOT_SENT,
        "Nothing is sent before there is a connection.", _AGAIN,
    ),
    Failure(
        "no connection within 10 s", _network(aiohttp.ConnectionTimeoutError), Outcome.NOT_SENT,
        "Nothing is sent before there is a connection.", _AGAIN,
    ),
    Failure(
        "proxy out of reach, or it refuses or hangs up",
        _is(
            aiohttp_socks.ProxyConnectionError,
            aiohttp_socks.ProxyError,
            aiohttp_socks.ProxyTimeoutError,
            asyncio.IncompleteReadError,  # it hangs up in the middle of its greeting
        ),
        Outcome.NOT_SENT, "Nothing is sent before the proxy has a connection for us.", _AGAIN,
    ),
    Failure(
        "no answer within 30 s", _network(asyncio.TimeoutError), Outcome.UNKNOWN,
        "It looks the same before delivery and after.", _ONCE_MORE,
    ),
    Failure(
        "connection lost, or other trouble on the way", _is(api.TelegramNetworkError),
        Outcome.UNKNOWN, "It looks the same before delivery and after.", _ONCE_MORE,
    ),
    Failure(
        "we are stopped meanwhile", _is(asyncio.CancelledError), Outcome.UNKNOWN,
        "It may have left already.", "makes it again after the next start",
    ),
    Failure(
        "a no without words",
        lambda error: type(error) is api.TelegramAPIError and not _words(error), Outcome.UNKNOWN,
        "It does not say whether it would be a no again.", _ONCE_MORE,
    ),
    Failure(
        "any other no", _is(api.TelegramAPIError), Outcome.FINAL,
        "Telegram understood it and will not do it.", _NOTES,
    ),
    Failure(
        "anything else", _is(BaseException), Outcome.FINAL,
        "The call could not even be written down: a mistake of ours.", _NOTES,
    ),
)  # fmt: skip
"""Every failure; the first row that knows an error has it."""
