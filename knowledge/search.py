"""Finding the items a message is about."""

from copy import copy
from dataclasses import replace
from itertools import chain, islice

from knowledge import clauses, deciding, described, peeling, phrases, readings, wording
from knowledge.answers import (
    Answer,
    Asked,
    BinNamed,
    Found,
    Inferred,
    Nothing,
    Unsure,
    items_of,
    verdict,
)
from knowledge.catalogue import Catalogue, Item
from knowledge.clauses import Clauses
from knowledge.deciding import FLOOR, SURE, UNSURE_AT_MOST
from knowledge.english import English
from knowledge.guesses import HARMLESS_AT_MOST, Candidate, Guesses
from knowledge.inference import Inference
from knowledge.learned import Learned
from knowledge.names import Names
from knowledge.peeling import Form, Peeler
from knowledge.readings import Dialect, Pictures
from knowledge.schemes import Scheme
from knowledge.sentences import Sentences
from knowledge.streams import Stream
from knowledge.talk import Talk

__all__ = [
    "FLOOR",
    "SURE",
    "Answer",
    "Asked",
    "BinNamed",
    "Found",
    "Inferred",
    "Nothing",
    "Search",
    "Unsure",
    "verdict",
]

EXACT = 1.0
PEELED = 0.97
"""Confidence in a name that stands in the message, alone or among known phrases."""

IN_DOUBT = 0.6
"""Confidence if those phrases may mean another bin, as for dirty things."""

TALKS, TALKS_OF_KNOWN = 0.75, 0.9
"""From when on a message is taken to talk of things that stay: if it takes a guess what is named,
and if it is named for certain."""

DEAD = "死"

SAID = 2
"""Characters at the beginning of a name that tell it from others of its family."""

MOST_PIECES = 16
"""Pieces of a message that are looked at; what comes later is not."""


