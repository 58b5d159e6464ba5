"""The bundle in the browser: one form, one page, one receipt, one public timeline."""

import re

import pytest
from django.core.cache import cache

from motcua.dossiers.models import Dossier
from motcua.people.models import Agency
from motcua.routing.bundles.models import Bundle
from motcua.routing.bundles.papers import merged
from motcua.routing.bundles.receiving import offers_of
from tests.bundle_cast import CARD, RESIDENCE, Beside, beside, bundle_filing, bundle_of, filed, settle, ward_hand
from tests.cast import MONDAY, Cast, minutes_later

FORM = "/bundles/new/birth/"


@pytest.fixture
def police(cast: Cast) -> Beside:
    return beside(Agency.objects.get(pk=cast.receiver.agency_id), police=True, code="G01.H17.21", posts=(RESIDENCE,))


@pytest.fixture
def insurance(cast: Cast) -> Beside:
    return beside(Agency.objects.get(pk=cast.receiver.agency_id), police=False, code="G18.17.021", posts=(CARD,))


@pytest.fixture
def desk(client, cast, police, insurance):
    assert client.post("/accounts/login/", {"login": "tiepnhan", "password": "motcua-trinh-dien"}).status_code == 302
    return client


def typed(page: str, cast: Cast, **changes):
    """The form as the receiver sends it: everything mandatory ticked."""
    found = re.search(r'name="submission_id"[^>]*value="([0-9a-f-]+)"', page)
    assert found is not None
    definition = bundle_of("birth")
    return {
        "submission_id": found[1], "applicant_kind": "person", "full_name": "Nguyễn Thị Lan", "copies": "1",
        "channel": "counter", "return_method": "counter",
        "papers": [str(paper.component_id) for paper in bundle_filing(definition, cast.receiver).papers],
    } | changes  # fmt: skip


def test_one_form_receives_the_whole_bundle(desk, cast):
    assert FORM in desk.get("/bundles/").text
    page = desk.get(FORM).text
    assert "Bảo hiểm xã hội cơ sở Tân Thạnh" in page
    assert "từ khi phần 1 xong" in page
    offered = merged(bundle_of("birth"), offers_of(bundle_of("birth"), desk_agency=cast.receiver.agency_id, at=MONDAY))
    for paper in offered.components:
        assert page.count(f'value="{paper.id}"') == 1
    values = typed(page, cast)
    answer = desk.post(FORM, values)
    bundle = Bundle.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/bundles/{bundle.code}/")
    again = desk.post(FORM, values, follow=True)
    assert "đã được tiếp nhận ở lần bấm trước" in again.text
    assert (Bundle.objects.count(), Dossier.objects.count()) == (1, 1)


def test_missing_papers_are_named_and_what_was_typed_stays(desk, cast):
    page = desk.get(FORM).text
    answer = desk.post(FORM, typed(page, cast, papers=[]))
    assert answer.status_code == 422
    assert "Còn thiếu: Tờ khai tham gia bảo hiểm y tế" in answer.text
    assert "Nguyễn Thị Lan" in answer.text
    assert not Bundle.objects.exists()


def test_the_receipt_names_every_part_with_its_own_date_and_the_way_to_follow(desk, cast):
    bundle = filed(bundle_of("birth"), cast.receiver)
    settle(bundle.members.get(position=1).dossier_id, ward_hand(cast))
    receipt = desk.get(f"/bundles/{bundle.code}/receipt/").text
    for member in bundle.members.select_related("dossier"):
        assert member.dossier.code in receipt
    assert f"/tracking/{bundle.code}/{bundle.tracking_token}/" in receipt
    assert "<svg" in receipt


