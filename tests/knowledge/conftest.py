"""The shipped catalogue, read once, and a way to write a small one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.catalogue import Catalogue
from knowledge.learned import Learned
from knowledge.schemes import load_scheme
from knowledge.search import Search

GROUPS = """\
group,stream,reason_zh,reason_en,prepare_zh,prepare_en
paper,recyclable,可以造纸,Made into paper,叠平,Flatten it
soiled_paper,residual,脏了,It is greasy,包好,Wrap it
plastic,recyclable,可以造粒,Melted down,洗净,Rinse it
soiled_plastic,residual,有油污,It is greasy,沥干,Drain it
textile,recyclable,可以再穿,Worn again,洗净,Wash it
fruit,food,容易腐烂,It rots,沥干,Drain it
medicine,hazardous,怕误服,May be swallowed,封好,Seal it
battery,hazardous,有重金属,Heavy metals,保持完整,Keep it whole
dry_battery,residual,无汞,No mercury,直接投放,Nothing to do
furniture,bulky,太大,Too large,先预约,Book it
"""

QUESTIONS = """\
question,question_zh,question_en,state,state_zh,state_en,words
clean,干净吗？,Is it clean?,clean,干净的,Clean,干净;洗干净;洗过;没用过;不脏;clean
clean,干净吗？,Is it clean?,dirty,弄脏的,Soiled,脏;油污;用过;dirty
material,什么做的？,What is it made of?,plastic,塑料,Plastic,塑料;plastic
material,什么做的？,What is it made of?,paper,纸,Paper,纸;纸质;paper
"""

HEADER = "name,en,group,also,states,members,parts,reason_zh,reason_en,prepare_zh,prepare_en\n"

ITEMS = """\
香蕉皮,banana peel,fruit,🍌,,,,,,,
杂志,magazine,paper,画报,clean=paper;dirty=soiled_paper,,,,,,
饭盒,lunch box,ask,便当盒,clean=plastic;dirty=soiled_plastic,,,,,,
书,book,paper,课本,,,,,,,
塑料盆,plastic basin,plastic,,,,,,,,
纸盆,paper basin,soiled_paper,,,,,,,,
盆子,basin,ask,,,塑料盆;纸盆,,,,,
充电电池,rechargeable battery,battery,,,,,,,,
干电池,dry battery,dry_battery,,,,,,,,
电池,battery,ask,,,充电电池;干电池,,,,,
感冒药,cold medicine,medicine,,,,,,,,
沙发,sofa,furniture,,,,,,,,
衣服,clothes,textile,,,,,,,,
盒饭,boxed meal,soiled_plastic,,,,饭盒;香蕉皮,打包了,It is packed,,
"""

NOT_RUBBISH = "kind,words\npeople,奶奶;姑娘\ngreetings,你好\n"

SOURCES = "file,source\nall,GB/T 19095-2019\n"
DIFFERS = "elsewhere,items\nhazardous,干电池\n"
LOOK_ALIKES = "one,other,tell_zh,tell_en\n书,杂志,看封面,Look at the cover\n"

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="session")
def search(shipped: Catalogue) -> Search:
    return Search(shipped, load_scheme("four_way"))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a small catalogue; what is handed over takes the place of one of its files."""

    def written(
        items: str | bytes = HEADER + ITEMS,
        *,
        groups: str = GROUPS,
        questions: str = QUESTIONS,
        not_rubbish: str = NOT_RUBBISH,
        sources: str = SOURCES,
        differs: str = "elsewhere,items\n",
        look_alikes: str = "one,other,tell_zh,tell_en\n",
    ) -> Path:
        (tmp_path / "items").mkdir(exist_ok=True)
        (tmp_path / "groups.csv").write_text(groups, "utf-8")
        (tmp_path / "questions.csv").write_text(questions, "utf-8")
        (tmp_path / "not_rubbish.csv").write_text(not_rubbish, "utf-8")
        (tmp_path / "sources.csv").write_text(sources, "utf-8")
        (tmp_path / "differs.csv").write_text(differs, "utf-8")
        (tmp_path / "look_alikes.csv").write_text(look_alikes, "utf-8")
        raw = items if isinstance(items, bytes) else items.encode()
        (tmp_path / "items" / "all.csv").write_bytes(raw)
        return tmp_path

    return written


@pytest.fixture
def small(write: Write) -> Search:
    """Knows the small catalogue and nothing else, so that nothing is inferred."""
    return Search(Catalogue.load(write()), load_scheme("four_way"), Learned({}))
