"""`greenbin which`, as people and programs call it."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main

ROOT = Path(__file__).parents[2]


def _table(questions: str | bytes, *options: str) -> list[list[str]]:
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "which", "--tsv", *options],
        input=questions if isinstance(questions, bytes) else questions.encode(),
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    assert ended.stderr == b""
    return [line.split("\t") for line in ended.stdout.decode().splitlines()]


def test_things_are_answered_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["which", "过期药品", "香蕉皮", "你好", "电池", "有害垃圾"]) == 0

    medicine, peel, hello, battery, bin_ = capsys.readouterr().out.splitlines()
    assert medicine.endswith("→ 🔴 有害垃圾 Hazardous waste")
    assert peel == "香蕉皮 → 🟢 厨余垃圾 Food waste"
    assert "no rubbish" in hello
    assert "it depends" in battery
    assert bin_.startswith("🔴 有害垃圾")


def test_a_table_has_a_line_for_every_question_in_the_same_order() -> None:
    rows = _table("香蕉皮\n\n过期药品\n电池\n你好\n香蕉皮和旧报纸\n")

    assert [row[0] for row in rows] == ["food", "unknown", "hazardous", "ask", "unknown", "food"]
    assert all(len(row) == 3 and 0 <= float(row[2]) <= 1 for row in rows)
    assert rows[0][1] == "香蕉皮"


def test_a_table_can_be_of_the_other_scheme() -> None:
    assert _table("香蕉皮\n", "--scheme", "dry_wet")[0][0] == "food"


def test_bytes_that_are_no_text_are_a_line_like_any_other() -> None:
    rows = _table(b"\xff\xfe\n\x00\n" + "香蕉皮\r\n".encode() + b"last line without an end")

    assert len(rows) == 4
    assert rows[2][0] == "food"


def test_thousands_of_lines_in_one_run() -> None:
    assert len(_table("香蕉皮\n请问碎玻璃是什么垃圾\n" * 2000)) == 4000


def test_it_needs_neither_telegram_nor_a_database() -> None:
    code = (
        "import sys; from bot.__main__ import main; main(['which', '香蕉皮']);"
        "print(sorted({'aiogram', 'sqlalchemy', 'pydantic', 'apscheduler'} & set(sys.modules)))"
    )

    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )

    assert ended.stdout.splitlines()[-1] == "[]"


def test_without_anything_to_look_up_it_says_what_it_needs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["which"]) == 2
    assert "name a thing" in capsys.readouterr().err