def test_one_public_timeline_with_the_key_and_nothing_personal(client, cast, police, insurance):
    cache.clear()
    bundle = filed(bundle_of("birth"), cast.receiver)
    settle(bundle.members.get(position=1).dossier_id, ward_hand(cast))
    answer = client.get(f"/tracking/{bundle.code}/{bundle.tracking_token}/")
    assert answer.status_code == 200
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("same-origin", "noindex")
    for part in ("Đăng ký khai sinh", "Đăng ký thường trú", "Cấp thẻ bảo hiểm y tế"):
        assert part in answer.text
    assert "Phần 2: <b>mở hồ sơ</b> tại Công an Phường Tân Thạnh." in answer.text
    for secret in ("Nguyễn Thị Lan", "000184001234", "0905123456", cast.case_officer.name, police.receiver.name):
        assert secret not in answer.text, secret
    assert client.get(f"/tracking/{bundle.code}/{'A' * 20}/").status_code == 404


def test_the_bare_code_tells_only_how_far_it_is(client, cast, police, insurance):
    cache.clear()
    bundle = filed(bundle_of("birth"), cast.receiver)
    answer = client.get("/tracking/", {"code": bundle.code})
    assert "5 %" in answer.text
    assert "Đăng ký thường trú" not in answer.text


def test_a_part_held_up_is_shown_first_and_sent_again(desk, cast, insurance):
    Agency.objects.filter(pk=insurance.agency.pk).update(valid_to=MONDAY.date().replace(day=22))
    bundle = filed(bundle_of("birth"), cast.receiver)
    settle(bundle.members.get(position=1).dossier_id, ward_hand(cast))
    assert "1 phần đang vướng" in desk.get("/bundles/").text
    page = desk.get(f"/bundles/{bundle.code}/").text
    assert "Chưa xác định được cơ quan giải quyết" in page
    Agency.objects.filter(pk=insurance.agency.pk).update(valid_to=None)
    assert f"/bundles/{bundle.code}/3/send/" in page
    answer = desk.post(f"/bundles/{bundle.code}/3/send/", follow=True)
    assert "Đã mở hồ sơ ở nơi giải quyết." in answer.text
    assert "1 phần đang vướng" not in desk.get("/bundles/").text
    again = desk.post(f"/bundles/{bundle.code}/3/send/", follow=True)
    assert "vừa được người khác xử lý" in again.text


def test_a_part_is_refused_on_its_page_with_reason_and_law(desk, cast):
    bundle = filed(bundle_of("birth"), cast.receiver)
    address = f"/bundles/{bundle.code}/2/refuse/"
    assert desk.post(address, {"reason": "", "legal_basis": ""}).status_code == 422
    answer = desk.post(address, {"reason": "Sai địa bàn", "legal_basis": "Luật Cư trú"}, follow=True)
    assert "Sai địa bàn" in answer.text
    assert "In phiếu từ chối (mẫu 03)" in answer.text
    refusal = bundle.members.get(position=2).refusal
    assert desk.get(f"/submissions/{refusal.number}/refusal.pdf").content.startswith(b"%PDF")


def test_the_agency_of_a_part_sees_the_bundle_but_prints_no_receipt(client, cast, police, insurance):
    bundle = filed(bundle_of("birth"), cast.receiver)
    client.post("/accounts/login/", {"login": _username(police), "password": "motcua-trinh-dien"})
    assert client.get(f"/bundles/{bundle.code}/").status_code == 200
    assert client.get(f"/bundles/{bundle.code}/receipt/").status_code == 404
    assert client.post(f"/bundles/{bundle.code}/2/send/").status_code == 404


def _username(one: Beside) -> str:
    return Agency.objects.get(pk=one.agency.pk).units.get(function="one_stop").officials.get().account.username


def test_the_page_takes_as_many_statements_whatever_happened(desk, cast, django_assert_max_num_queries):
    bundle = filed(bundle_of("birth"), cast.receiver)
    at = settle(bundle.members.get(position=1).dossier_id, ward_hand(cast))
    assert at > minutes_later(MONDAY, 30)
    desk.get(f"/bundles/{bundle.code}/")
    with django_assert_max_num_queries(10):
        desk.get(f"/bundles/{bundle.code}/")
