"""Promises about the words: complete in every language, all used, none missing."""

import ast
import importlib
import pkgutil
import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

import handlers
import models
from handlers import notices
from handlers.refusals import text_key
from handlers.texts import HERE, LANGUAGES, Texts
from knowledge.catalogue import Catalogue
from knowledge.qualities import Quality
from knowledge.schemes import load_scheme, scheme_keys
from knowledge.streams import Stream
from models import Refusal
from models.roles import Role

HANDLERS = Path(handlers.__file__).parent


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def _messages(language: str) -> dict[str, set[str]]:
    """Every key, with the variables its text uses."""
    found: dict[str, set[str]] = {}
    for file in sorted((HERE / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text("utf-8")).body:
            assert not isinstance(entry, fluent.Junk), f"{file}: {entry.content}"
            if isinstance(entry, fluent.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands there twice"
                variables = _Variables()
                variables.visit(entry)
                found[entry.id.name] = variables.names
    return found


def _used() -> set[str]:
    rooms = (HANDLERS, HANDLERS.parent / "bot")
    files = [file for room in rooms for file in room.rglob("*.py")]
    code = "\n".join(file.read_text("utf-8") for file in files)
    return set(re.findall(r'"([a-z]+(?:-[a-z_]+)*)"', code))


def _made_up() -> set[str]:
    """Keys that the code puts together."""
    from handlers.start import COMMANDS

    keys = {f"command-{command}" for command in COMMANDS}
    for scheme in scheme_keys():
        assert set(load_scheme(scheme).bins) == set(Stream)
        keys |= {f"next-{stream}" for stream in Stream}
        keys |= {f"next-{scheme}-{stream}" for stream in Stream}
    keys |= {text_key(each) for each in _refusals()}
    keys |= {notices.text_key(kind) for kind in _kinds_of_notices()}
    keys |= {f"stream-{stream}" for stream in Stream}
    keys |= {f"drop-off-key-{quality}" for quality in Quality}
    keys |= {f"drop-off-{what}-how" for what in ("weigh", "move")}
    keys |= {f"drop-off-key-{what}" for what in ("weigh", "move", "withdraw")}
    keys |= {text_key(refusal) for refusal in _refusals()}
    keys |= {f"{about}-{role}" for about in ("help", "role-begin") for role in Role}
    groups = Catalogue.load().groups
    return keys | {f"next-{group}" for group in groups}


def test_every_language_has_the_same_words_about_the_same_things() -> None:
    first, *others = (_messages(language) for language in LANGUAGES)

    assert all(other == first for other in others)


def test_every_text_is_used() -> None:
    unused = set(_messages("zh")) - _used() - _made_up()

    assert unused == set()


def test_every_command_and_every_stream_has_words() -> None:
    from handlers.start import COMMANDS

    needed = {f"command-{command}" for command in COMMANDS} | {f"next-{one}" for one in Stream}

    assert needed <= set(_messages("zh"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_is_explained(language: str) -> None:
    t = Texts(language)

    unexplained = [each for each in _refusals() if text_key(each) not in t]

    assert unexplained == []


def _refusals() -> list[type[Refusal]]:
    for module in pkgutil.iter_modules(models.__path__, "models."):
        importlib.import_module(module.name)  # whoever needs it or not
    return [each for each in Refusal.__subclasses__() if each.__module__.startswith("models.")]


def _kinds_of_notices() -> set[str]:
    """Every kind that is posted anywhere: the third thing that `notices.post` is told."""
    root = HANDLERS.parent
    files = [
        file for room in ("models", "handlers", "bot") for file in (root / room).rglob("*.py")
    ]
    return {kind for file in files for kind in _posted(ast.parse(file.read_text("utf-8")))}


def _posted(tree: ast.Module) -> list[str]:
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    posted = [
        call.args[2]
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("notices.post")
    ]
    kinds = [constants[k.id] if isinstance(k, ast.Name) else k for k in posted]
    assert all(isinstance(kind, ast.Constant) for kind in kinds), "say the kind where you post it"
    return [str(kind.value) for kind in kinds if isinstance(kind, ast.Constant)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_notice_has_words(language: str) -> None:
    kinds, t = _kinds_of_notices(), Texts(language)

    assert "fault" in kinds
    assert [k for k in kinds if k not in notices.RENDERERS and notices.text_key(k) not in t] == []


def test_a_missing_argument_is_a_fault_and_says_where() -> None:
    with pytest.raises(Exception, match="asked") as raised:
        Texts("zh")("unknown")

    assert "in the text unknown (zh)" in raised.value.__notes__


def test_a_missing_text_is_a_fault() -> None:
    with pytest.raises(LookupError):
        Texts("zh")("nobody-wrote-this")


def test_the_same_moment_is_written_by_the_clock_it_comes_with() -> None:
    t, moment = Texts("zh"), datetime(2026, 11, 26, 23, 30, tzinfo=UTC)

    assert "23:30" in t("booking-held", until=moment)
    assert "07:30" in t("booking-held", until=moment.astimezone(ZoneInfo("Asia/Shanghai")))
