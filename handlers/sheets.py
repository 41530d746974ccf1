"""What a round looks like: the crew's sheet, a page at a time, and one pickup of it."""

from collections.abc import Sequence
from datetime import date, tzinfo

from handlers import bulky, homes
from handlers.texts import Texts
from knowledge import pickup_texts
from models.pickup_rounds import Stop
from models.pickups import CLOSED, LONGEST_NOTES, State

PAGE = 8
"""So many pickups are shown at once: with the longest words they fit into one message."""

LONGEST = 120
"""Signs of what is to be collected, on the sheet; all of it stands with the pickup."""


def open_ones(stops: Sequence[Stop]) -> list[Stop]:
    """Those that are still to be collected."""
    return [stop for stop in stops if stop.pickup.state == State.BOOKED]


def first_open(stops: Sequence[Stop]) -> int:
    """The page where it goes on."""
    places = [place for place, stop in enumerate(stops) if stop.pickup.state == State.BOOKED]
    return places[0] // PAGE if places else 0


def next_after(stops: Sequence[Stop], pickup_id: int) -> Stop | None:
    """The next one to be collected after a pickup; after the last one, what was left out."""
    ids = [stop.pickup.id for stop in stops]
    here = ids.index(pickup_id) if pickup_id in ids else -1
    left = open_ones([*stops[here + 1 :], *stops[: here + 1]])
    return left[0] if left else None


def sheet(stops: Sequence[Stop], page: int, day: date, today: date, t: Texts) -> str:
    """A page of the sheet: no names, no phones."""
    title = t("run-title", day=day, all=len(stops), open=len(open_ones(stops)))
    if not stops:
        return title
    lines = [_line(stop, t) for stop in stops[page * PAGE : (page + 1) * PAGE]]
    pages = -(-len(stops) // PAGE)
    if pages > 1:
        lines.append(t("run-page", page=page + 1, pages=pages))
    how = t("run-how") if day <= today else t("run-not-yet")
    return "\n\n".join([title, *lines, how])


def stop_text(stop: Stop, zone: tzinfo, t: Texts) -> str:
    """All that the crew has to know of a pickup, and how it went."""
    pickup = stop.pickup
    lines = [
        t("run-stop", number=stop.number, area=stop.area, address=stop.address),
        t("run-things", things=bulky.counted(stop.things, t), items=pickup.load),
        bulky.where(pickup.floor, pickup.lift, pickup.place, t),
        *bulky.said_of(pickup.notes, len(pickup.photos), t),
        *_price(stop, t),
        state_text(stop, zone, t),
    ]
    return "\n".join(lines)


def state_text(stop: Stop, zone: tzinfo, t: Texts) -> str:
    """How a pickup went, and when that was written down."""
    pickup = stop.pickup
    said = t("run-state", state=pickup.state)
    if pickup.state in CLOSED and pickup.closed_at is not None:
        said = t("run-state-at", said=said, at=pickup.closed_at.astimezone(zone))
    if pickup.state == State.NOT_ACCEPTED and pickup.why:
        said += "\n" + bulky.why_not(pickup.why, pickup.why_words or "", t)
    elif pickup.why_words:
        said += "\n" + t("run-words", words=homes.tame(pickup.why_words, LONGEST_NOTES))
    return said


def _line(stop: Stop, t: Texts) -> str:
    pickup = stop.pickup
    first = t(
        "run-line",
        number=stop.number, area=stop.area, address=stop.address, state=pickup.state,
    )  # fmt: skip
    if pickup.state != State.BOOKED:
        return first
    things = bulky.counted(stop.things, t)
    short = things if len(things) <= LONGEST else things[: LONGEST - 1] + "…"
    return "\n".join([first, t("run-things", things=short, items=pickup.load), *_price(stop, t)])


def _price(stop: Stop, t: Texts) -> list[str]:
    """What is to be paid, if anything is."""
    fen = stop.pickup.price
    return [t("run-price", yuan=pickup_texts.yuan(fen))] if fen else []
