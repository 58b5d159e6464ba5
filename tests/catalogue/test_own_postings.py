"""The controller starts and ends what his own agency posts; another agency's postings do not exist for him."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from motcua.catalogue.actions import CatalogueFault, post, post_here, withdraw_here
from motcua.catalogue.models import Posting, Procedure
from motcua.core.models import Event
from motcua.people.access import ActingOfficial, account_with_official
from motcua.people.models import Account, Agency, AgencyKind, AgencyLevel
from tests.catalogue.conftest import AT, IMPORTER, ROW, SINCE, TODAY, ImportRows

pytestmark = pytest.mark.django_db
PAGE = "/catalogue/postings/"
OTHER = "1.009999"


@pytest.fixture
def unposted(import_rows: ImportRows, offered: Procedure) -> Procedure:
    import_rows(ROW, ROW | {"code": OTHER, "name": "Đăng ký kết hôn"})
    return Procedure.objects.get(national_code=OTHER)


@pytest.fixture
def elsewhere(ward: Agency, offered: Procedure) -> Posting:
    """The same procedure, posted at another ward."""
    other = Agency.objects.create(
        name="Ủy ban nhân dân phường Bên Cạnh", short_name="Phường Bên Cạnh", kind=AgencyKind.PEOPLES_COMMITTEE,
        level=AgencyLevel.COMMUNE, address="", valid_from=SINCE,
    )  # fmt: skip
    return post(offered, other, by=IMPORTER, valid_from=SINCE, at=AT)


@pytest.fixture
def acting(controller: Client) -> ActingOfficial:
    found = account_with_official(Account.objects.get(username="kiemsoat").id, TODAY)
    assert found is not None
    assert found[1] is not None
    return found[1]


def said(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def test_the_page_shows_what_is_posted_here(controller: Client, offered: Procedure, unposted: Procedure):
    page = controller.get(PAGE).text
    assert "Đăng ký khai sinh" in page
    assert "Đăng ký kết hôn" not in page
    assert "Đăng ký khai sinh" not in controller.get(f"{PAGE}?q=kết hôn").text
    assert controller.get(f"{PAGE}?end=chuoi-la").status_code == 200


def test_a_procedure_is_posted_and_withdrawn(controller: Client, unposted: Procedure, ward: Agency):
    today = timezone.localdate()
    page = controller.post(PAGE, {"code": OTHER, "valid_from": said(today)}, follow=True).text
    assert f"Niêm yết Đăng ký kết hôn từ {said(today)}" in page
    posting = Posting.objects.get(procedure=unposted)
    assert (posting.agency_id, posting.valid_from, posting.valid_to) == (ward.pk, today, None)
    assert "Gỡ niêm yết sau ngày này" in controller.get(f"{PAGE}?end={posting.pk}").text
    last = today + timedelta(days=5)
    page = controller.post(PAGE, {"posting": str(posting.pk), "last_day": said(last)}, follow=True).text
    assert f"Gỡ niêm yết Đăng ký kết hôn sau ngày {said(last)}" in page
    posting.refresh_from_db()
    assert posting.valid_to == last
    events = Event.objects.filter(subject_id=unposted.pk, agency_id=ward.pk).order_by("sequence")
    assert [event.kind for event in events] == ["procedure.posted", "procedure.withdrawn"]
    assert {event.actor_name for event in events} == {"Võ Minh Tâm"}


@pytest.mark.parametrize(
    ("code", "days", "sentence"),
    [
        ("", 0, "Nhập mã thủ tục"),
        ("9.999999", 0, "Không có thủ tục nào mang mã"),
        ("1.001193", 0, "đang được niêm yết tại cơ quan"),
        (OTHER, -1, "không lùi ngày"),
        (OTHER, -9000, "không lùi ngày"),
    ],
)
def test_what_cannot_be_posted_says_why(controller: Client, unposted: Procedure, code: str, days: int, sentence: str):
    count = Posting.objects.count()
    day = timezone.localdate() + timedelta(days=days)
    answer = controller.post(PAGE, {"code": code, "valid_from": said(day)})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert Posting.objects.count() == count


def test_nothing_is_posted_before_its_version_applies(acting: ActingOfficial, import_rows: ImportRows):
    import_rows(ROW | {"code": OTHER, "valid_from": date(2026, 12, 1)})
    with pytest.raises(CatalogueFault, match="chưa có phiên bản công khai áp dụng ngày 20/11/2026"):
        post_here(OTHER, by=acting, valid_from=TODAY, at=AT)
    assert post_here(OTHER, by=acting, valid_from=date(2026, 12, 1), at=AT).valid_from == date(2026, 12, 1)


def test_periods_of_posting_do_not_overlap(acting: ActingOfficial, offered: Procedure):
    posting = Posting.objects.get(procedure=offered)
    withdraw_here(posting.pk, by=acting, last_day=TODAY, at=AT)
    with pytest.raises(CatalogueFault, match="đến hết 20/11/2026; chọn ngày sau đó"):
        post_here("1.001193", by=acting, valid_from=TODAY, at=AT)
    post_here("1.001193", by=acting, valid_from=TODAY + timedelta(days=1), at=AT)
    assert Posting.objects.filter(procedure=offered).count() == 2


def test_a_posting_is_never_ended_in_the_past_nor_twice(acting: ActingOfficial, offered: Procedure):
    posting = Posting.objects.get(procedure=offered)
    with pytest.raises(CatalogueFault, match="không lùi ngày"):
        withdraw_here(posting.pk, by=acting, last_day=TODAY - timedelta(days=1), at=AT)
    withdraw_here(posting.pk, by=acting, last_day=TODAY, at=AT)
    with pytest.raises(CatalogueFault, match="từ trước"):
        withdraw_here(posting.pk, by=acting, last_day=TODAY + timedelta(days=9), at=AT + timedelta(days=2))


def test_another_agency_is_out_of_reach(controller: Client, acting: ActingOfficial, elsewhere: Posting):
    last = said(timezone.localdate() + timedelta(days=5))
    assert "Gỡ niêm yết sau ngày này" not in controller.get(f"{PAGE}?end={elsewhere.pk}").text
    answer = controller.post(PAGE, {"posting": str(elsewhere.pk), "last_day": last, "agency": str(elsewhere.agency_id)})
    assert answer.status_code == 422
    assert "Không thấy lần niêm yết này tại cơ quan" in answer.text
    with pytest.raises(CatalogueFault, match="Không thấy"):
        withdraw_here(elsewhere.pk, by=acting, last_day=TODAY, at=AT)
    elsewhere.refresh_from_db()
    assert elsewhere.valid_to is None


def test_only_the_controller_opens_it(receiver: Client, client: Client):
    assert receiver.get(PAGE).status_code == 403
    assert receiver.post(PAGE, {"code": OTHER, "valid_from": said(TODAY)}).status_code == 403
    assert Client().get(PAGE).status_code == 302
