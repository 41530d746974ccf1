"""What people call the streams, in any scheme."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from knowledge import wording
from knowledge.schemes import load_scheme, scheme_keys
from knowledge.streams import Stream


@cache
def by_name() -> Mapping[str, Stream]:
    """The stream of each name that one of the schemes knows, in the form of `wording.key`."""
    names = {wording.key(stream): stream for stream in Stream}
    for key in scheme_keys():
        for bin_ in load_scheme(key).bins.values():
            for name in (bin_.name.zh, bin_.name.en, *bin_.also):
                names.setdefault(wording.key(name), bin_.stream)
    return MappingProxyType(names)


def named(text: str) -> Stream | None:
    """The stream that is called so."""
    return by_name().get(wording.key(text))