class Search:
    """Answers messages from the catalogue, with bins named as the scheme names them."""

    def __init__(
        self, catalogue: Catalogue, scheme: Scheme, learned: Learned | None = None
    ) -> None:
        self._catalogue = catalogue
        self.bins = _bins(scheme)
        """Streams by what their bins are called."""
        questions = catalogue.questions.values()
        words = [word for q in questions for state in q.states for word in state.words]
        self._peeler = Peeler(words)
        self._materials = catalogue.questions.get(described.MATERIAL)
        self._learned, self._talk = learned or Learned.load(), Talk.load()
        self._pictures, self._dialect = Pictures.load(), Dialect.load()
        everyday = frozenset(map(wording.key, catalogue.not_rubbish))
        self._look_among(Names(catalogue.items), everyday)

    def with_scheme(self, scheme: Scheme) -> "Search":
        """The same search for a place that sorts by another scheme; it costs nothing."""
        other = copy(self)
        other.bins = _bins(scheme)
        return other

    def in_place(self, catalogue: Catalogue, scheme: Scheme) -> "Search":
        """The same search for a place where the catalogue differs a little; it costs little."""
        other = self.with_scheme(scheme)
        usual = self._catalogue
        other._catalogue = catalogue  # noqa: SLF001 (a copy of ours)
        different = [each for each in catalogue.items if usual.by_name(each.name) is not each]
        more = map(wording.key, catalogue.not_rubbish - usual.not_rubbish)
        other._look_among(  # noqa: SLF001 (a copy of ours)
            self._names.in_place(different, {each.name for each in different}),
            self._everyday.union(more),
        )
        return other

    def _look_among(self, names: Names, everyday: frozenset[str]) -> None:
        self._names, self._everyday = names, everyday
        self._guesses = Guesses(names, self._peeler, everyday, self._materials)
        self._inference = Inference(names, self._peeler, self._learned)
        self._sentences = Sentences(names, self._peeler, self._guesses)
        self._english = English(names, self._peeler, self._guesses)
        self._clauses = Clauses(names, self._peeler, self._guesses, everyday)

    def answers(self, text: str) -> tuple[Answer, ...]:
        """One answer for each item in the message: at least one, at most eight."""
        asked = text[: wording.LONGEST].strip()
        whole = self._certain(asked)
        if self._talk.stays(asked, self._names) >= (TALKS_OF_KNOWN if whole else TALKS):
            return (Nothing(asked, not_rubbish=True),)
        if whole:
            return (whole,)
        pieces = peeling.pieces(asked)[:MOST_PIECES] or (asked,)
        found = [answer for piece in pieces for answer in self._piece(piece)]
        return self._among_clauses(asked, found)

    def name_in(self, text: str) -> str:
        """The name in a question, without the phrases around it that only ask."""
        return self._peeler.name(text)

    def nearest(self, text: str, limit: int) -> tuple[Item, ...]:
        """Items that somebody may have meant by a text, the likeliest first."""
        meant = (item for answer in self.answers(text) for item in items_of(answer))
        near = self._names.near(wording.key(self.name_in(text)))
        found = dict.fromkeys(chain(meant, (one.item for one in near)))
        return tuple(islice(found, limit))

    def suggest(self, text: str, limit: int) -> tuple[Item, ...]:
        """Items that may be meant by what has been typed so far, the likeliest first."""
        key = wording.key(text)
        if not key:
            return ()
        found: dict[str, Item] = {}
        meant = (item for answer in self.answers(text) for item in items_of(answer))
        for item in chain(self._names.beginning(key), meant):
            found.setdefault(item.name, item)
            if len(found) >= limit:
                break
        return tuple(found.values())

    def _among_clauses(self, asked: str, found: list[Answer]) -> tuple[Answer, ...]:
        """The answers worth saying, or that to all clauses if none says enough by itself."""
        if any(verdict(answer)[2] >= FLOOR or isinstance(answer, BinNamed) for answer in found):
            return deciding.worth_saying(clauses.telling(found))
        vague = len(found) > 1 or not any(map(items_of, found))
        about = self._clauses.about(self._dialect.in_standard(asked)) if vague else None
        return (deciding.decided(asked, [about]),) if about else deciding.worth_saying(found)

    def _piece(self, piece: str) -> tuple[Answer, ...]:
        if found := self._as_it_stands(piece):
            return found
        standard = self._dialect.in_standard(piece)
        if standard != wording.plain(piece):
            understood = self._as_it_stands(standard) or self._by_guess(standard)
            if not all(isinstance(one, Nothing) and not one.not_rubbish for one in understood):
                return tuple(replace(answer, asked=piece) for answer in understood)
        return self._by_guess(piece)

    def _as_it_stands(self, piece: str) -> tuple[Answer, ...]:
        """The answers where no word of it has to be taken for another."""
        if certain := self._certain(piece):
            return (certain,)
        if several := self._several(piece):
            return several
        is_wish = phrases.WISH.search(wording.plain(piece))
        return (Nothing(piece, not_rubbish=True),) if is_wish else ()

    def _by_guess(self, piece: str) -> tuple[Answer, ...]:
        return (self._from_work(piece) or self._reworded(piece) or self._loosely(piece),)

    def _from_work(self, piece: str) -> Answer | None:
        """The answer to what no household throws away: "诊所打完针的针头"."""
        name = described.at_work(wording.key(piece))
        item = self._catalogue.by_name(name) if name else None
        return Unsure(piece, (item,), None, UNSURE_AT_MOST) if item else None

    def _reworded(self, piece: str) -> Answer | None:
        """The answer to what was typed with pictures or as to a child, in plain words."""
        pictured = tuple(self._pictures.in_words(piece, self._names))
        once = (words for text in pictured or (piece,) for words in readings.once(text))
        left = readings.left(wording.plain(piece))
        answers = chain(
            map(self._certain, chain(once, left)), map(self._loosely, chain(pictured, left))
        )
        answer = next((one for one in answers if one and items_of(one)), None)
        return replace(answer, asked=piece) if answer else None

    def _loosely(self, piece: str) -> Answer:
        """The answer when it takes grammar or a guess to tell what is named."""
        about = self._sentences.about(piece) or self._english.about(piece)
        if about is None and self._sentences.is_of_no_rubbish(piece, self._everyday):
            return Nothing(piece, not_rubbish=True)
        if about is None:
            whole = self._sentences.part_of_unknown(piece)
            return replace(self._guessed(whole), asked=piece) if whole else self._guessed(piece)
        around = Form(about.item.name, wording.key(piece), known=False)
        about = replace(about, item=self._member(about.item, around) or about.item)
        if about.confidence > HARMLESS_AT_MOST:
            return deciding.decided(piece, [about])
        # The words around make it doubtful: letters may tell what has become of it.
        guessed = self._guessed(piece)
        clean = about.item.stream_of(None) is Stream.RECYCLABLE
        better = items_of(guessed) and (clean or verdict(guessed)[2] >= FLOOR)
        return guessed if better else deciding.decided(piece, [about])

    def _guessed(self, piece: str) -> Answer:
        """The answer when nothing is named for certain."""
        candidates = self._guesses.candidates(piece)
        decided = deciding.decided(piece, candidates)
        if isinstance(decided, Found | Asked) or deciding.in_two_bins(candidates):
            return decided
        return self._inference.of(piece, candidates) or decided

    def _several(self, piece: str) -> tuple[Answer, ...]:
        """One answer each if the piece is nothing but known things in a row."""
        pictures = [c for c in wording.key(piece) if wording.is_picture(c)]
        if len(pictures) > 1 and len(pictures) == len(wording.key(piece)):
            return tuple(self._certain(c) or Nothing(c, not_rubbish=True) for c in pictures)
        parts = peeling.joined(piece)
        if not 1 < len(parts) <= deciding.MOST_ANSWERS:
            return ()
        each = tuple(answer for answer in map(self._certain, parts) if answer)
        named = len(each) == len(parts) and all(map(items_of, each))
        return each if named else ()

    def _certain(self, piece: str) -> Answer | None:
        """The answer if the piece names one thing, with nothing but known phrases around."""
        return (
            self._named(piece)
            or self._bracketed(piece)
            or self._pictured(piece)
            or self._without_pictures(piece)
        )

    def _named(self, piece: str, besides: str = "") -> Answer | None:
        key = wording.key(piece)
        item = self._names.exact(key)
        if item:
            return self._described(piece, item, besides, EXACT)
        stream = self.bins.get(phrases.BIN_QUESTION.sub("", key[: peeling.LONGEST_PIECE]))
        if stream:
            return BinNamed(piece, stream)
        if key in self._everyday:
            return Nothing(piece, not_rubbish=True)
        for form in self._peeler.forms(piece):
            item = self._names.exact(form.key)
            if item:
                return self._described(piece, item, f"{form.around} {besides}", PEELED)
            if form.key in self._everyday:
                return self._dead(piece, form) or Nothing(piece, not_rubbish=True)
        return Nothing(piece, not_rubbish=True) if self._peeler.is_only_phrases(key) else None

    def _dead(self, piece: str, form: Form) -> Answer | None:
        """A pet is no rubbish, but when it has died."""
        item = self._names.exact(DEAD + form.key) if DEAD in form.around else None
        return Found(piece, item, None, PEELED) if item else None

    def _bracketed(self, piece: str) -> Answer | None:
        """What is named beside brackets, or else in them: "沙发（旧的）"."""
        bracketed = peeling.bracketed(piece)
        if bracketed is None:
            return None
        outside, inside = bracketed
        for text, besides in ((outside, inside), (inside, outside)):
            answer = self._named(text, wording.plain(besides))
            if answer and not isinstance(answer, Nothing):
                return replace(answer, asked=piece)
        return None

    def _pictured(self, piece: str) -> Answer | None:
        """What is named when pictures are read as words: "🥜壳"."""
        for words in self._pictures.in_words(piece, self._names):
            answer = self._named(words)
            if answer and items_of(answer):
                return replace(answer, asked=piece)
        return None

    def _without_pictures(self, piece: str) -> Answer | None:
        """What is named beside pictures that only adorn it: "香蕉皮🍌"."""
        words = "".join(c for c in piece if not wording.is_picture(c))
        if len(words) == len(piece) or not wording.key(words):
            return None
        answer = self._named(words)
        shown = any(map(self._names.exact, filter(wording.is_picture, piece)))
        # Of which thing it is a part, or what is said, the picture may tell.
        vague = isinstance(answer, Asked) or (shown and isinstance(answer, Nothing))
        return replace(answer, asked=piece) if answer and not vague else None

    def _described(self, piece: str, named: Item, around: str, confidence: float) -> Answer:
        """The answer about an item that is named for certain, in the state the words say."""
        form = Form(named.name, self._peeler.said(around))
        item = self._member(named, form) or named
        state = described.state(item, form)
        if item is named and described.in_doubt(item, state, form, self._materials):
            return self._made_of(piece, item, form) or Unsure(piece, (item,), state, IN_DOUBT)
        return deciding.sure(piece, Candidate(item, state, confidence))

    def _made_of(self, piece: str, item: Item, form: Form) -> Answer | None:
        """What is of another material than usual goes where that material goes."""
        name = described.made_of(item, form, self._materials)
        like = self._catalogue.by_name(name) if name else None
        return Inferred(piece, like, (item,), IN_DOUBT) if like and like.group else None

    def _member(self, family: Item, form: Form) -> Item | None:
        """The one of a family that the words say: "塑料的瓶子" is "塑料瓶"."""
        for words in described.materials_said(form, self._materials).values():
            for name in family.members:
                member = self._catalogue.by_name(name)
                if member and any(word in known for word in words for known in member.names):
                    return member
        said = [name for name in family.members if name[:SAID] in form.around]
        return self._catalogue.by_name(said[0]) if len(said) == 1 else None


def _bins(scheme: Scheme) -> dict[str, Stream]:
    return {
        wording.key(name): bin_.stream
        for bin_ in scheme.bins.values()
        for name in (bin_.name.zh, bin_.name.en, *bin_.also)
    }
