"""How well somebody sorted what they brought."""

from enum import StrEnum


class Quality(StrEnum):
    """What a volunteer saw in the bags of a drop-off."""

    RIGHT = "right"
    PARTLY = "partly"
    """Something was in the wrong bag."""
    WRONG = "wrong"
    """Mixed, or not sorted at all."""
