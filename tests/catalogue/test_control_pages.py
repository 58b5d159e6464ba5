"""Procedure control: officials read, the controller publishes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.catalogue.actions import draft_from
from motcua.catalogue.models import Procedure, ProcedureVersion, VersionState
from tests.catalogue.conftest import AT, IMPORTER, ROW, ImportRows

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
