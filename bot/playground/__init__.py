"""A Telegram in a box, for tests, load and newcomers: the bot cannot tell it from the real one."""

from bot.playground.cast import Cast, Spot
from bot.playground.core import Hook, Playground, Refused
from bot.playground.people import Person
from bot.playground.rules import Answer, ApiError, Call, ConnectionLost, Upload
from bot.playground.session import PlaygroundSession
from bot.playground.world import Chat, Delivery

__all__ = [
    "Answer", "ApiError", "Call", "Cast", "Chat", "ConnectionLost", "Delivery", "Hook", "Person",
    "Playground", "PlaygroundSession", "Refused", "Spot", "Upload",
]  # fmt: skip
