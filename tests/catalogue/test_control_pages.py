"""Procedure control: officials read, the controller publishes."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.catalogue.actions import CatalogueFault, correct_draft, draft_from, draft_stamp, publish
from motcua.catalogue.contents import content_of
from motcua.catalogue.models import Procedure, ProcedureVersion, VersionState
from motcua.people.access import account_with_official
from motcua.people.models import Account, Agency, AgencyKind, AgencyLevel, Role
from tests.catalogue.conftest import AT, IMPORTER, ROW, SINCE, TODAY, ImportRows, official

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(import_rows: ImportRows, offered: Procedure) -> ProcedureVersion:
    return draft_from(ProcedureVersion.objects.get(), by=IMPORTER, at=AT)


def test_strangers_are_sent_to_the_log_in(client: Client, draft: ProcedureVersion):
    for url in ("/catalogue/", "/catalogue/imports/", f"/catalogue/{draft.pk}/"):
        assert client.get(url).status_code == 302


def test_drafts_come_first_and_may_be_filtered(controller: Client, draft: ProcedureVersion):
    page = controller.get("/catalogue/").content.decode()
    published = ProcedureVersion.objects.get(state=VersionState.PUBLISHED)
    assert page.index(str(draft.pk)) < page.index(str(published.pk))
    assert str(draft.pk) not in controller.get("/catalogue/?state=published").content.decode()
    assert str(draft.pk) in controller.get("/catalogue/?q=khai+sinh").content.decode()
    assert "Không có phiên bản nào khớp" in controller.get("/catalogue/?q=khong-co").content.decode()


def test_the_controller_publishes_from_a_day(controller: Client, draft: ProcedureVersion):
    url = f"/catalogue/{draft.pk}/"
    assert "Nội dung giống phiên bản trước" in controller.get(url).content.decode()
    soon = timezone.localdate() + timedelta(days=10)
    response = controller.post(url, {"valid_from": f"{soon:%d/%m/%Y}"}, follow=True)
    assert "Đã công khai Đăng ký khai sinh" in response.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.valid_from) == (VersionState.PUBLISHED, soon)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "Nhập ngày bắt đầu áp dụng"),
        ("hôm nay", "ngày/tháng/năm"),
        ("01/02/2026", "chọn ngày hiệu lực sau"),
        ("02/02/2026", "không áp dụng lùi ngày"),
    ],
)
def test_a_wrong_day_comes_back_with_a_sentence(controller: Client, draft: ProcedureVersion, day: str, said: str):
    response = controller.post(f"/catalogue/{draft.pk}/", {"valid_from": day})
    assert response.status_code == 422
    assert said in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == VersionState.DRAFT


def test_the_suggested_day_is_never_past(controller: Client, draft: ProcedureVersion):
    page = controller.get(f"/catalogue/{draft.pk}/")
    assert page.context["form"]["valid_from"].value() >= timezone.localdate() > draft.valid_from


def test_a_receiver_reads_but_cannot_publish(receiver: Client, draft: ProcedureVersion):
    url = f"/catalogue/{draft.pk}/"
    page = receiver.get(url)
    assert page.status_code == 200
    assert "Công khai phiên bản này" not in page.content.decode()
    assert receiver.post(url, {"valid_from": "01/12/2026"}).status_code == 403


def test_what_changed_and_what_is_missing_is_said(controller: Client, import_rows: ImportRows, offered: Procedure):
    import_rows(ROW | {"time_limits": [], "components": [{"name": "Tờ khai mới", "original": 1}]})
    draft = ProcedureVersion.objects.get(state=VersionState.DRAFT)
    page = controller.get(f"/catalogue/{draft.pk}/").content.decode()
    for said in ("Thiếu thời hạn chung", "Tờ khai mới", "Giấy chứng sinh", "Thành phần hồ sơ: bỏ 1, thêm 1"):
        assert said in page
    assert "Thiếu thời hạn chung" in controller.get("/catalogue/imports/").content.decode()


def test_no_such_version(controller: Client):
    assert controller.get("/catalogue/01930000-0000-7000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize(("url", "most"), [("/catalogue/", 8), ("/catalogue/{id}/", 14), ("/catalogue/imports/", 6)])
def test_each_page_asks_for_little(controller: Client, draft: ProcedureVersion, url: str, most: int):
    address = url.format(id=draft.pk)
    controller.get(address)
    with CaptureQueriesContext(connection) as seen:
        controller.get(address)
    assert len(seen) <= most


def test_the_draft_of_another_agency_is_nobody_s_to_read(ward: Agency, offered: Procedure):
    province = Agency.objects.create(
        name="Ủy ban nhân dân thành phố Đà Nẵng", short_name="Thành phố Đà Nẵng",
        kind=AgencyKind.PEOPLES_COMMITTEE, level=AgencyLevel.PROVINCE, valid_from=SINCE,
    )  # fmt: skip
    Agency.objects.filter(pk=ward.pk).update(parent=province)
    neighbour = Agency.objects.create(
        name="Ủy ban nhân dân xã Bàu Sen", short_name="Xã Bàu Sen", kind=AgencyKind.PEOPLES_COMMITTEE,
        level=AgencyLevel.COMMUNE, parent=province, valid_from=SINCE,
    )  # fmt: skip
    ours = official(ward, "soanthao", Role.PROCEDURE_CONTROLLER)
    published = ProcedureVersion.objects.get()
    ours.post(f"/catalogue/{published.pk}/draft/")
    draft = ProcedureVersion.objects.get(state=VersionState.DRAFT)
    assert draft.agency_id == ward.pk
    pages = [f"/catalogue/{draft.pk}/", f"/catalogue/{draft.pk}/edit/", f"/catalogue/{draft.pk}/preview/"]
    above = official(province, "captren", Role.PROCEDURE_CONTROLLER)
    for mine in (ours, above):
        assert [mine.get(page).status_code for page in pages] == [200, 200, 200]
        assert str(draft.pk) in mine.get("/catalogue/").text
    for other in (official(neighbour, "xababen", Role.PROCEDURE_CONTROLLER), official(ward, "motcua", Role.RECEIVER)):
        assert not {other.get(page).status_code for page in pages} & {200, 302}
        assert str(draft.pk) not in other.get("/catalogue/").text
        assert other.post(pages[0], {"valid_from": "01/01/2027"}).status_code in (403, 404)
        assert other.post(f"/catalogue/{draft.pk}/draft/").status_code in (403, 404)
    assert ProcedureVersion.objects.get(pk=draft.pk).state == VersionState.DRAFT
    assert ProcedureVersion.objects.count() == 2


def test_another_agency_s_draft_is_neither_corrected_nor_published(ward: Agency, offered: Procedure):
    official(ward, "soanthao", Role.PROCEDURE_CONTROLLER)
    found = account_with_official(Account.objects.get(username="soanthao").pk, TODAY)
    assert found is not None
    assert found[1] is not None
    draft = draft_from(ProcedureVersion.objects.get(), by=replace(found[1], agency_id=ward.pk), at=AT)
    stranger = replace(found[1], agency_id=uuid4())
    kept = {"valid_from": TODAY, "valid_to": None, "seen": draft_stamp(draft), "at": AT}
    with pytest.raises(CatalogueFault, match="cơ quan khác soạn"):
        correct_draft(draft, content_of(draft), by=stranger, **kept)
    with pytest.raises(CatalogueFault, match="cơ quan khác soạn"):
        publish(draft, by=stranger, at=AT)
