"""The streams that rubbish is sorted into, and words that are said in several languages."""

from dataclasses import dataclass
from enum import StrEnum


class Stream(StrEnum):
    """What an item is sorted into, whatever the local bin is called or coloured."""

    RECYCLABLE = "recyclable"
    HAZARDOUS = "hazardous"
    FOOD = "food"
    RESIDUAL = "residual"
    BULKY = "bulky"
    RENOVATION = "renovation"
    NOT_HOUSEHOLD = "not_household"
    """Rubbish that none of the others takes, such as dog mess or a dead pet."""


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in each language the catalogue is written in."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        """The words in `language` ("en", "en-GB", …); Chinese where there are none."""
        return (self.en if language.startswith("en") else self.zh) or self.zh
