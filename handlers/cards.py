"""What is said of an item: the bin first, then why, how to prepare it, and what to do next."""

from dataclasses import dataclass

from handlers.texts import Texts
from knowledge.catalogue import Catalogue
from knowledge.items import Item
from knowledge.schemes import Scheme
from knowledge.streams import Stream, Words


@dataclass(frozen=True, slots=True)
class Cards:
    """Writes cards in one language, for one way of sorting."""

    catalogue: Catalogue
    scheme: Scheme
    t: Texts

    def card(self, item: Item, state: str | None, *, guessed: bool = False) -> str:
        """The full answer for an item in a state that has a bin.

        `guessed`: the person could not tell which state it is.
        """
        lines = [self.headline(item, state)]
        if guessed:
            lines.append(self.t("card-if-unsure"))
        lines += [
            "",
            self.t("card-why", reason=self.reason(item, state)),
            self.t("card-prepare", prepare=self._said(item.prepare_of(state))),
            self.t("card-next", next=self._next(item, state)),
        ]
        lines += [*self.elsewhere(item, state), *self.unlike(item)]
        if item.parts:
            lines += ["", self.t("card-parts"), *map(self._part, item.parts)]
        return "\n".join(lines)

    def line(self, item: Item, state: str | None) -> str:
        """The answer in short, as one of several."""
        prepare = self._said(item.prepare_of(state))
        return self.headline(item, state) + "\n" + self.t("card-prepare", prepare=prepare)

    def inferred(self, asked: str, like: Item) -> str:
        """The answer about something that is only like an item we know."""
        return "\n".join(
            (
                self.inferred_line(asked, like),
                "",
                self.t(
                    "card-inferred-why", like=self.name(like, None), reason=self.reason(like, None)
                ),
                self.t("card-prepare", prepare=self._said(like.prepare_of(None))),
                self.t("card-next", next=self._next(like, None)),
            )
        )

    def inferred_line(self, asked: str, like: Item) -> str:
        """The same in short."""
        bin_ = self.scheme.bins[_stream(like, None)]
        return self.t(
            "card-inferred",
            mark=bin_.mark,
            asked=asked,
            bin=bin_.name.in_(self.t.language),
            colour=bin_.colour.in_(self.t.language),
        )

    def headline(self, item: Item, state: str | None) -> str:
        """Which bin, and its colour."""
        bin_ = self.scheme.bins[_stream(item, state)]
        return self.t(
            "card-headline",
            mark=bin_.mark,
            item=self.name(item, state),
            bin=bin_.name.in_(self.t.language),
            colour=bin_.colour.in_(self.t.language),
        )

    def name(self, item: Item, state: str | None) -> str:
        """The item, with the state that decides."""
        title = item.title.in_(self.t.language)
        known = item.question.state(state) if item.question and state else None
        if known is None:
            return title
        return self.t("card-item-state", item=title, state=known.label.in_(self.t.language))

    def reason(self, item: Item, state: str | None) -> str:
        """Why it goes there, without a full stop."""
        return self._said(item.reason_of(state))

    def bin_card(self, stream: Stream) -> str:
        """What belongs in a bin."""
        bin_ = self.scheme.bins[stream]
        language = self.t.language
        items = [self.catalogue.by_name(name) for name in bin_.examples]
        return self.t(
            "bin-card",
            mark=bin_.mark,
            bin=bin_.name.in_(language),
            colour=bin_.colour.in_(language),
            what=bin_.what.in_(language),
            examples=self.t("comma").join(item.title.in_(language) for item in items if item),
        )

    def elsewhere(self, item: Item, state: str | None) -> list[str]:
        """That other places put it into another bin."""
        if not item.elsewhere or state:
            return []
        language = self.t.language
        bins = [self.scheme.bins[stream].name.in_(language) for stream in item.elsewhere]
        return ["", self.t("card-elsewhere", bins=self.t("or").join(bins))]

    def unlike(self, item: Item) -> list[str]:
        """What it is easily mistaken for."""
        others = [(one, self.catalogue.by_name(one.name)) for one in item.unlike]
        said = [
            self.t(
                "card-unlike",
                other=other.title.in_(self.t.language),
                tell=self._said(one.tell),
            )
            for one, other in others
            if other
        ]
        return ["", *said] if said else []

    def _part(self, name: str) -> str:
        item = self.catalogue.by_name(name)
        assert item is not None, name
        return self.headline(*if_unsure(item, self.catalogue))

    def _said(self, words: Words) -> str:
        return words.in_(self.t.language).rstrip("。.")

    def _next(self, item: Item, state: str | None) -> str:
        """What to do next: by the group if it is out of the ordinary, the scheme, the stream."""
        group, stream = item.group_of(state), _stream(item, state)
        keys = (
            f"next-{group.key}" if group else "",
            f"next-{self.scheme.key}-{stream}",
            f"next-{stream}",
        )
        bin_ = self.scheme.bins[stream]
        return self.t(
            next(key for key in keys if key in self.t),
            bin=bin_.name.in_(self.t.language),
            colour=bin_.colour.in_(self.t.language),
        )


def _stream(item: Item, state: str | None) -> Stream:
    stream = item.stream_of(state)
    assert stream is not None, f"{item.name} has no bin before its state is known"
    return stream


def if_unsure(item: Item, catalogue: Catalogue) -> tuple[Item, str | None]:
    """What to answer a person who cannot tell which it is.

    A family's harmful member, if it has one: among the hazardous waste a harmless battery does no
    harm, the other way round it does. Then what has a usual bin; then the last state.
    """
    members = [member for name in item.members if (member := catalogue.by_name(name))]
    if members:
        harmful = [one for one in members if one.stream_of(None) is Stream.HAZARDOUS]
        residual = [one for one in members if one.stream_of(None) is Stream.RESIDUAL]
        return if_unsure((harmful or residual or members)[0], catalogue)
    if item.group:
        return item, None
    return item, list(item.states)[-1]
