"""The log: one line an event on standard error, and no secret in it."""

import logging
import sys
from collections.abc import Iterable


class Redacting(logging.Formatter):
    """Takes the secrets out of the finished text, tracebacks included."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = tuple(sorted(secrets, key=len, reverse=True))

    def format(self, record: logging.LogRecord) -> str:
        return self.redact(super().format(record))

    def redact(self, text: str) -> str:
        """The text without any secret."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


def set_up(secrets: Iterable[str]) -> Redacting:
    """Send the log to standard error; hand back what takes secrets out of a text."""
    redacting = Redacting(secrets)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(redacting)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # These write a line for each update, job or request: the addresses hold the token, and a
    # city's log would hold nothing else.
    for name in ("aiogram.event", "aiohttp.access", "apscheduler", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return redacting
