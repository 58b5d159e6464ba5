"""Receiving a dossier: all of it or nothing, the promise of its situation, and the same form twice."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from motcua.catalogue.models import Posting, Procedure
from motcua.catalogue.rules import LimitLine, papers_for
from motcua.core.models import Event, NumberSeries
from motcua.dossiers.actions import PaperHandedIn
from motcua.dossiers.models import Dossier, DossierComponent
from motcua.intake.actions import NoAgencyCode, PapersMissing, receive
from motcua.intake.rules import NoLimit
from motcua.people.models import Party, Unit, UnitFunction
from motcua.routing.actions import RouteBroken
from motcua.routing.models import Step
from motcua.worktime.rules import CalendarGap
from tests.cast import BIRTH, HANOI_TIME, LAND, MONDAY, MR_QUANG, MRS_LAN, Cast, filing, offered, received

CERTIFICATION = "2.000815"
LONGER = "Nhiều bản, nhiều trang, nội dung phức tạp"
ONLY_REGISTERED = "Chỉ đăng ký đất, chưa xin cấp Giấy chứng nhận"
INHERITED = "Nhận thừa kế đất chưa có Giấy chứng nhận"


def written() -> dict[str, Any]:
    """Everything that receiving writes; equal before and after when nothing was."""
    return {
        "dossiers": Dossier.objects.count(), "papers": DossierComponent.objects.count(),
        "parties": Party.objects.count(), "steps": Step.objects.count(), "events": Event.objects.count(),
        "numbers": list(NumberSeries.objects.order_by("pk").values_list("agency_id", "series", "day", "last")),
    }  # fmt: skip


def sent(code: str, cast: Cast, *, at: datetime = MONDAY, **changes: Any) -> Dossier:
    offer, by = offered(code, cast.receiver), cast.receiver
    opened, _new = receive(filing(code, MRS_LAN, by, **changes), offered=offer, by=by, at=at)
    return Dossier.objects.get(pk=opened.id)


def papers(code: str, cast: Cast, *whens: str) -> tuple[PaperHandedIn, ...]:
    lines = papers_for(offered(code, cast.receiver).components, whens)
    return tuple(PaperHandedIn(line.id, line.originals, line.copies) for line in lines)


def test_what_was_declared_is_what_is_kept(cast: Cast):
    dossier = sent(BIRTH, cast, submitter_name="Trần Văn Ba", request="Khai sinh cho con", copies=2,
                   return_method="post")  # fmt: skip
    assert (dossier.applicant_name, dossier.applicant_personal_id) == (MRS_LAN.full_name, MRS_LAN.personal_id)
    assert (dossier.applicant_birth_date, dossier.applicant_phone) == (MRS_LAN.birth_date, MRS_LAN.phone)
    assert (dossier.submitter_name, dossier.request, dossier.copies) == ("Trần Văn Ba", "Khai sinh cho con", 2)
    assert (dossier.return_method, dossier.received_at, dossier.received_by_id) == ("post", MONDAY, cast.receiver.id)
    handed_in = set(dossier.components.values_list("component_id", "originals", "copies"))
    assert handed_in == {(paper.component_id, paper.originals, paper.copies) for paper in papers(BIRTH, cast)}
    event = Event.objects.get(subject_id=dossier.id)
    assert (event.kind, event.after["code"], event.at) == ("dossier.received", dossier.code, MONDAY)
    assert datetime.fromisoformat(event.after["due_at"]) == dossier.due_at
    step = dossier.steps.get()
    assert (step.position, step.role, step.official_id) == (1, "receiver", cast.receiver.id)


@pytest.mark.parametrize("left", [0, 1])
def test_missing_papers_are_named_and_nothing_is_written(cast: Cast, left: int):
    before, all_of_them = written(), papers(BIRTH, cast)
    names = [line.name for line in papers_for(offered(BIRTH, cast.receiver).components)]
    with pytest.raises(PapersMissing) as refusal:
        sent(BIRTH, cast, papers=all_of_them[:left])
    assert refusal.value.names == tuple(names[left:])
    assert all(name in str(refusal.value) for name in names[left:])
    assert written() == before


def test_without_a_limit_nothing_is_promised_and_nothing_written(cast: Cast):
    before, by = written(), cast.receiver
    only_online = replace(offered(BIRTH, by), limits=(LimitLine(1, "working_day", channel="online"),))
    with pytest.raises(NoLimit):
        receive(filing(BIRTH, MRS_LAN, by), offered=only_online, by=by, at=MONDAY)
    assert written() == before


def test_a_calendar_that_ends_stops_the_work_and_nothing_is_written(cast: Cast):
    before = written()
    with pytest.raises(CalendarGap, match="Ông/bà báo quản trị nạp lịch năm"):
        sent(LAND, cast, at=datetime(2035, 3, 1, 9, tzinfo=HANOI_TIME))
    assert written() == before
    assert sent(LAND, cast).code.endswith("-0001")


def test_an_agency_without_a_code_receives_nothing(cast: Cast):
    before = written()
    with pytest.raises(NoAgencyCode, match="Quản trị cần khai mã"):
        sent(BIRTH, replace(cast, receiver=replace(cast.receiver, agency_code="")))
    assert written() == before


def test_a_broken_route_rolls_everything_back_and_gives_the_number_back(cast: Cast):
    first = sent(BIRTH, cast)
    unit = Unit.objects.get(agency_id=cast.receiver.agency_id, function=UnitFunction.ONE_STOP)
    Unit.objects.filter(pk=unit.pk).update(valid_to=MONDAY.date() - timedelta(days=1))
    before = written()
    with pytest.raises(RouteBroken, match="Quản trị cần thêm đơn vị này trước"):
        received(BIRTH, cast, applicant=MR_QUANG)
    assert written() == before
    Unit.objects.filter(pk=unit.pk).update(valid_to=None)
    second = Dossier.objects.get(pk=received(BIRTH, cast, applicant=MR_QUANG).id)
    assert int(second.code[-4:]) == int(first.code[-4:]) + 1


def test_the_same_form_twice_is_one_dossier_and_takes_no_second_number(cast: Cast):
    by, offer, form = cast.receiver, offered(BIRTH, cast.receiver), filing(BIRTH, MRS_LAN, cast.receiver)
    first, first_is_new = receive(form, offered=offer, by=by, at=MONDAY)
    before = written()
    second, second_is_new = receive(form, offered=offer, by=by, at=MONDAY)
    assert (first_is_new, second_is_new) == (True, False)
    assert second == first
    assert written() == before


def test_a_known_citizen_is_remembered_once(cast: Cast):
    first, second = sent(BIRTH, cast), sent(LAND, cast)
    assert first.applicant_id == second.applicant_id
    assert Party.objects.filter(personal_id=MRS_LAN.personal_id).count() == 1


@pytest.mark.parametrize(
    ("code", "whens", "limit", "due"),
    [
        (LAND, (), (20, "working_day"), None),
        (LAND, (ONLY_REGISTERED,), (17, "working_day"), None),
        (LAND, (INHERITED,), (20, "working_day"), None),  # asks for a paper, not for another limit
        (CERTIFICATION, (), (2, "working_hour"), (23, 11, 15)),
        (CERTIFICATION, (LONGER,), (2, "working_day"), (26, 9, 15)),  # the 24th is a holiday
    ],
)
def test_the_situation_chooses_the_limit(cast: Cast, code: str, whens: tuple[str, ...], limit: tuple, due):
    dossier = sent(code, cast, whens=whens, papers=papers(code, cast, *whens))
    assert (dossier.limit_number, dossier.limit_unit) == limit
    if due is not None:
        assert dossier.due_at == datetime(2026, 11, *due, tzinfo=HANOI_TIME)


def test_the_situation_asks_for_its_own_papers(cast: Cast):
    with pytest.raises(PapersMissing) as refusal:
        sent(LAND, cast, whens=(INHERITED,))
    assert refusal.value.names == ("Giấy tờ nhận thừa kế quyền sử dụng đất",)
    dossier = sent(LAND, cast, whens=(INHERITED,), papers=papers(LAND, cast, INHERITED))
    assert dossier.components.filter(component__name=refusal.value.names[0]).exists()


def test_the_fee_is_the_sum_of_what_is_stated(cast: Cast):
    assert sent(CERTIFICATION, cast).fee_total == sum(
        fee.amount for fee in offered(CERTIFICATION, cast.receiver).fees if not fee.when
    )
    assert sent(LAND, cast).fee_total is None  # left to the province


@pytest.mark.parametrize(
    ("received_at", "due"),
    [((23, 15, 0), (23, 17, 0)), ((23, 15, 1), (25, 9, 0)), ((27, 15, 30), (30, 9, 0))],
)
def test_certification_after_15_00_counts_from_the_next_day(cast: Cast, received_at: tuple, due: tuple):
    dossier = sent(CERTIFICATION, cast, at=datetime(2026, 11, *received_at, tzinfo=HANOI_TIME))
    assert dossier.promised_at == dossier.due_at == datetime(2026, 11, *due, tzinfo=HANOI_TIME)


@pytest.fixture
def receiver(client, cast: Cast):
    client.post("/accounts/login/", {"login": "tiepnhan", "password": "motcua-trinh-dien"})
    return client


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("standing", "sentence"),
    [("not posted", "chưa niêm yết thủ tục này"), ("not in force", "không còn hiệu lực"),
     ("unknown", "Không có thủ tục nào mang mã")],
)  # fmt: skip
def test_what_is_not_offered_here_says_why(receiver, cast: Cast, standing: str, sentence: str, method: str):
    code = BIRTH
    procedure = Procedure.objects.get(national_code=BIRTH)
    if standing == "not posted":
        Posting.objects.filter(procedure=procedure, agency_id=cast.receiver.agency_id).delete()
    elif standing == "not in force":
        end_every_version(procedure)
    else:
        code = "9.999999"
    before = written()
    answer = getattr(receiver, method)(f"/intake/{code}/", {"full_name": "Nguyễn Thị Lan"})
    assert answer.status_code == 404
    assert sentence in answer.text
    assert written() == before


def end_every_version(procedure: Procedure) -> None:
    """Out of force since the day after it came into force."""
    for version in procedure.versions.filter(state="published"):
        procedure.versions.filter(pk=version.pk).update(valid_to=version.valid_from)
