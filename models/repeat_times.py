"""When staff want a repeat to come, as they write it."""

from datetime import date

from knowledge import repetition_texts, repetitions
from knowledge.repetitions import Repetition
from models.base import Refusal


class NoSuchRepetition(Refusal):
    """The words do not say when something comes again and again."""


class NoSuchTime(Refusal):
    """The words name no time of the day."""


class NoSuchEnd(Refusal):
    """The words name no last day."""


class EndBeforeBegin(Refusal):
    """The last day is before the first."""


def repetition(words: str, today: date) -> Repetition:
    """When staff want it; raises `NoSuchRepetition`, `EndBeforeBegin`."""
    try:
        found = repetition_texts.read(words, today)
    except repetition_texts.NotARepetition:
        raise NoSuchRepetition from None
    except repetition_texts.EndsTooSoon:
        raise EndBeforeBegin from None
    return repetitions.anchored(found, today)


def minute(words: str) -> int:
    """At what minute of the day staff want it; raises `NoSuchTime`."""
    try:
        return repetition_texts.read_time(words)
    except repetition_texts.NotARepetition:
        raise NoSuchTime from None


def last_day(words: str, today: date) -> date | None:
    """Until when staff want it, None for ever; raises `NoSuchEnd`."""
    try:
        return repetition_texts.read_end(words, today)
    except repetition_texts.NotARepetition:
        raise NoSuchEnd from None
