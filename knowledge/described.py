"""What the words around a thing say about it: its state, or that its usual bin is in doubt."""

import re
from dataclasses import dataclass

from knowledge.items import Group, Item, Question
from knowledge.peeling import Form
from knowledge.streams import Stream

NEGATIONS = ("不", "没", "未", "没有", "没被", "未被", "非", "not ", "un")

MATERIAL = "material"
"""The question whose states say what a thing is made of."""

ALSO_CALLED = {"cloth": "textile"}
"""Materials whose groups are named otherwise."""

HAZARDOUS = re.compile(
    "电池|电瓶|蓄电|充电宝|灯管|灯泡|节能灯|药|(?<!掉)漆|杀虫|灭蚊|灭鼠|除草|水银|汞|温度计|血压计|指甲油|洗甲|卸甲"
    "|消毒|酒精|双氧水|染发|烫发|樟脑|机油|打针|输液|点滴|注射|胶片|底片|相纸|硒鼓|墨盒|溶剂|稀释|香蕉水"
    "|天那水|汽油|煤油|柴油|油墨|硫酸|盐酸|毒|气雾|喷雾罐|荧光"
    "|batter|pesticide|insecticide|paint|medicine|pill|drug|mercury|thermometer|bleach|solvent|poison"
)
"""Words of things that do harm in a harmless bin."""

UNTRUE = "(?<![不没未无])(?<!未被)(?<!没被)(?<!没有)(?<!未受)"
SOILED = re.compile(
    f"{UNTRUE}(?:脏|油污|油腻|有油|沾|污染|污渍|发霉|剩|没洗|丢[进入了]|扔[进入了]|塞[进入了])"
)
"""Words for which clean material is none; in front of any name they mean the same."""

DRUG = re.compile(
    "头孢|霉素|西林|沙星|磺胺|硝唑|康唑|拉唑|洛韦|夫定|替尼|司特|沙坦|普利|地平|洛尔|他汀|贝特|格列|列汀|列净"
    "|双胍|昔布|洛芬|氨酚|匹林|西泮|唑仑|拉明|西汀|替丁|泼尼|米松|可的松|奈德|肝素|华法林|硝酸甘油|甲状腺"
    "|滴眼液|注射液|口服液|缓释|肠溶|分散片|咀嚼片|软膏|乳膏|滴丸|含片|栓剂|酊剂|颗粒剂|糖浆剂"
)
"""Stems that the names of medicines are made of the world over, and the forms they come in."""

AT_WORK = {
    "医疗废物": re.compile(
        "^(?!.*(?:[带拿领]回|[开配买领]的|家里))"
        "(?=.*(?:医院|诊所|卫生[院所室]|医务室|化验室|手术室|实验室|病房|门诊|牙科))"
        ".*(?:针|输液|注射|吊瓶|采血|血|纱布|药棉|试管|手术|化验|标本|导管|引流|废|用过)"
    ),
    "工业垃圾": re.compile(
        "(?:工厂|厂里|厂子|化工|车间|电镀|工业|印染|作坊).*(?:废|污泥|残渣|下脚料|边角料|酸液|碱液)"
    ),
}
"""What comes from a clinic or a factory is no household waste, whatever it is by name."""

MADE_OF = {
    "plastic": "塑料",
    "metal": "金属",
    "glass": "玻璃",
    "paper": "纸",
    "wood": "木头",
    "ceramic": "陶瓷",
    "rubber": "橡胶",
    "cloth": "布料",
}
"""The item that stands for everything of a material."""

BAMBOO, MADE_OF_BAMBOO = "竹", "竹制品"

ANY_MATERIAL = frozenset(
    (
        *("small_item", "mixed_material", "composite_recyclable", "toy", "small_wood"),
        *("textile", "worn_textile", "plastic", "metal", "wood", "glass", "ceramic", "rubber"),
    )
)
"""Groups of things that go by what they are made of."""

SIZED = frozenset(
    ("appliance", "electronics", "furniture", "big_appliance", "big_item", "building_part")
)
"""Groups of things of which large ones and small ones go to different places."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words for which a thing may go elsewhere than usual, when nothing is known of that."""

    words: re.Pattern[str]
    streams: frozenset[Stream]
    """Usual streams that it is about."""
    groups: frozenset[str] = frozenset()
    """Groups that it is about; all if there are none."""

    def is_about(self, group: Group) -> bool:
        """Whether things of this group are meant."""
        return group.stream in self.streams and (not self.groups or group.key in self.groups)


