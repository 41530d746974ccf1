"""What nobody has put into the catalogue is inferred from its name, and the reason is known."""

import pytest

from knowledge import training
from knowledge.answers import Found, Inferred, Nothing, verdict
from knowledge.catalogue import Catalogue
from knowledge.learned import KINDS, Learned
from knowledge.search import SURE, Search


@pytest.mark.parametrize(
    ("typed", "stream", "kind"),
    [
        ("妊娠纹霜玻璃瓶", "recyclable", "瓶"),
        ("藜麦鹰嘴豆饼", "food", "饼"),
        ("青稞曲奇脆", "food", ""),
        ("镁空气蓄电池", "hazardous", "电池"),
        ("盐酸莫西沙星片", "hazardous", "药"),
        ("陶瓷香插盘", "residual", "盘"),
        ("铝合金画架杆", "recyclable", ""),
    ],
)
def test_the_end_and_the_front_of_a_name_say_the_bin(
    search: Search, shipped: Catalogue, typed: str, stream: str, kind: str
) -> None:
    assert all(typed not in item.names for item in shipped.items)

    [answer] = search.answers(typed)

    assert isinstance(answer, Inferred)
    assert verdict(answer)[0] == stream
    assert any(kind in name for name in answer.like.names)
    assert answer.confidence < SURE


@pytest.mark.parametrize("typed", ["沾满菜汤的硬纸筒盒", "发霉的纸提袋盒"])
def test_what_is_soiled_is_no_longer_recyclable(search: Search, typed: str) -> None:
    assert verdict(search.answers(typed)[0])[0] == "residual"


@pytest.mark.parametrize("typed", ["虫洞发生器", "鸿蒙初辟", "量子纠缠仪", "打工人一号"])
def test_a_name_that_says_too_little_gets_no_bin(search: Search, typed: str) -> None:
    assert isinstance(search.answers(typed)[0], Nothing)


def test_two_things_like_one_are_answered_each(search: Search) -> None:
    answers = search.answers("香蕉皮，香蕉片皮，香蕉块皮")

    assert [answer.asked for answer in answers] == ["香蕉皮", "香蕉片皮", "香蕉块皮"]


def test_a_name_in_the_catalogue_is_not_inferred(search: Search) -> None:
    assert isinstance(search.answers("香蕉皮")[0], Found)


def test_what_is_learned_is_what_the_catalogue_says(shipped: Catalogue) -> None:
    """If this fails, the catalogue was edited: run `make learn`."""
    fresh, kept = Learned(training.learn(training.examples(shipped))), Learned.load()
    names = [key for key, _ in training.examples(shipped)][::50]

    for name in names:
        now, then = fresh.chances(name).of, kept.chances(name).of
        assert all(abs(now[kind] - then[kind]) < 0.02 for kind in KINDS), name


def test_most_of_what_was_learned_is_remembered(shipped: Catalogue) -> None:
    learned = Learned.load()
    known = list(training.examples(shipped))

    right = sum(_likeliest(learned, key) == kind for key, kind in known)

    assert right / len(known) > 0.95


def _likeliest(learned: Learned, key: str) -> str:
    chances = learned.chances(key).of
    return max(chances, key=lambda kind: chances[kind])
