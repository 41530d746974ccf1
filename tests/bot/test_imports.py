"""`greenbin import` and `greenbin export`, as whoever runs a city uses them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import console, imports
from bot.__main__ import main
from knowledge import cities, pickup_texts, schedule_words, spreadsheets, tariff_texts, workbooks
from models.imports import Problem, Wrong

CITY = """编号,名称,类型,上级编号,投放时间
river,临江市,市,,
sunny,阳光花园,小区,river,周一至周日 07:00-09:00
"""
HOMES = """区域编号,楼栋,单元,房号
sunny,3栋,1单元,502室
sunny,3栋,1单元,0601
"""


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = tmp_path / "city"
    folder.mkdir()
    (folder / "areas.csv").write_text(CITY, "gb18030")  # as a Chinese Excel saves it
    rows = [line.split(",") for line in HOMES.splitlines()]
    (folder / "households.xlsx").write_bytes(spreadsheets.write_xlsx(rows[0], rows[1:]))
    return folder


def greenbin(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_a_city_is_brought_in_and_again_and_nothing_changes(
    city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert greenbin("import", *city.iterdir()) == 0
    first = capsys.readouterr().out
    assert greenbin("import", *city.iterdir()) == 0

    assert "areas: 2 new, 0 changed, 0 as they were" in first
    assert "households: 2 new, 0 changed, 0 as they were" in first
    again = capsys.readouterr().out
    assert "areas: 0 new, 0 changed, 2 as they were" in again
    assert "households: 0 new, 0 changed, 2 as they were" in again


def test_an_import_of_an_export_changes_nothing(
    city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    greenbin("import", *city.iterdir())
    assert greenbin("export", "out") == 0
    capsys.readouterr()

    assert greenbin("import", *Path("out").iterdir(), "--username", "a_bot") == 0

    said = capsys.readouterr().out
    assert "areas: 0 new, 0 changed, 2 as they were" in said
    assert "households: 0 new, 0 changed, 2 as they were" in said
    assert "0601" in Path("out/households.csv").read_text("utf-8-sig")
    assert Path("out/staff.csv").stat().st_mode & 0o077 == 0


def test_a_dry_run_says_what_is_wrong_by_file_row_and_column(
    city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (city / "areas.csv").write_text(CITY + "x,,estate,nowhere,mo 25:00-26:00\n", "utf-8")
    (city / "stations.csv").write_text("area,code,name,latitude,longitude\nsunny,e,E,121,31\n")

    assert greenbin("import", "--dry-run", *sorted(city.iterdir())) == 2

    assert capsys.readouterr().err.splitlines() == [
        "areas.csv, row 4, 名称: must not be empty",
        (
            "areas.csv, row 4, 投放时间: these hours cannot be read at character 4, “25:00”: "
            "there is no such time"
        ),
        "areas.csv, row 4, 上级编号: there is no area nowhere",
        "stations.csv, row 2, latitude: 121.0, 31.0: latitude and longitude have changed places",
        "4 to mend. Nothing was changed.",
    ]


def test_a_dry_run_changes_nothing(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert greenbin("import", "--dry-run", *city.iterdir()) == 0
    assert "households: 2 new" in capsys.readouterr().out

    greenbin("import", "--dry-run", *city.iterdir())

    assert "households: 2 new" in capsys.readouterr().out


def test_an_invitation_is_printed_as_a_link_once(
    city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (city / "staff.csv").write_text("区域编号,角色,备注\nsunny,志愿者,张阿姨\n", "utf-8")

    greenbin("import", *city.iterdir(), "--username", "@city_bot")
    first = capsys.readouterr().out
    greenbin("import", *city.iterdir(), "--username", "@city_bot")

    assert (
        "volunteer of sunny, for 张阿姨, once, within 48 hours: https://t.me/city_bot?start="
        in (first)
    )
    again = capsys.readouterr().out
    assert "staff: 0 new, 0 changed, 1 as they were" in again
    assert "https://" not in again


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "there is nothing in it"),
        (b"\xff\xfe\xff\x00", "it is neither CSV"),
        (b"area,role\n1,2,3\n", "row 2: it has 3 cells, and there are 2 columns"),
        (b"a,b\n1,2\n", "its headings do not say what it is about"),
    ],
)
def test_a_file_that_is_no_table_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    (tmp_path / "odd.csv").write_bytes(content)

    assert greenbin("import", "--dry-run", tmp_path / "odd.csv") == 2

    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert greenbin("import", "nowhere.csv") == 2

    assert capsys.readouterr().err == "nowhere.csv cannot be read: No such file or directory\n"


def test_rows_that_cannot_be_read_are_told_with_those_that_cannot_be_used() -> None:
    table = imports.read("a.csv", b"area,role\n1,2,3\nx,y\n")

    assert [problem.row for problem in table.problems] == [2]
    assert [number for number, _ in table.rows] == [3]


@pytest.mark.parametrize("kind", [*Wrong, *workbooks.Wrong])
def test_whatever_is_wrong_has_a_sentence(kind: Wrong) -> None:
    line, _ = console.bad_import([Problem("f", 1, "c", kind)])

    assert line.startswith("f, row 1, c: ")


@pytest.mark.parametrize("why", [*schedule_words.Wrong, *tariff_texts.Wrong, *pickup_texts.Wrong])
def test_whatever_is_wrong_in_a_cell_has_words(why: str) -> None:
    line, _ = console.bad_import([Problem("f", 1, "c", Wrong.BAD_WINDOWS, {"why": why})])

    assert not line.endswith(f": {why}")


RULES = """生效日期,物品,归类,别名,依据
2024-01-01,花生壳,hard_shell,尖嘴壳,临江市通告
"""


def test_city_rules_come_and_go_with_the_other_files(
    city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (city / "rules.csv").write_text(RULES, "gb18030")
    assert greenbin("import", "--dry-run", *city.iterdir()) == 0
    assert greenbin("import", *city.iterdir()) == 0
    assert "rules: 1 new, 0 changed, 0 as they were" in capsys.readouterr().out
    assert greenbin("export", "out") == 0
    assert greenbin("import", "out/rules.csv") == 0

    assert "rules: 0 new, 0 changed, 1 as they were" in capsys.readouterr().out


def test_the_rules_of_a_city_that_is_shipped_are_brought_in_as_they_are(
    city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    greenbin("import", *city.iterdir())
    assert greenbin("import", cities.FOLDER / "guangzhou.csv") == 0

    assert "rules: 4 new" in capsys.readouterr().out


def test_lessons_are_exported_as_files_of_the_catalogue(
    city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    greenbin("import", *city.iterdir())
    add = "INSERT INTO lessons (area_id, key, name, says, item, taught_by, taught_at) VALUES "
    with closing(sqlite3.connect("var/playground.db")) as database, database:
        database.execute(add + "(1, '虫洞', '虫洞', 'alias', '香蕉皮', 0, '2026-11-22 08:00:00')")
        database.execute(
            add + "(0, '时间机', '时间机', 'no_rubbish', NULL, 0, '2026-11-22 08:00:00')"
        )

    assert greenbin("export", "out") == 0

    items = Path("out/learned/river/items.csv").read_text("utf-8-sig").splitlines()
    assert items[0].startswith("name,en,group,also")
    assert [line.partition(",")[0] for line in items[1:]] == ["香蕉皮"]
    assert "虫洞" in items[1]
    no_rubbish = Path("out/learned/everywhere/not_rubbish.csv").read_text("utf-8-sig")
    assert no_rubbish.splitlines() == ["kind,words", "staff,时间机"]
    assert not Path("out/learned/everywhere/items.csv").exists()
