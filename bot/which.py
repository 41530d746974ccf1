"""`greenbin which`: answers on the command line, without a database and without Telegram."""

import sys
from collections.abc import Iterable
from typing import TextIO

from knowledge.answers import Answer, Asked, BinNamed, Found, Inferred, Nothing, Unsure, verdict
from knowledge.catalogue import Catalogue
from knowledge.items import Item
from knowledge.schemes import Scheme, load_scheme
from knowledge.search import Search


def answer_words(questions: Iterable[str], scheme: str) -> None:
    """Print an answer for each question, for people."""
    catalogue, sorts = Catalogue.load(), load_scheme(scheme)
    search = Search(catalogue, sorts)
    for question in questions:
        for answer in search.answers(question):
            print(_line(answer, sorts))


def answer_table(source: TextIO, scheme: str) -> None:
    """Print stream, item and confidence for each line of `source`, in the same order."""
    search = Search(Catalogue.load(), load_scheme(scheme))
    for line in source:
        stream, item, confidence = verdict(search.answers(line.strip("\r\n"))[0])
        sys.stdout.write(f"{stream}\t{item}\t{confidence:.2f}\n")
    sys.stdout.flush()


def _line(answer: Answer, scheme: Scheme) -> str:
    match answer:
        case Found(item=item, state=state):
            return f"{item.name} → {_bin(item, state, scheme)}"
        case Asked(item=item):
            choices = [*item.states, *item.members]
            return f"{item.name} → 看情况 it depends: {', '.join(choices)}"
        case Unsure(asked=asked, items=items, state=state):
            guesses = ", ".join(f"{item.name} ({_bin(item, state, scheme)})" for item in items)
            return f"{asked} → 是不是 did you mean: {guesses}"
        case Inferred(asked=asked, like=like):
            return f"{asked} → 大概是 probably {_bin(like, None, scheme)}, 像 like {like.name}"
        case BinNamed(stream=stream):
            bin_ = scheme.bins[stream]
            return f"{bin_.mark} {bin_.name.zh} {bin_.name.en}: {bin_.what.zh}"
        case Nothing(asked=asked, not_rubbish=not_rubbish):
            why = "不是要扔的东西 no rubbish" if not_rubbish else "还不认识 not known"
            return f"{asked} → {why}"


def _bin(item: Item, state: str | None, scheme: Scheme) -> str:
    stream = item.stream_of(state)
    if stream is None:
        return "看情况 it depends"
    bin_ = scheme.bins[stream]
    return f"{bin_.mark} {bin_.name.zh} {bin_.name.en}"
