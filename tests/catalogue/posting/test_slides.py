"""The television: whose turn it is, and slides short enough for eight metres."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from motcua.catalogue.posting import slides
from motcua.catalogue.queries import offered_at
from motcua.people.models import Agency, AgencyCode, CodeScheme
from tests.catalogue.conftest import SINCE

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_an_agency_has_its_slides_by_code_or_key(ward: Agency, posted: object):
    client = Client()
    assert client.get("/slides/")["Location"] == f"/slides/{ward.pk}/"
    AgencyCode.objects.create(agency=ward, scheme=CodeScheme.values[0], code="H17.21", valid_from=SINCE)
    assert client.get("/slides/")["Location"] == "/slides/H17.21/"
    page = client.get("/slides/H17.21/").text
    for words in (ward.name, "Hồ sơ của ông/bà đến đâu?", "Đăng ký khai sinh", "1 ngày làm việc"):
        assert words in page
    assert client.get("/slides/H99.99/").status_code == 404


def test_without_scripts_the_page_itself_goes_on_to_the_next(ward: Agency, posted: object):
    page = Client().get(f"/slides/{ward.pk}/?n=2").text
    assert f'content="{slides.SECONDS_EACH};url=?n=3"' in page
    assert page.count("data-on") == 1
    last = page.count('<section class="slide') - 1
    assert 'url=?n=0"' in Client().get(f"/slides/{ward.pk}/?n={last}").text
    assert Client().get(f"/slides/{ward.pk}/?n=99999999999").status_code == 200


def test_every_procedure_has_its_turn_in_a_day(ward: Agency, posted: object, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(slides, "A_ROUND", 2)
    offered = offered_at(ward.pk, timezone.localdate())
    rounds = [slides.turn(offered, NINE + timedelta(minutes=slides.ROUND_MINUTES * n)) for n in range(3)]
    assert all(len(one) == 2 for one in rounds)
    assert {version.code for one in rounds for version in one} == {version.code for version in offered}


def test_no_slide_says_more_than_can_be_read_from_eight_metres(ward: Agency, posted: object):
    for slide in slides.slides_of(ward, timezone.localtime()):
        assert len(slide.title) <= slides.LONGEST_TITLE + 2
        assert len(slide.lines) <= slides.SECTORS_A_SLIDE
        assert all(len(line) <= slides.LONGEST_PAPER + 2 for line, _aside in slide.lines)


def test_an_agency_that_posts_nothing_still_says_who_it_is(ward: Agency):
    assert [slide.title for slide in slides.slides_of(ward, timezone.localtime())] == [
        ward.name, "Hồ sơ của ông/bà đến đâu?",
    ]  # fmt: skip
