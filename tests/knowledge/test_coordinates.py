"""Places on Chinese maps, and where they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.coordinates import Datum, Place, to_gcj_02, to_wgs_84


@pytest.mark.parametrize(
    ("place", "shown"),
    [  # published pairs of the formula: Shanghai, Shenzhen, Beijing
        (Place(31.1774276, 121.5272106), Place(31.17530398364597, 121.531541859215)),
        (Place(22.543847, 113.912316), Place(22.540796131694766, 113.9171764808363)),
        (Place(39.911954, 116.377817), Place(39.91334545536069, 116.38404722455657)),
    ],
)
def test_a_chinese_map_shows_a_place_elsewhere(place: Place, shown: Place) -> None:
    found = to_gcj_02(place)

    assert found.latitude == pytest.approx(shown.latitude, abs=1e-6)
    assert found.longitude == pytest.approx(shown.longitude, abs=1e-6)


@given(st.floats(18, 53), st.floats(74, 134))
def test_what_a_map_shows_is_found_to_a_metre(latitude: float, longitude: float) -> None:
    found = to_wgs_84(to_gcj_02(Place(latitude, longitude)), Datum.GCJ_02)

    assert found.latitude == pytest.approx(latitude, abs=1e-5)
    assert found.longitude == pytest.approx(longitude, abs=1e-5)


def test_what_a_phone_tells_stays() -> None:
    assert to_wgs_84(Place(31.2, 121.5), Datum.WGS_84) == Place(31.2, 121.5)
