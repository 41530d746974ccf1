"""What people do in a simulated month, as a person with a phone would."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias


class Door(NamedTuple):
    """A home, by the place and the address in it."""

    place: str
    address: str


class Way(StrEnum):
    """How a volunteer records a drop-off."""

    SCAN = "scan"
    PHOTO = "photo"
    NUMBER = "number"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Says:
    """Types a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Asks:
    """Types the name of something to throw away."""

    thing: str


@dataclass(frozen=True, slots=True)
class Hits:
    """Hits a key of the keyboard below the chat, by the key of its words."""

    key: str


@dataclass(frozen=True, slots=True)
class Opens:
    """Scans a code with the phone's camera, or opens a link: `/start` with this code."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class OpensSlip:
    """Opens the joining slip that staff have made for this home."""

    door: Door


@dataclass(frozen=True, slots=True)
class Taps:
    """Taps the newest button with these words, by their key; under a message about `about`."""

    key: str
    name: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Stands:
    """Sends the own place."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Photographs:
    """Sends a photo of a home's code."""

    code: str


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks the bot."""


Act: TypeAlias = Says | Asks | Hits | Opens | OpensSlip | Taps | Stands | Photographs | Blocks


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody does something."""

    at: datetime
    person: int
    act: Act
    doors: tuple[Door, ...] = ()
    """The homes that it is about: nobody else does anything about them in the same breath."""
    records: tuple[tuple[Door, datetime], ...] = ()
    """The drop-offs that it tells of, with the moments that the bot writes down for them."""
    way: Way | None = None
    comes_twice: bool = False
    """Whether Telegram hands its update over again, under another number."""

    @property
    def looks(self) -> bool:
        """Whether the person must see first what the bot has said."""
        return isinstance(self.act, Taps | OpensSlip)
