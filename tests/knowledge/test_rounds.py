"""What the crew types on its round."""

import time

import pytest

from knowledge import rounds
from knowledge.rounds import BadLine, Line, Result, Why
from tests.hostile import HOSTILE

DONE, NOTHING, NOT_ACCEPTED = Result.DONE, Result.NOTHING_OUT, Result.NOT_ACCEPTED


@pytest.mark.parametrize(
    ("text", "result"),
    [
        *((text, DONE) for text in (
            "3 完成", "3完成", "3号完成", "第3号 完成了", "三号收走了", "3. 完成", "3） 收了",
            "３ 完成", "#3 done", "3 ✅", "3 ok", "完成 3", "收走了3号", "3 完成！", " 3  完成 ",
        )),
        *((text, NOTHING) for text in ("3 没放", "3号没东西", "3 空", "没放 3", "3 nothing")),
        *((text, Result.REOPEN) for text in ("3 撤回", "3 记错了", "3 undo", "撤回3")),
    ],
)  # fmt: skip
def test_a_number_and_how_it_went_is_a_report(text: str, result: Result) -> None:
    assert rounds.parse(text) == (Line(3, result),)


@pytest.mark.parametrize(
    ("text", "why", "words"),
    [
        ("5 不收 玻璃没包好", Why.OTHER, "玻璃没包好"),
        ("5不收玻璃没包好", Why.OTHER, "玻璃没包好"),
        ("不收 5 玻璃没包好", Why.OTHER, "玻璃没包好"),
        ("5 不收，玻璃 没包好。", Why.OTHER, "玻璃 没包好"),
        ("5 不收", None, ""),
        ("5 不收 太重", Why.TOO_HEAVY, ""),
        ("5 不收 太重了搬不动", Why.TOO_HEAVY, ""),
        ("5 不收 里面有油漆，两桶", Why.HAZARDOUS, "里面有油漆，两桶"),
        ("5 不收 装修垃圾", Why.RUBBLE, ""),
        ("5 不收 都是生活垃圾", Why.HOUSEHOLD, "都是生活垃圾"),
        ("5 不收 和预约的不一样", Why.MORE, ""),
        ("5 没收走 锁了", Why.BLOCKED, ""),
        ("5 拒收：没拆开", Why.NOT_TAKEN_APART, ""),
        ("5 refused too heavy", Why.TOO_HEAVY, ""),
    ],
)
def test_why_something_was_not_taken(text: str, why: Why | None, words: str) -> None:
    assert rounds.parse(text) == (Line(5, NOT_ACCEPTED, why, words),)


@pytest.mark.parametrize(
    "text",
    ["3 完成\n5 没放\n7 不收 太重", "3 完成；5 没放；7 不收 太重", "3 完成，5 没放，7 不收 太重",
     "3 完成 5 没放 7 不收 太重", "3 完成。5 没放。7 不收太重。"],
)  # fmt: skip
def test_many_lines_in_one_message(text: str) -> None:
    assert rounds.parse(text) == (
        Line(3, DONE),
        Line(5, NOTHING),
        Line(7, NOT_ACCEPTED, Why.TOO_HEAVY),
    )


@pytest.mark.parametrize("text", ["3 5 7 完成", "3、5、7 完成", "3号5号7号完成", "3，5和7 完成",
                                  "完成 3 5 7", "3 5 3 7 完成"])  # fmt: skip
def test_many_numbers_that_went_alike(text: str) -> None:
    assert rounds.parse(text) == (Line(3, DONE), Line(5, DONE), Line(7, DONE))


def test_what_else_is_said_is_kept_as_it_was_written() -> None:
    assert rounds.parse("3 没放，敲门没人\n５ 完成") == (
        Line(3, NOTHING, words="敲门没人"),
        Line(5, DONE),
    )


def test_a_line_that_says_nothing_spoils_no_other() -> None:
    assert rounds.parse("师傅好\n3 完成\n门口有狗") == (
        BadLine("师傅好"),
        Line(3, DONE),
        BadLine("门口有狗"),
    )


@pytest.mark.parametrize(
    "text",
    ["", "3", "完成", "香蕉皮", "5号电池", "1 空调", "3 好的桌子", "好 3 个旧手机", "3 完成了吗？",
     "3号完成了没有", "3-1-502 完成", "3.5 完成", "2026 完成", "3-1-502 对",
     "怎么记 3 完成", "两把椅子",
     "3楼没放东西", "13800138000 完成", "/run"],
)  # fmt: skip
def test_questions_and_other_things_are_no_reports(text: str) -> None:
    assert rounds.parse(text) is None


def test_hostile_texts_are_read_in_no_time() -> None:
    begun = time.process_time()
    for text in (*HOSTILE, "3 " * 2000, "3 完成 " * 800, "第" * 4096, "不收" * 2000):
        rounds.parse(text)

    assert time.process_time() - begun < 5
