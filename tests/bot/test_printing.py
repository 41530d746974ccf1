"""`greenbin cards`, `signs` and `keys`."""

from pathlib import Path

import pypdfium2
import pytest

from bot import demo
from bot.__main__ import main
from handlers.pictures import qr


@pytest.fixture
def city(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(file) for file in sorted(demo.FOLDER.iterdir())]
    assert main(["import", *files]) == 0
    capsys.readouterr()


def pages(file: str) -> list[str]:
    document = pypdfium2.PdfDocument(Path(file))
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.mark.usefixtures("city")
def test_cards_for_an_estate_stand_in_the_order_of_its_doors(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["cards", "sunny", "-o", "out/doors.pdf", "--username", "city_bot"]) == 0

    assert capsys.readouterr().out == "out/doors.pdf: 24 printed\n"
    first, *_ = printed = pages("out/doors.pdf")
    assert len(printed) == 3
    doors = [line for line in first.splitlines() if line.startswith("1-")]
    assert doors == [f"1-{unit}-{room}" for unit in (1, 2) for room in (102, 302, 502, 601)]
    assert Path("out/doors.pdf").stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("city")
def test_a_sign_is_a_page_whose_code_leads_to_the_bot() -> None:
    assert main(["signs", "guihua", "--username", "@city_bot"]) == 0

    document = pypdfium2.PdfDocument(Path("signs-guihua.pdf"))
    assert len(document) == 3
    (found,) = qr.read(qr.as_png(document[0].render(scale=2).to_pil()))
    document.close()
    assert found.startswith("https://t.me/city_bot?start=")


def test_an_area_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cards", "atlantis", "--username", "city_bot"]) == 2

    assert "There is no area atlantis." in capsys.readouterr().err


def test_a_new_key_lets_the_one_before_count(capsys: pytest.CaptureFixture[str]) -> None:
    main(["keys"])
    assert "There is no key yet" in capsys.readouterr().out
    main(["keys", "--renew"])
    main(["keys", "--renew"])
    capsys.readouterr()

    main(["keys", "--renew"])

    newest, before, warning = capsys.readouterr().out.splitlines()
    assert newest.startswith("Key 3")
    assert before.startswith("Key 2")
    assert "printed anew first" in warning
