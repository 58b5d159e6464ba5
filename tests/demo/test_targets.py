"""The tables of the five places add up to what the newspapers printed, and the catalogue to 608 and 169."""

from collections import Counter

import pytest

from motcua.demo.places.offered import catalogue
from motcua.demo.places.told import PLACES, read_place


def received(place: str, agency: str, **wanted: object) -> int:
    streams = [one for one in read_place(place).streams if one.agency == agency]
    return sum(
        one.dossiers for one in streams if all(getattr(one, name) == value for name, value in wanted.items())
    )  # fmt: skip


def test_each_printed_total_is_the_sum_of_its_streams():
    assert received("tan-thanh", "ward") == 5_880
    assert received("tan-thanh", "ward", channel="online") == 4_311
    assert received("tan-thanh", "ward", source="portal") == 2_856
    assert received("tan-thanh", "ward", late=True) == 11
    assert received("tan-thanh", "ward", bundle="birth") + received("tan-thanh", "ward", bundle="death") == 308
    assert received("kim-bang", "district") == 42_503
    assert round(received("kim-bang", "district", channel="online") * 100 / 42_503, 2) == 0.58
    assert received("ia-pa", "commune") == 2_500
    assert received("ia-pa", "commune", late=True) == 1
    assert 12_900 < received("lien-chieu", "ward") < 13_000


def test_ninety_nine_of_a_hundred_who_rated_tan_thanh_were_content():
    (rated,) = read_place("tan-thanh").ratings
    assert (rated.given - rated.bad) * 100 == 99 * rated.given


def test_the_counter_of_tan_thanh_receives_on_thursdays_only():
    for stream in read_place("tan-thanh").streams:
        assert (4 in stream.weekdays) == (stream.channel == "counter")
        assert len(stream.weekdays) == 1 or stream.channel == "online"


def test_the_catalogue_has_as_many_procedures_as_were_printed():
    rows = catalogue()
    assert len({row["code"] for row in rows}) == len(rows) == 608
    assert all("kim-bang" in row["where"].split() for row in rows)
    district = Counter(row["level_2019"] for row in rows if "lien-chieu" in row["where"].split())
    assert district == {"2": 133, "3": 32, "4": 4}


@pytest.mark.parametrize("key", PLACES)
def test_every_stream_flows_to_an_agency_with_people_and_postings(key: str):
    place = read_place(key)
    agencies = {told.key: told for told in place.agencies}
    for stream in place.streams:
        told = agencies[stream.agency]
        assert told.staff is not None
        assert told.staff.first <= stream.first <= stream.last <= told.staff.last
        assert any(one.first <= stream.first and stream.last <= one.last for one in told.posts)
    assert all(told.last is None or told.last.isoformat() == "2025-06-30" for told in place.agencies)