DOUBTS = (
    Doubt(HAZARDOUS, frozenset(Stream) - {Stream.HAZARDOUS}),
    Doubt(
        re.compile(
            f"{UNTRUE}(?:脏|油污|油腻|有油|沾|污染|污渍|发霉|湿|剩|没喝完|没吃完|没用完|没洗"
            "|装|裹|擦|包|浸|泡|垫|盛|[丢扔塞][进入了过着满]|greasy|dirty|soiled"
            "|stained|oily|sticky|mold|mould|food|sauce|grease|cheese|leftover|full of)"
        ),
        frozenset({Stream.RECYCLABLE}),
    ),
    Doubt(re.compile("破|烂|torn|worn"), frozenset({Stream.RECYCLABLE}), frozenset({"textile"})),
    Doubt(re.compile("大|整|large|big"), frozenset({Stream.RECYCLABLE}), SIZED),
    Doubt(
        re.compile("小|迷你|便携|儿童|婴儿|宝宝|孩子|老|small|mini|baby|kid"),
        frozenset({Stream.BULKY, Stream.RENOVATION}),
        SIZED,
    ),
    Doubt(
        re.compile(f"{UNTRUE}(?:放完|放过|燃放|用完)|空|小|便携"),
        frozenset({Stream.NOT_HOUSEHOLD}),
    ),
)

EXPIRED = "过期"


def state(item: Item, form: Form) -> str | None:
    """The state of `item` that the words around it say; the last one, if several."""
    words = form.around
    if item.question is None:
        return None
    said: tuple[int, int, str] | None = None
    for one in item.question.states:
        for word in one.words:
            at = words.rfind(word)
            # In unknown words a single character may be part of anything.
            if at < 0 or (len(word) == 1 and not form.known):
                continue
            found = (at + len(word), len(word), one.key)
            said = max(said, found) if said else found
    if said is None:
        return None
    end, length, key = said
    if words[: end - length].endswith(NEGATIONS):
        key = _opposite(item, key)
    return key if key in item.states else None


def in_doubt(item: Item, state: str | None, form: Form, materials: Question | None) -> bool:
    """Whether the words around say something for which `item` may go elsewhere."""
    group = item.group
    if state is not None or group is None:
        return False
    if any(doubt.is_about(group) and doubt.words.search(form.around) for doubt in DOUBTS):
        return True
    if EXPIRED in form.around and harmless_guess(item, state, item.name):
        return True
    said = materials_said(form, materials)
    named = {ALSO_CALLED.get(key, key) for key in said}
    return bool(said) and named.isdisjoint(group.key.split("_"))


def materials_said(form: Form, materials: Question | None) -> dict[str, tuple[str, ...]]:
    """The materials that are named around a thing, with all words for each."""
    if not form.around:
        return {}
    return {
        one.key: one.words
        for one in (materials.states if materials else ())
        for word in one.words
        if word in form.around and (form.known or len(word) > 1)
    }


def made_of(item: Item, form: Form, materials: Question | None) -> str | None:
    """Name of the item for the one material that is named around a thing that goes by that."""
    said = materials_said(form, materials)
    if len(said) != 1 or not item.group or item.group.key not in ANY_MATERIAL:
        return None
    return MADE_OF_BAMBOO if BAMBOO in form.around else MADE_OF.get(next(iter(said)))


def at_work(typed: str) -> str | None:
    """Name of the item that stands for what a text says comes from a clinic or a factory."""
    return next((name for name, words in AT_WORK.items() if words.search(typed)), None)


def harmless_guess(item: Item, state: str | None, typed: str) -> bool:
    """Whether what sounds hazardous would be sent to a harmless bin."""
    return item.stream_of(state) is not Stream.HAZARDOUS and bool(HAZARDOUS.search(typed))


def _opposite(item: Item, key: str) -> str:
    others = [other for other in item.states if other != key]
    return others[0] if len(others) == 1 else ""
