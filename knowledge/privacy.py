"""What is taken out of words that people write before anybody else reads them."""

import re

_DAY = r"(?<!\d)20\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?!\d)"


def without_numbers(text: str, least: int) -> str:
    """The words without telephone, identity and account numbers, however they are spaced.

    `least`: so many digits are such a number. `\\d` is any script's digit. A day, "2026-11-24",
    stays.
    """
    return re.sub(rf"({_DAY})|(?:\d[\s\-.()]*){{{least},}}", lambda found: found[1] or "…", text)
