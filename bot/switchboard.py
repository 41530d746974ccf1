"""Which handler is an update for? aiogram's order and rules, without asking everybody.

aiogram asks every filter of every handler through three coroutines, and hands each `F.…` to a
thread. With fifteen features it took 0.6 ms until a plain question had come to the last of them,
as long as all the rest of its way. Most handlers are passed over at a glance: what does not begin
with "/" is no command, and who was asked for nothing gives no answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.filters import Command
from aiogram.types import Message, TelegramObject

Glance = Callable[[Any, Mapping[str, Any]], Any]
"""Whether a filter may take an event, about which this is known; a coroutine may say no later."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A handler, and what can be told of it without waiting for anything."""

    router: Router
    update_type: str
    handler: HandlerObject
    glances: tuple[Glance, ...]
    """All are true of everything that the handler takes."""

    def may_take(self, event: TelegramObject, data: Mapping[str, Any]) -> bool:
        """Whether it is worth asking."""
        for glance in self.glances:  # noqa: SIM110 (a generator for each of 200 handlers is slow)
            if not glance(event, data):
                return False
        return True

    async def asked(self, event: TelegramObject, data: dict[str, Any]) -> dict[str, Any] | None:
        """What its filters have found, added to `data`; None if it does not take the event."""
        data = data | {"handler": self.handler, "event_router": self.router}
        for each in self.handler.filters or ():
            found = each.callback(event) if each.magic else await each.call(event, **data)
            if not found:
                return None
            if isinstance(found, dict):
                data |= found
        return data

    async def takes(self, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Call it, inside of the middlewares of its router and of those around it."""
        around = [
            middleware
            for router in reversed([*self.router.chain_head])
            for middleware in router.observers[self.update_type].middleware
        ]
        observer = self.router.observers[self.update_type]
        call = observer.outer_middleware.wrap_middlewares(around, self.handler.call)
        return await call(event, data)


class Switchboard(Dispatcher):
    """A dispatcher whose features hang their filters on handlers, never on a whole router."""

    def __init__(self, **known: Any) -> None:
        super().__init__(disable_fsm=True, **known)  # nothing lives in memory only
        self._candidates = cache(self._list)

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:
        """Let the first handler that takes the event answer it."""
        for candidate in self._candidates(update_type):
            if not candidate.may_take(event, kwargs):
                continue
            found = await candidate.asked(event, kwargs)
            if found is None:
                continue
            try:
                return await candidate.takes(event, found)
            except SkipHandler:
                continue
        return UNHANDLED

    def _list(self, update_type: str) -> list[Candidate]:
        """The handlers of a kind of update, in the order in which they are asked."""
        found: list[Candidate] = []
        for router in self.chain_tail:
            observer = router.observers[update_type]
            if len(observer.outer_middleware) or observer._handler.filters:  # noqa: SLF001 (aiogram tells nobody)
                msg = f"{router} filters as a whole, which is not looked at here"
                raise TypeError(msg)
            found += [
                Candidate(router, update_type, handler, _glances(handler))
                for handler in observer.handlers
            ]
        return found


def _glances(handler: HandlerObject) -> tuple[Glance, ...]:
    """The quick ones first: one that says no spares all others."""
    filters = handler.filters or ()
    quick = [glance for each in filters if (glance := _glance(each))]
    return (*quick, *(_magic(each) for each in filters if each.magic))


def _glance(filter_: FilterObject) -> Glance | None:
    if isinstance(filter_.callback, Command):
        return _may_be_command
    glance: Glance | None = getattr(filter_.callback, "at_a_glance", None)
    return glance


def _magic(filter_: FilterObject) -> Glance:
    return lambda event, _: filter_.callback(event)


def _may_be_command(event: TelegramObject, _: Mapping[str, Any]) -> bool:
    text = (event.text or event.caption or "") if isinstance(event, Message) else ""
    return text.lstrip().startswith("/")
