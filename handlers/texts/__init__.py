"""The words the bot uses: one Fluent file per feature and language."""

from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

HERE = Path(__file__).parent

LANGUAGES = ("zh", "en")
"""Chinese first."""

MOST_KEPT = 4000
"""Texts kept as they were written last: much is said again and again, and a text may take Fluent
as long as the search for its item takes."""


class Texts:
    """The bot's words in one language: `t("card-why", reason=item.reason)`.

    A missing key or argument raises: a fault in production, a red test before.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._written = lru_cache(MOST_KEPT)(self._write)
        # Fluent would wrap every argument in invisible direction marks; people copy our texts.
        functions: dict[str, Any] = {"TIME": _time, "DAY": self._day}
        self._bundle = FluentBundle([language], functions=functions, use_isolating=False)
        for file in sorted((HERE / language).glob("*.ftl")):
            self._bundle.add_resource(
                FluentResource(file.read_text("utf-8")), allow_overrides=False
            )

    def __call__(self, key: str, /, **args: str | int | datetime | date) -> str:
        # Moments of two time zones may be equal, and are written differently.
        is_kept = not any(isinstance(value, date) for value in args.values())
        return (self._written if is_kept else self._write)(key, **args)

    def _write(self, key: str, /, **args: str | int | datetime | date) -> str:
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise LookupError(key)
        text, errors = self._bundle.format_pattern(pattern, args)
        if errors:
            error = errors[0]
            error.add_note(f"in the text {key} ({self.language})")
            raise error
        return str(text)

    def _day(self, day: date | str) -> str:
        """A date as people write it there: 11月25日（周三）, Wed 25 Nov."""
        day = date.fromisoformat(day[:10]) if isinstance(day, str) else day
        weekday = self("weekdays").split()[day.weekday()]
        month = self("months").split()[day.month - 1]
        return self("day-written", weekday=weekday, month=month, number=str(day.day))

    def __contains__(self, key: str) -> bool:
        return bool(self._bundle.has_message(key))


def _time(at: datetime | str) -> str:
    """A moment on the clock: 07:42. It is a local one when it comes here; a notice keeps text."""
    return f"{datetime.fromisoformat(at) if isinstance(at, str) else at:%H:%M}"


@cache
def texts(language: str) -> Texts:
    """The words in this language, read once; an unknown one gets the first we have."""
    return Texts(language if language in LANGUAGES else LANGUAGES[0])
