"""Every scheme has an answer for every stream, in both languages."""

import pytest

from knowledge.catalogue import Catalogue
from knowledge.schemes import UnknownScheme, load_scheme, scheme_keys
from knowledge.streams import Stream, Words


def test_the_national_and_the_dry_and_wet_scheme_are_shipped() -> None:
    assert scheme_keys() == ("dry_wet", "four_way")


@pytest.mark.parametrize("key", scheme_keys())
def test_every_stream_has_its_bin(key: str) -> None:
    scheme = load_scheme(key)

    assert set(scheme.bins) == set(Stream)
    for stream, bin_ in scheme.bins.items():
        assert bin_.stream is stream
        said = (bin_.name, bin_.colour, bin_.what, scheme.name)
        assert all(words.zh and words.en for words in said)
        assert bin_.mark
        assert bin_.examples


@pytest.mark.parametrize("key", scheme_keys())
def test_the_examples_of_a_bin_go_into_it(key: str, shipped: Catalogue) -> None:
    for stream, bin_ in load_scheme(key).bins.items():
        for name in bin_.examples:
            item = shipped.by_name(name)
            assert item, name
            assert item.stream_of(None) is stream, name


@pytest.mark.parametrize("key", scheme_keys())
def test_no_name_is_that_of_two_bins(key: str) -> None:
    bins = load_scheme(key).bins.values()
    names = [name for bin_ in bins for name in {bin_.name.zh, bin_.name.en, *bin_.also}]

    assert len(names) == len(set(names))


def test_dry_and_wet_are_the_names_of_the_bins_at_home() -> None:
    scheme = load_scheme("dry_wet")

    assert scheme.bins[Stream.FOOD].name.zh == "湿垃圾"
    assert scheme.bins[Stream.RESIDUAL].name.zh == "干垃圾"
    assert "不进干、湿两个桶" in scheme.bins[Stream.HAZARDOUS].what.zh


def test_an_unknown_scheme_says_which_are_known() -> None:
    with pytest.raises(UnknownScheme) as caught:
        load_scheme("../four_way")

    assert caught.value.key == "../four_way"
    assert caught.value.known == ("dry_wet", "four_way")


def test_words_fall_back_to_chinese() -> None:
    assert Words("桶", "bin").in_("en-GB") == "bin"
    assert Words("桶", "").in_("en") == "桶"
    assert Words("桶", "bin").in_("uk") == "桶"
