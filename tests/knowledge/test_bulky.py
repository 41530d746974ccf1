"""Bulky things: the list, and what people name in their own words."""

from pathlib import Path

import pytest

from knowledge.bulky import HEADER, Bulky
from knowledge.catalogue import BadCatalogue, Catalogue
from knowledge.search import Search
from knowledge.streams import Stream

BULKY = Bulky.load()


def test_each_names_items_of_the_catalogue_and_has_a_key_for_buttons(
    catalogue: Catalogue,
) -> None:
    unknown = [
        name for item in BULKY.items for name in item.catalogue if not catalogue.by_name(name)
    ]

    assert unknown == []
    assert len({item.key for item in BULKY.items}) == len(BULKY.items) == len(BULKY.by_key)
    assert all(item.key.isascii() and len(item.key) <= 20 for item in BULKY.items)
    assert all(item.name.zh and item.name.en for item in BULKY.items)


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("沙发", [("sofa", "沙发", 1)]),
        ("两把椅子，旧鱼缸", [("chair", "椅子", 2), (None, "旧鱼缸", 1)]),
        ("沙发2个", [("sofa", "沙发", 2)]),
        ("沙发 2", [("sofa", "沙发", 2)]),
        ("床垫x2", [("mattress", "床垫", 2)]),
        ("椅子十二把", [("chair", "椅子", 12)]),
        ("2张床垫 一个衣柜", [("mattress", "床垫", 2), ("wardrobe", "衣柜", 1)]),
        ("一张床两把椅子", [("bed", "床", 1), ("chair", "椅子", 2)]),
        ("椅子2把 床", [("chair", "椅子", 2), ("bed", "床", 1)]),
        ("sofa, 3 chairs", [("sofa", "sofa", 1), ("chair", "chairs", 3)]),
        ("旧沙发和床垫", [("sofa", "旧沙发", 1), ("mattress", "床垫", 1)]),
        ("八仙桌", [("table", "八仙桌", 1)]),
        ("三人沙发", [("sofa", "三人沙发", 1)]),
        ("五斗橱", [("cabinet", "五斗橱", 1)]),
        ("1.8米的床", [("bed", "1.8米的床", 1)]),
        ("🛋", [("sofa", "🛋", 1)]),
        ("再加一把椅子", [("chair", "椅子", 1)]),
        ("我家要收两张床", [("bed", "床", 2)]),
        ("一个大柜子和三人沙发", [("cabinet", "大柜子", 1), ("sofa", "三人沙发", 1)]),
        ("两张床垫和一个柜子", [("mattress", "床垫", 2), ("cabinet", "柜子", 1)]),
        ("2个柜子和沙发", [("cabinet", "柜子", 2), ("sofa", "沙发", 1)]),
        ("大柜子和三人沙发2个", [("cabinet", "大柜子", 1), ("sofa", "三人沙发", 2)]),
        ("旧冰箱和洗衣机各一台", [("fridge", "旧冰箱", 1), ("washer", "洗衣机", 1)]),
        ("桌子跟椅子各两把", [("table", "桌子", 2), ("chair", "椅子", 2)]),
        ("桌和椅", [("table", "桌", 1), ("chair", "椅", 1)]),
        ("虫洞和沙发", [(None, "虫洞", 1), ("sofa", "沙发", 1)]),
        ("和面机", [(None, "和面机", 1)]),
        ("今天天气", []),
        ("0个沙发", [("sofa", "沙发", 1)]),
        ("12", []),
        ("3个", []),
        ("", []),
    ],
)
def test_what_people_name_and_how_many_of_it(
    search: Search, text: str, wishes: list[tuple[str | None, str, int]]
) -> None:
    found = BULKY.wishes(text, search)

    assert [(each.key, each.words, each.count) for each in found] == wishes


@pytest.mark.parametrize(
    ("text", "stream"),
    [
        ("浴缸", Stream.RENOVATION),
        ("砖头", Stream.RENOVATION),
        ("保险柜", Stream.BULKY),
        ("香蕉皮", Stream.FOOD),
        ("飞碟发射器", None),
    ],
)
def test_it_is_said_where_it_goes_if_that_is_certain(
    search: Search, text: str, stream: Stream | None
) -> None:
    [wish] = BULKY.wishes(text, search)

    assert wish.stream == stream


def test_an_item_of_the_catalogue_leads_to_the_list() -> None:
    assert BULKY.key_of("冰箱") == "fridge"
    assert BULKY.key_of("香蕉皮") is None


def test_an_item_that_two_of_the_list_name_stops_the_start(tmp_path: Path) -> None:
    file = tmp_path / "bulky.csv"
    file.write_text(f"{','.join(HEADER)}\na,甲,A,沙发\nb,乙,B,沙发\n", "utf-8")

    with pytest.raises(BadCatalogue) as bad:
        Bulky.load(file)
    assert (bad.value.kind, bad.value.line) == ("name_twice", 3)
