"""Riddles are tricky, have one answer, and are others for each person and day."""

from knowledge.catalogue import Catalogue
from knowledge.lessons import Lesson, Says, with_lessons
from knowledge.quizzes import BINS, RIDDLES, riddles
from knowledge.streams import Stream

SEEDS = [f"{person} 2026-11-{day} 1" for person in range(20) for day in range(10, 30)]


def test_a_quiz_is_the_same_for_the_same_person_and_day(shipped: Catalogue) -> None:
    assert riddles(shipped, SEEDS[0]) == riddles(shipped, SEEDS[0])


def test_quizzes_differ_from_person_to_person_and_day_to_day(shipped: Catalogue) -> None:
    found = {tuple(riddles(shipped, seed)) for seed in SEEDS}

    assert len(found) == len(SEEDS)


def test_each_riddle_is_about_another_thing_and_has_its_answer_on_a_button(
    shipped: Catalogue,
) -> None:
    for seed in SEEDS:
        found = riddles(shipped, seed)

        assert len({riddle.item for riddle in found}) == len(found) == RIDDLES
        for riddle in found:
            item = shipped.by_name(riddle.item)
            assert item
            assert item.stream_of(riddle.state) is riddle.stream
            assert riddle.stream in BINS


def test_every_kind_of_tricky_thing_is_in_a_quiz(shipped: Catalogue) -> None:
    for seed in SEEDS:
        items = [(shipped.by_name(each.item), each.state) for each in riddles(shipped, seed)]

        assert any(item and item.unlike for item, _ in items)
        assert any(state for _, state in items)
        assert any(item and item.elsewhere for item, _ in items)


def test_all_bins_come_up(shipped: Catalogue) -> None:
    assert {each.stream for seed in SEEDS for each in riddles(shipped, seed)} == set(BINS)


def test_what_a_place_sorts_otherwise_is_asked_as_the_place_sorts_it(shipped: Catalogue) -> None:
    usual = {each.item: each.stream for seed in SEEDS for each in riddles(shipped, seed)}
    moved = [name for name, stream in usual.items() if stream is Stream.RECYCLABLE]
    said = [Lesson(name, Says.ITEM, group="staff_residual") for name in moved]
    there = with_lessons(shipped, said)

    asked = {each.item: each.stream for seed in SEEDS for each in riddles(there, seed)}

    assert set(moved) & set(asked)
    assert {asked[name] for name in set(moved) & set(asked)} == {Stream.RESIDUAL}
