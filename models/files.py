"""Files that people send."""

from models.base import Refusal

LARGEST = 20 << 20
"""How large a file Telegram hands out to bots, in bytes."""


class FileUnreachable(Refusal):
    """Telegram does not hand the file over now."""


class FileTooLarge(Refusal):
    """The file is larger than what Telegram hands out to bots."""
