"""The words the bot uses: one Fluent file per feature and language."""

from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

HERE = Path(__file__).parent

LANGUAGES = ("zh", "en")
"""Chinese first."""


class Texts:
    """The bot's words in one language: `t("card-why", reason=item.reason)`.

    A missing key or argument raises: a fault in production, a red test before.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        # Fluent would wrap every argument in invisible direction marks; people copy our texts.
        self._bundle = FluentBundle([language], use_isolating=False)
        for file in sorted((HERE / language).glob("*.ftl")):
            self._bundle.add_resource(
                FluentResource(file.read_text("utf-8")), allow_overrides=False
            )

    def __call__(self, key: str, /, **args: str | int) -> str:
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise LookupError(key)
        text, errors = self._bundle.format_pattern(pattern, args)
        if errors:
            error = errors[0]
            error.add_note(f"in the text {key} ({self.language})")
            raise error
        return str(text)

    def __contains__(self, key: str) -> bool:
        return bool(self._bundle.has_message(key))


@cache
def texts(language: str) -> Texts:
    """The words in this language, read once; an unknown one gets the first we have."""
    return Texts(language if language in LANGUAGES else LANGUAGES[0])
