"""Where places differ, what is mistaken for what, and where the streams are from."""

from pathlib import Path

import pytest

from knowledge.answers import Found
from knowledge.catalogue import BadCatalogue, Catalogue
from knowledge.search import SURE, Search
from knowledge.streams import Stream
from tests.knowledge.conftest import DIFFERS, LOOK_ALIKES, Write


def problems_of(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(BadCatalogue) as caught:
        Catalogue.load(folder)
    return [(found.file, found.line, found.kind) for found in caught.value.problems]


def test_an_item_says_where_other_places_put_it(write: Write) -> None:
    battery = Catalogue.load(write(differs=DIFFERS)).by_name("干电池")

    assert battery
    assert battery.elsewhere == (Stream.HAZARDOUS,)


def test_look_alikes_know_of_each_other(write: Write) -> None:
    catalogue = Catalogue.load(write(look_alikes=LOOK_ALIKES))
    book, magazine = catalogue.by_name("书"), catalogue.by_name("杂志")

    assert book
    assert magazine
    assert [one.name for one in book.unlike] == ["杂志"]
    assert [one.name for one in magazine.unlike] == ["书"]
    assert book.unlike[0].tell.en == "Look at the cover"


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ({"differs": "elsewhere,items\nblue,书\n"}, ("differs.csv", 2, "unknown_stream")),
        ({"differs": "elsewhere,items\nfood,天书\n"}, ("differs.csv", 2, "unknown_item")),
        ({"differs": "elsewhere,items\nrecyclable,书\n"}, ("differs.csv", 2, "no_difference")),
        (
            {"look_alikes": LOOK_ALIKES + "书,天书,看,Look\n"},
            ("look_alikes.csv", 3, "unknown_item"),
        ),
        (
            {"look_alikes": LOOK_ALIKES + "书,沙发,看,\n"},
            ("look_alikes.csv", 3, "half_translated"),
        ),
        ({"sources": "file,source\nall,\n"}, ("sources.csv", 0, "no_source")),
    ],
)
def test_a_mistake_in_the_notes_is_named(
    write: Write, notes: dict[str, str], expected: tuple[str, int, str]
) -> None:
    assert problems_of(write(**notes)) == [expected]


def test_what_places_differ_about_is_answered_but_not_as_sure(search: Search) -> None:
    [answer] = search.answers("手机壳")

    assert isinstance(answer, Found)
    assert answer.confidence < SURE


def test_there_are_as_many_things_and_names_as_promised(shipped: Catalogue) -> None:
    assert len(shipped.items) >= 2500
    assert sum(len(item.names) for item in shipped.items) >= 12_000
    assert sum(bool(item.unlike) for item in shipped.items) >= 40


def test_every_item_has_something_to_do_in_every_state(shipped: Catalogue) -> None:
    for item in shipped.items:
        for state in (None, *item.states):
            if item.stream_of(state):
                assert item.prepare_of(state).zh, item.name
                assert item.prepare_of(state).en, item.name


def test_no_item_has_two_bins_and_nothing_to_tell_them_apart(shipped: Catalogue) -> None:
    for item in shipped.items:
        streams = {item.stream_of(state) for state in item.states}
        assert len(streams) < 2 or item.question, item.name
