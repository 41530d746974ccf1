"""Which handler is an update for? aiogram's order and rules, without asking everybody.

aiogram asks every filter of every handler through three coroutines, and hands each `F.…` to a
thread. With fifteen features it took 0.6 ms until a plain question had come to the last of them,
as long as all the rest of its way. Most handlers are passed over at a glance, and most of these
behind one gate: what does not begin with "/" is no command, and who was asked for nothing gives
no answer.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
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


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A handler, and what can be told of it without waiting for anything."""

    router: Router
    handler: HandlerObject
    gate: Glance | None
    """True if anything behind it may take an event: many handlers stand behind the same."""
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


class Switchboard(Dispatcher):
    """A dispatcher whose features hang their filters on handlers, never on a whole router."""

    def __init__(self, **known: Any) -> None:
        super().__init__(disable_fsm=True, **known)  # nothing lives in memory only
        self._gates = cache(self._listed_gates)
        self._behind = cache(self._listed_behind)
        self._candidates = cache(self._listed)
        self._call = cache(self._inside_of_middlewares)

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:
        """Let the first handler that takes the event answer it."""
        shut = tuple(gate for gate in self._gates(update_type) if not gate(event, kwargs))
        for candidate in self._behind(update_type, shut):
            if not candidate.may_take(event, kwargs):
                continue
            found = await candidate.asked(event, kwargs)
            if found is None:
                continue
            try:
                return await self._call(update_type, candidate)(event, found)
            except SkipHandler:
                continue
        return UNHANDLED

    def _listed_gates(self, update_type: str) -> list[Glance]:
        candidates = self._candidates(update_type)
        return list(dict.fromkeys(each.gate for each in candidates if each.gate))

    def _listed_behind(self, update_type: str, shut: Collection[Glance]) -> list[Candidate]:
        candidates = self._candidates(update_type)
        return [candidate for candidate in candidates if candidate.gate not in shut]

    def _listed(self, update_type: str) -> list[Candidate]:
        """The handlers of a kind of update, in the order in which they are asked."""
        found: list[Candidate] = []
        for router in self.chain_tail:
            observer = router.observers[update_type]
            if len(observer.outer_middleware) or observer._handler.filters:  # noqa: SLF001 (aiogram tells nobody)
                msg = f"{router} filters as a whole, which is not looked at here"
                raise TypeError(msg)
            found += [
                Candidate(router, handler, _gate(handler), _glances(handler))
                for handler in observer.handlers
            ]
        return found

    def _inside_of_middlewares(
        self, update_type: str, candidate: Candidate
    ) -> Callable[..., Awaitable[Any]]:
        """Calls the handler, inside of the middlewares of its router and of those around it."""
        around = [
            middleware
            for router in reversed([*candidate.router.chain_head])
            for middleware in router.observers[update_type].middleware
        ]
        observer = candidate.router.observers[update_type]
        return observer.outer_middleware.wrap_middlewares(around, candidate.handler.call)


def _gate(handler: HandlerObject) -> Glance | None:
    for each in handler.filters or ():
        if isinstance(each.callback, Command):
            return _may_be_command
        gate: Glance | None = getattr(each.callback, "gate", None)
        if gate:
            return gate
    return None


def _glances(handler: HandlerObject) -> tuple[Glance, ...]:
    """The quick ones first: one that says no spares all others."""
    filters = handler.filters or ()
    quick = [
        each.callback.at_a_glance for each in filters if hasattr(each.callback, "at_a_glance")
    ]
    return (*quick, *(_magic(each) for each in filters if each.magic))


def _magic(filter_: FilterObject) -> Glance:
    return lambda event, _: filter_.callback(event)


def _may_be_command(event: TelegramObject, _: Mapping[str, Any]) -> bool:
    text = (event.text or event.caption or "") if isinstance(event, Message) else ""
    return text.lstrip().startswith("/")
