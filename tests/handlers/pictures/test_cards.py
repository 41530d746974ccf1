"""Door cards and signs, printed and read again."""

import time
from io import BytesIO

import pypdfium2
from PIL import Image

from handlers.pictures import cards, qr
from handlers.pictures.cards import Card, Sign

LINK = "https://t.me/greenbin_bot?start="


def card(number: int, estate: str = "阳光花园") -> Card:
    text = f"{LINK}{number:064}"
    return Card(text, f"123-456-{number}", estate, "3号楼 1单元 502室", "扫码投放，积分到家")


def pages(pdf: bytes) -> list[tuple[Image.Image, str]]:
    """Each page as a printer at 150 dpi shows it, and the words on it."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            (page.render(scale=150 / 72).to_pil(), page.get_textpage().get_text_range())
            for page in document
        ]


def read(page: Image.Image) -> set[str]:
    file = BytesIO()
    page.save(file, "PNG")
    return set(qr.read(file.getvalue()))


def test_each_card_says_whose_it_is_and_its_code_is_read_back() -> None:
    household = card(7)

    [(page, words)] = pages(cards.sheet([household]))
    for part in (household.number, household.estate, household.address, household.purpose):
        assert part in words.replace("\r\n", "")
    assert read(page) == {household.text}


def test_a_ninth_card_begins_a_new_page() -> None:
    households = [card(number) for number in range(9)]

    first, second = pages(cards.sheet(households))
    assert read(first[0]) == {each.text for each in households[:8]}
    assert read(second[0]) == {households[8].text}


def test_pages_are_a4_and_nothing_is_printed_at_the_edge() -> None:
    [(page, _)] = pages(cards.sheet([card(1)] * 8))

    assert abs(page.width - 1240) <= 1
    assert abs(page.height - 1754) <= 1
    white = page.convert("L").crop((0, 0, 15, page.height))
    assert white.getextrema() == (255, 255)


def test_long_names_are_broken_made_smaller_and_cut_off_at_last() -> None:
    [(page, words)] = pages(cards.sheet([card(1, "东方花园，二期东区南门"), card(2, "长" * 200)]))

    assert "东方花园" in words
    assert "…" in words
    assert len(read(page)) == 2


def test_hundreds_of_cards_are_soon_made_and_the_file_is_modest() -> None:
    began = time.process_time()
    pdf = cards.sheet(card(number) for number in range(320))

    assert time.process_time() - began < 10
    assert len(pdf) < 1_500_000


def test_no_cards_are_an_empty_page() -> None:
    assert len(pages(cards.sheet([]))) == len(pages(cards.signs([]))) == 1


def test_a_sign_is_a_page_with_the_stations_name_and_its_code() -> None:
    east = Sign(LINK + "E" * 64, "东门投放点", "阳光花园", "志愿者扫码上岗")
    west = Sign(LINK + "W" * 64, "西门投放点", "阳光花园", "志愿者扫码上岗")

    first, second = pages(cards.signs([east, west]))
    assert "东门投放点" in first[1]
    assert "志愿者扫码上岗" in first[1]
    assert (read(first[0]), read(second[0])) == ({east.text}, {west.text})
