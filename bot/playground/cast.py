"""Who and what stands on the page from the beginning: people with their roles, and places."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cast:
    """Somebody whose phone the page shows."""

    name: str
    id: int | None = None
    """The Telegram id; None for a newcomer, who gets the next free one."""
    role: str = ""
    """What the page calls this person, such as 志愿者; shown, and no more than that."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that people on the page can send as theirs."""

    name: str
    latitude: float
    longitude: float


NEWCOMER = Cast("你")


@dataclass(slots=True)
class Phone:
    """A person's phone on the page, and what it remembers."""

    person_id: int
    role: str = ""
    stays: bool = False
    """One of the cast, who cannot be sent away."""
    presses: list[str] = field(default_factory=list)
    """Buttons pressed, oldest first."""
    search_id: str | None = None
