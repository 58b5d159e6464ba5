"""Papers asked for once in work, and papers that came: form 02 as rows."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from motcua.dossiers.actions import ClockWentBack
from motcua.dossiers.models import DossierComponent
from motcua.dossiers.states import StaleMove, State
from motcua.intake.models import Demand, Submission, SupplementRequest
from motcua.intake.submissions import WantedPaper, accept, ask_papers, submit
from motcua.intake.supplements import Asked, SupplementRefused, ask_supplement, take_supplement
from motcua.people.access import ActingOfficial
from motcua.routing import actions
from motcua.routing.actions import detours
from motcua.routing.prints import supplement_request_of
from tests.cast import BIRTH, MONDAY, MRS_LAN, Cast, filing, minutes_later, offered, open_step, received
from tests.routing.lives import (
    AT_WORK,
    LATER,
    LAW,
    UNTIL,
    Life,
    asked,
    at_officer,
    bring,
    on,
    publish_changed,
    written,
)


def ask(
    life: Life, *demands: Asked, until: date = UNTIL, reason: str = "Chưa đủ căn cứ", by: ActingOfficial | None = None
):
    return ask_supplement(life.id, demands, reason=reason, until=until, by=by or life.cast.case_officer, at=AT_WORK)


def wanted(life: Life) -> set:
    return {demand.component_id or demand.id for demand in Demand.objects.filter(request__dossier_id=life.id)}


def test_a_request_is_numbered_and_keeps_what_it_asks_and_until_when(cast: Cast):
    life = at_officer(cast)
    first, second = life.lacking()[:2]
    name = {paper.id: paper.name for paper in life.offered.components}
    number = ask(
        life, Asked(first, " Bản chính, không phải bản sao "), Asked(second), Asked(None, "Bản giải trình", LAW)
    )
    request = SupplementRequest.objects.get(dossier_id=life.id)
    assert (request.number, number, request.until, request.asked_at) == (1, 1, UNTIL, AT_WORK)
    assert list(request.demands.order_by("position").values_list("component_id", "what", "legal_basis")) == [
        (first, f"{name[first]}: Bản chính, không phải bản sao", ""), (second, name[second], ""),
        (None, "Bản giải trình", LAW),
    ]  # fmt: skip
    told = life.last_event().after
    assert (told["supplement_request"], told["outside_the_list"], len(told["demands"])) == (1, 1, 3)
    assert (life.row.state, life.row.paused_at, life.row.paused_until) == (State.SUPPLEMENT_ASKED, AT_WORK, UNTIL)


def test_numbers_run_through_the_year_together_with_those_before_intake(cast: Cast):
    by, offer = cast.receiver, offered(BIRTH, cast.receiver)
    letter = submit(filing(BIRTH, MRS_LAN, by, channel="post", papers=()), offered=offer, desk=by, by=by.actor,
                    at=MONDAY, registered_by=by.id)  # fmt: skip
    ask_papers(letter.id, [WantedPaper(offer.components[0].id, "")], reason="Thiếu", by=by, at=MONDAY)
    before = Submission.objects.get(pk=letter.id).asked_number
    life = at_officer(cast)
    assert ask(life, Asked(life.lacking()[0])) == (before or 0) + 1


@pytest.mark.parametrize(
    ("demands", "sentence"),
    [
        ([], "ít nhất một giấy tờ"),
        ([Asked(uuid4())], "không thuộc danh mục"),
        ([Asked(None, "Giấy xác nhận", "  ")], "căn cứ pháp lý"),
        ([Asked(None, " ", LAW)], "căn cứ pháp lý"),
    ],
    ids=["nothing", "no paper of the list", "without its law", "without words"],
)
def test_what_the_list_does_not_ask_for_is_refused(cast: Cast, demands: list[Asked], sentence: str):
    life = at_officer(cast)
    before = written()
    with pytest.raises(SupplementRefused, match=sentence):
        ask(life, *demands)
    assert written() == before


def test_a_paper_of_the_list_is_not_asked_for_as_one_outside_of_it(cast: Cast):
    life = at_officer(cast)
    name = {paper.id: paper.name for paper in life.offered.components}
    lacking = next(name[one] for one in life.lacking() if len(name[one].split()) > 2)
    before = written()
    with pytest.raises(SupplementRefused, match="đánh dấu giấy tờ này ở danh mục"):
        ask(life, Asked(None, f"Nộp thêm {lacking.upper()}, bản chính", LAW))
    here = DossierComponent.objects.filter(dossier_id=life.id).values_list("component_id", flat=True)[0]
    with pytest.raises(SupplementRefused, match="đã có trong hồ sơ"):
        ask(life, Asked(None, name[here], LAW))
    assert written() == before


def test_a_paper_that_is_here_is_not_asked_for_again(cast: Cast):
    life = at_officer(cast)
    here = DossierComponent.objects.filter(dossier_id=life.id).values_list("component_id", flat=True)[0]
    before = written()
    with pytest.raises(SupplementRefused, match="đã có trong hồ sơ, không được yêu cầu nộp lại"):
        ask(life, Asked(life.lacking()[0]), Asked(here))
    assert written() == before


def test_a_paper_that_is_here_and_of_no_use_is_asked_for_with_what_is_wrong(cast: Cast):
    life = at_officer(cast)
    here = DossierComponent.objects.filter(dossier_id=life.id).values_list("component_id", flat=True)[0]
    name = {paper.id: paper.name for paper in life.offered.components}
    ask(life, Asked(here, " Bản sao mờ, không đọc được số thửa ", unusable=True))
    demand = Demand.objects.get(request__dossier_id=life.id)
    words = "bản đã nộp không dùng được: Bản sao mờ, không đọc được số thửa"
    assert (demand.component_id, demand.what) == (here, f"{name[here]}: {words}")
    assert life.last_event().after["outside_the_list"] == 0
    printed = supplement_request_of(life.row).demands
    assert [(one.paper, one.fault) for one in printed] == [(name[here], words[0].upper() + words[1:])]
    before = DossierComponent.objects.filter(dossier_id=life.id).count()
    bring(life, cast.receiver, LATER)
    assert (life.row.state, DossierComponent.objects.filter(dossier_id=life.id).count()) == (State.PROCESSING, before)


def test_what_is_wrong_with_a_paper_is_written_and_the_paper_is_here(cast: Cast):
    life = at_officer(cast)
    here = DossierComponent.objects.filter(dossier_id=life.id).values_list("component_id", flat=True)[0]
    before = written()
    for demand, sentence in (
        (Asked(here, "  ", unusable=True), "vì sao bản đã nộp"),
        (Asked(life.lacking()[0], "Mờ", unusable=True), "chưa nộp"),
        (Asked(here, "Nộp lại cho chắc"), "đã có trong hồ sơ"),
    ):
        with pytest.raises(SupplementRefused, match=sentence):
            ask(life, demand)
    assert written() == before


@pytest.mark.parametrize("until", [AT_WORK.date(), date(2026, 11, 20)])
def test_a_last_day_must_be_to_come_and_a_reason_be_written(cast: Cast, until: date):
    life = at_officer(cast)
    before = written()
    with pytest.raises(SupplementRefused, match="phải sau hôm nay"):
        ask(life, Asked(life.lacking()[0]), until=until)
    with pytest.raises(SupplementRefused, match="ghi lý do"):
        ask(life, Asked(life.lacking()[0]), reason="  ")
    assert written() == before


def test_once_means_once_for_the_whole_life(cast: Cast):
    life = asked(cast)
    bring(life, cast.receiver, LATER)
    before = written()
    with pytest.raises(SupplementRefused, match="một lần"):
        ask_supplement(life.id, [Asked(life.lacking()[0])], reason="Nữa", until=UNTIL, by=cast.case_officer, at=LATER)
    assert written() == before
    with pytest.raises(IntegrityError, match="papers_asked_once"), transaction.atomic():
        SupplementRequest.objects.create(dossier_id=life.id, number=9, reason="Nữa", asked_at=LATER,
                                         asked_by_id=cast.case_officer.id, until=UNTIL)  # fmt: skip


def test_asked_for_as_a_letter_already_it_is_not_asked_for_in_work(cast: Cast):
    by, offer = cast.receiver, offered(BIRTH, cast.receiver)
    letter = submit(filing(BIRTH, MRS_LAN, by, channel="post"), offered=offer, desk=by, by=by.actor, at=MONDAY,
                    registered_by=by.id)  # fmt: skip
    lacking = [paper.id for paper in offer.components if not paper.required]
    ask_papers(letter.id, [WantedPaper(lacking[0], "")], reason="Thiếu", by=by, at=MONDAY)
    opened_id = accept(letter.id, by=by, at=minutes_later(MONDAY, 30)).id
    actions.pass_on(open_step(opened_id)[0], by=by, at=minutes_later(MONDAY, 40))
    life = Life(opened_id, cast)
    with pytest.raises(SupplementRefused, match="một lần"):
        ask(life, Asked(life.lacking()[0]))


def test_only_a_dossier_in_work_is_asked_about(cast: Cast):
    fresh = Life(received(BIRTH, cast).id, cast)
    with pytest.raises(SupplementRefused, match="đang xử lý"):
        ask(fresh, Asked(fresh.lacking()[0]))
    waits = asked(cast)
    with pytest.raises(SupplementRefused, match="đang xử lý"):
        ask(waits, Asked(waits.lacking()[0]))


def test_all_that_came_is_kept_with_the_papers_and_answered_by_name(cast: Cast):
    life = asked(cast)
    listed = Demand.objects.get(request__dossier_id=life.id, component__isnull=False).component_id
    before = DossierComponent.objects.filter(dossier_id=life.id).count()
    take_supplement(life.id, wanted(life), by=cast.receiver, at=LATER)
    request = SupplementRequest.objects.get(dossier_id=life.id)
    assert (request.answered_at, request.answered_to_id) == (LATER, cast.receiver.id)
    assert DossierComponent.objects.filter(dossier_id=life.id).count() == before + 1
    kept = DossierComponent.objects.get(dossier_id=life.id, component_id=listed)
    asked_for = next(paper for paper in life.offered.components if paper.id == listed)
    assert (kept.originals, kept.copies) == (asked_for.originals, asked_for.copies)
    assert len(life.last_event().after["papers"]) == 2


def test_a_part_is_refused_with_what_is_missing(cast: Cast):
    life = asked(cast)
    outside = Demand.objects.get(request__dossier_id=life.id, component=None)
    before = written()
    for brought in (set(), wanted(life) - {outside.id}, {uuid4()}):
        with pytest.raises(SupplementRefused, match=r"Còn thiếu: .*Bản giải trình về ranh giới"):
            take_supplement(life.id, brought, by=cast.receiver, at=LATER)
    assert written() == before


def test_nothing_is_taken_where_nothing_is_waited_for(cast: Cast):
    never, gone = at_officer(cast), asked(cast)
    papers = wanted(gone)
    detours.discontinue_unanswered(gone.id, by=cast.receiver, at=on(14, 9, month=12))
    before = written()
    for life in (never, gone):
        with pytest.raises(StaleMove):
            take_supplement(life.id, papers, by=cast.receiver, at=on(14, 10, month=12))
    assert written() == before


@pytest.mark.parametrize("who", ["leader", "records_clerk", "controller", "administrator"])
def test_papers_are_taken_at_the_desk_or_by_who_works_on_them(cast: Cast, who: str):
    life = asked(cast)
    before = written()
    with pytest.raises(SupplementRefused, match="Bộ phận tiếp nhận hoặc người thụ lý"):
        take_supplement(life.id, wanted(life), by=getattr(cast, who), at=LATER)
    assert written() == before
    take_supplement(life.id, wanted(life), by=cast.case_officer, at=LATER)


def test_papers_do_not_come_before_they_were_asked_for(cast: Cast):
    life = asked(cast)
    before = written()
    with pytest.raises(ClockWentBack):
        take_supplement(life.id, wanted(life), by=cast.receiver, at=minutes_later(AT_WORK, -1))
    assert written() == before


def test_the_rule_of_the_version_says_whether_time_begins_anew(cast: Cast):
    anew = asked(cast)
    bring(anew, cast.receiver, LATER)
    publish_changed(cast, supplement_rule="resume")
    goes_on = asked(cast)
    bring(goes_on, cast.receiver, LATER)
    assert (anew.kinds()[-1], goes_on.kinds()[-1]) == ("dossier.restarted", "dossier.resumed")
    # Anew: twenty working days from Friday 15:00. On: Tuesday 22 December 9:15 and the 20 hours that it waited.
    assert anew.row.due_at == on(25, 15, month=12)
    assert goes_on.row.due_at == on(24, 15, 15, month=12)
