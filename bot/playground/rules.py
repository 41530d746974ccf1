"""How a request is read, and Telegram's words when it cannot be.

The readings and the error texts are those of telegram-bot-api (Client.cpp) and of the JSON
reader that it uses (td, JsonBuilder.cpp), so that the bot meets here what it meets outside.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias

Json: TypeAlias = dict[str, Any]
"""A Telegram object, as its JSON."""

MAX_INT32 = 2**31 - 1
MAX_INT64 = 2**63 - 1


class ApiError(Exception):
    """Telegram said no."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters


class ConnectionLost(Exception):
    """The network ended the call without an answer; only a `Hook` raises it."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent along with a call."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What Telegram answers to a call it carried out."""

    result: Any
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot: every parameter is text, as in a form."""

    method: str
    parameters: Mapping[str, str]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The parameter, or an empty text: Telegram makes no difference between the two."""
        return self.parameters.get(name, "")

    def integer(
        self, name: str, default: int = 0, low: int = -MAX_INT32, high: int = MAX_INT32
    ) -> int:
        """The parameter as a number inside the bounds (Client.cpp, get_integer_arg)."""
        value = self.text(name)
        return min(max(leading_integer(value) if value else default, low), high)

    def message_id(self, name: str = "message_id") -> int:
        """The message meant, or 0 (Client.cpp, get_message_id)."""
        return max(leading_integer(self.text(name)), 0)

    def flag(self, name: str) -> bool:
        """Whether the parameter says yes (Client.cpp, to_bool)."""
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def decoded(self, name: str, complaint: str) -> Any:
        """The parameter's JSON, None when it is absent."""
        value = self.text(name)
        if not value:
            return None
        try:
            return json.loads(value, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise bad_request(complaint) from None

    def checked(self) -> "Call":
        """This call, if all of it is text that can be written down (Client.cpp, check_utf8)."""
        for value in self.parameters.values():
            try:
                value.encode()
            except UnicodeEncodeError:
                refuse("strings must be encoded in UTF-8")
        return self


def envelope(outcome: Answer | ApiError) -> tuple[int, Json]:
    """HTTP status and body that Telegram wraps an outcome in."""
    if isinstance(outcome, Answer):
        body: Json = {"ok": True, "result": outcome.result}
        return 200, body | ({"description": outcome.description} if outcome.description else {})
    body = {"ok": False, "error_code": outcome.code, "description": outcome.description}
    return outcome.code, body | ({"parameters": outcome.parameters} if outcome.parameters else {})


def bad_request(message: str) -> ApiError:
    """Telegram's 400, with the first letter made small (Client.cpp, fail_query_with_error)."""
    codename = len(message) > 1 and (message[1] == "_" or "A" <= message[1] <= "Z")
    return ApiError(
        400, f"Bad Request: {message if codename else message[0].lower() + message[1:]}"
    )


def refuse(message: str) -> NoReturn:
    """Answer with Telegram's 400."""
    raise bad_request(message)


def forbid(message: str) -> NoReturn:
    """Answer with Telegram's 403."""
    raise ApiError(403, f"Forbidden: {message}")


def too_many_requests(retry_after: int) -> ApiError:
    """Telegram's 429, which says for how many seconds to be silent."""
    return ApiError(
        429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
    )


@contextmanager
def parsing(what: str) -> Iterator[None]:
    """Inside, complaints are told with what could not be parsed, their capital letter back."""
    try:
        yield
    except ApiError as error:
        inner = error.description.removeprefix("Bad Request: ")
        message = f"Can't parse {what}: {inner[0].upper()}{inner[1:]}"
        raise bad_request(message) from None


def leading_integer(text: str) -> int:
    """The number a text begins with, else 0 (td, misc.h, to_integer)."""
    match = re.match(r"-?[0-9]+", text)
    return int(match[0]) if match and len(match[0]) < 20 else 0


def string_field(thing: Json, name: str) -> str | None:
    """A text inside a JSON object, None when absent; numbers count as texts."""
    match thing.get(name):
        case None:
            return None
        case str(value):
            return value
        case int(value) | float(value) if not isinstance(value, bool):
            return str(value)
    refuse(f'Field "{name}" must be of type String')


def required_string(thing: Json, name: str) -> str:
    """A text that must be inside a JSON object."""
    value = string_field(thing, name)
    if value is None:
        missing(name)
    return value


def integer_field(thing: Json, name: str, *, most: int = MAX_INT32) -> int | None:
    """A number inside a JSON object, None when absent; texts that are numbers count."""
    value = thing.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        refuse(f'Field "{name}" must be of type Number')
    if not re.fullmatch(r"-?[0-9]+", str(value)) or abs(int(value)) > most:
        refuse(f'Field "{name}" must be a valid Number')
    return int(value)


def required_integer(thing: Json, name: str, *, most: int = MAX_INT32) -> int:
    """A number that must be inside a JSON object."""
    value = integer_field(thing, name, most=most)
    if value is None:
        missing(name)
    return value


def boolean_field(thing: Json, name: str) -> bool:
    """A yes or no inside a JSON object; absent means no."""
    match thing.get(name):
        case None:
            return False
        case bool(value):
            return value
    refuse(f'Field "{name}" must be of type Boolean')


def array_field(thing: Json, name: str) -> list[Any] | None:
    """A list inside a JSON object, None when absent."""
    match thing.get(name):
        case None:
            return None
        case list(value):
            return value
    refuse(f'Field "{name}" must be of type Array')


def object_field(thing: Json, name: str) -> Json | None:
    """An object inside a JSON object, None when absent."""
    match thing.get(name):
        case None:
            return None
        case dict(value):
            return value
    refuse(f'Field "{name}" must be of type Object')


def missing(name: str) -> NoReturn:
    """Complain about a field that must be there."""
    refuse(f'Can\'t find field "{name}"')


def _no_constant(name: str) -> Any:
    raise ValueError(name)
