"""The committed graded questions are answered as well as was promised."""

from pathlib import Path

import pytest

from tests.quality import Judged, Quality, measure, report


@pytest.fixture(scope="module")
def quality() -> Quality:
    return measure()


def test_there_are_enough_questions_of_every_kind(quality: Quality) -> None:
    kinds = {one.kind for one in quality.judged}

    assert len(quality.judged) >= 600
    assert kinds == {
        *("name", "plain", "question", "colloquial", "state_dependent", "typo_homophone"),
        *("traditional", "pinyin", "english", "emoji", "unknown"),
    }


def test_nearly_all_are_answered_and_answered_right(quality: Quality) -> None:
    assert float(quality.names) >= 0.96
    assert float(quality.names_answered) >= 0.97
    assert float(quality.free) >= 0.96
    assert float(quality.not_rubbish) >= 0.95  # most of them name things that stay


def test_a_sure_answer_is_a_right_one(quality: Quality) -> None:
    assert float(quality.sure) >= 0.98


def test_hardly_anything_dangerous_is_said(quality: Quality) -> None:
    assert float(quality.missed) <= 0.02
    assert float(quality.false_alarms) <= 0.01


def test_the_report_adds_up_by_kind_and_by_weight() -> None:
    small = Quality(
        (
            Judged("电池", "ask", "search", 3, "ask", 1.0),
            Judged("灯管", "hazardous", "search", 1, "residual", 0.5),
            Judged("报纸", "recyclable", "name", 1, "hazardous", 0.9),
        )
    )

    said = report(small)

    assert "right: 3 of 5 = 60.0%" in said
    assert "real searches right: 3 of 4 = 75.0%" in said
    assert "hazardous sent elsewhere: 1 of 1 = 100.0%" in said
    assert "other things sent to the hazardous: 1 of 2 = 50.0%" in said
    assert "small kinds: 3 of 5" in said


def test_a_file_may_say_how_often_something_was_asked(tmp_path: Path) -> None:
    file = tmp_path / "searches.tsv"
    file.write_text(
        "query\texpected\titem\tkind\tweight\n香蕉皮\tfood\t香蕉皮\tsearch\t9\n", "utf-8"
    )

    assert measure(file).right().part == 9
