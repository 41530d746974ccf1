"""The log: one line an event on standard error, and no secret in it."""

import logging
import sys
from collections.abc import Iterable

from models.database import in_brief, unavailable


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


def complain(log: logging.Logger, what: str, error: Exception) -> None:
    """Say that the database does not do something now: in a line if it is only out of reach."""
    if unavailable(error):
        log.warning("the database %s (%s); trying again", what, in_brief(error))
    else:
        log.error("the database %s; trying again", what, exc_info=error)
