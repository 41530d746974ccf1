"""What the catalogue is made of: items, the groups they belong to, and questions about them."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from knowledge.streams import Stream, Words

NOTHING_SAID = Words("", "")


@dataclass(frozen=True, slots=True)
class Group:
    """Items that go into one stream for one reason and are prepared alike."""

    key: str
    stream: Stream
    reason: Words
    prepare: Words


NO_STATES: Mapping[str, Group] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class State:
    """One answer to a question, such as "soiled"."""

    key: str
    label: Words
    words: tuple[str, ...]
    """Words in a message that say it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked when the bin depends on the state of a thing."""

    key: str
    text: Words
    states: tuple[State, ...]

    def state(self, key: str) -> State | None:
        """The state of this key."""
        return next((state for state in self.states if state.key == key), None)


@dataclass(frozen=True, slots=True)
class Unlike:
    """Another item that this one is easily mistaken for."""

    name: str
    tell: Words
    """How to tell them apart."""


@dataclass(frozen=True, slots=True)
class Item:
    """A thing people throw away, as the catalogue names it."""

    name: str
    english: tuple[str, ...]
    names: tuple[str, ...]
    """Everything it is found by: its name, other Chinese names and pictures, English names."""
    group: Group | None
    """Of its usual state; `None` where one has to ask."""
    question: Question | None
    states: Mapping[str, Group] = field(hash=False)
    """Group by state, in the order of the file; the last is taken if unsure."""
    members: tuple[str, ...]
    """Of a family word such as "battery": names of the items it may mean."""
    parts: tuple[str, ...]
    """Of a composite thing: names of the items that say where each part goes."""
    reason: Words | None
    prepare: Words | None
    elsewhere: tuple[Stream, ...] = ()
    """Where other places put it, so that nobody can be quite sure."""
    unlike: tuple[Unlike, ...] = ()

    @property
    def key(self) -> str:
        """Eight characters for buttons, the same after every edit that keeps the name."""
        return _key_of(self.name)

    @property
    def title(self) -> Words:
        """The name to show."""
        return Words(self.name, self.english[0] if self.english else self.name)

    def group_of(self, state: str | None) -> Group | None:
        """The group in `state`; of the usual state if that is not known."""
        return self.states.get(state, self.group) if state else self.group

    def stream_of(self, state: str | None) -> Stream | None:
        """The stream in `state`; of the usual state if that is not known; `None`: ask."""
        group = self.group_of(state)
        return group.stream if group else None

    def reason_of(self, state: str | None) -> Words:
        """Why it goes there."""
        return self._said(self.reason, state, "reason")

    def prepare_of(self, state: str | None) -> Words:
        """What to do with it first."""
        return self._said(self.prepare, state, "prepare")

    def _said(self, own: Words | None, state: str | None, what: str) -> Words:
        group = self.group_of(state)
        # The item's own words are about its usual state, or about all of them if it has none.
        if own and (group is None or self.group is None or group.stream == self.group.stream):
            return own
        if group is None:
            return NOTHING_SAID
        return group.reason if what == "reason" else group.prepare


@cache
def _key_of(name: str) -> str:
    return base64.b32encode(hashlib.blake2b(name.encode(), digest_size=5).digest()).decode()
