"""A rating: one for a returned dossier, under the scale of its day; its remark, its follow-up, its key."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from motcua.core.models import Event
from motcua.core.refusals import Refusal
from motcua.dossiers.states import StaleMove
from motcua.feedback.actions import NotAnAnswer, NotReturned, RatedBefore, Said, follow_up, rate, settle_remark
from motcua.feedback.keys import dossier_of, rating_token
from motcua.feedback.models import FollowUp, Rating, RatingWay
from motcua.feedback.queries import figures, shown_remarks
from motcua.feedback.scales import NoScale, least_answers, scale_on, scales
from tests.cast import MONDAY, Cast
from tests.feedback.stories import BAD, GOOD, LATER, returned
from tests.result.test_return import finished

NOVEMBER = date(2026, 11, 1)


def kinds(rating_id) -> list[str]:
    return list(Event.objects.filter(subject_id=rating_id).order_by("pk").values_list("kind", flat=True))


def test_the_scale_has_three_degrees_and_five_criteria():
    scale = scale_on(MONDAY.date())
    assert [str(degree) for degree in scale.degrees] == ["Rất hài lòng", "Hài lòng", "Chưa hài lòng"]
    assert len(scale.criteria) == 5
    assert least_answers(MONDAY.date()) == 5
    with pytest.raises(NoScale):
        scale_on(date(2017, 12, 31))
    codes = [one.code for one in scales()]
    assert len(codes) == len(set(codes))


def test_a_good_rating_is_kept_and_asks_nothing_of_anybody(cast: Cast):
    dossier_id = returned(cast)
    rating_id = rate(dossier_id, GOOD, way=RatingWay.LINK, at=LATER)
    kept = Rating.objects.get(pk=rating_id)
    assert (kept.dossier_id, kept.agency_id, kept.answers) == (dossier_id, cast.receiver.agency_id, GOOD.answers)
    assert (kept.is_bad, kept.month, kept.remark_state) == (False, NOVEMBER, "none")
    assert not FollowUp.objects.filter(rating_id=rating_id).exists()
    told = Event.objects.get(subject_id=rating_id)
    assert (told.kind, told.actor_id, told.after["way"]) == ("rating.given", None, "link")


def test_the_second_rating_is_refused_and_the_first_stands(cast: Cast):
    dossier_id = returned(cast)
    rate(dossier_id, GOOD, way=RatingWay.LINK, at=LATER)
    with pytest.raises(RatedBefore):
        rate(dossier_id, BAD, way=RatingWay.LINK, at=LATER)
    assert Rating.objects.get(dossier_id=dossier_id).answers == GOOD.answers
    assert not FollowUp.objects.filter(rating__dossier_id=dossier_id).exists()


def test_the_database_itself_keeps_one_rating_a_dossier(cast: Cast):
    dossier_id = returned(cast)
    kept = Rating.objects.get(pk=rate(dossier_id, GOOD, way=RatingWay.LINK, at=LATER))
    kept.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save(force_insert=True)


def test_nothing_is_rated_before_it_was_returned(cast: Cast):
    dossier_id = finished(cast)
    for one in (dossier_id, uuid4()):
        with pytest.raises(NotReturned):
            rate(one, GOOD, way=RatingWay.DESK, at=LATER)
    assert not Rating.objects.filter(dossier_id=dossier_id).exists()


@pytest.mark.parametrize(
    "answers",
    [{}, {"manner": "very"}, {"overall": "splendid"}, {"overall": "very", "parking": "very"},
     {"overall": "very", "time": ""}],
)  # fmt: skip
def test_answers_the_scale_does_not_know_are_refused(cast: Cast, answers: dict[str, str]):
    with pytest.raises(NotAnAnswer):
        rate(uuid4(), Said(answers), way=RatingWay.LINK, at=LATER)


def test_a_bad_answer_opens_a_follow_up_that_is_done_once(cast: Cast):
    rating_id = rate(returned(cast), BAD, way=RatingWay.LINK, at=LATER)
    owed = FollowUp.objects.get(rating_id=rating_id)
    assert (owed.agency_id, owed.opened_at, owed.done_at) == (cast.leader.agency_id, LATER, None)
    with pytest.raises(Refusal, match="đã làm gì"):
        follow_up(rating_id, deed="  ", by=cast.leader, at=LATER)
    follow_up(rating_id, deed="Đã gọi xin lỗi.", by=cast.leader, at=LATER)
    owed.refresh_from_db()
    assert (owed.done_by_id, owed.deed) == (cast.leader.id, "Đã gọi xin lỗi.")
    with pytest.raises(StaleMove):
        follow_up(rating_id, deed="Lần nữa", by=cast.leader, at=LATER)
    assert kinds(rating_id) == ["rating.given", "rating.followed_up"]


def test_a_remark_is_read_by_nobody_before_it_was_settled(cast: Cast):
    rating_id, agency = rate(returned(cast), BAD, way=RatingWay.LINK, at=LATER), cast.leader.agency_id
    assert shown_remarks(agency, NOVEMBER) == []
    settle_remark(rating_id, show=True, by=cast.leader, at=LATER)
    assert shown_remarks(agency, NOVEMBER) == [BAD.remark]
    with pytest.raises(StaleMove):
        settle_remark(rating_id, show=True, by=cast.leader, at=LATER)
    settle_remark(rating_id, show=False, by=cast.controller, at=LATER)
    assert shown_remarks(agency, NOVEMBER) == []
    assert kinds(rating_id) == ["rating.given", "rating.remark_settled", "rating.remark_settled"]


def test_there_is_nothing_to_settle_where_nothing_was_written(cast: Cast):
    rating_id = rate(returned(cast), GOOD, way=RatingWay.LINK, at=LATER)
    with pytest.raises(StaleMove):
        settle_remark(rating_id, show=True, by=cast.leader, at=LATER)


def test_figures_come_out_from_the_fifth_answer_on(cast: Cast):
    for _number in range(4):
        rate(returned(cast), GOOD, way=RatingWay.LINK, at=LATER)
    (office,) = figures(NOVEMBER)
    assert (office.overall.count, office.overall.percents) == (None, None)
    rate(returned(cast), BAD, way=RatingWay.LINK, at=LATER)
    (office,) = figures(NOVEMBER)
    assert (office.overall.count, office.overall.percents) == (5, (80, 20, 0))
    manner = next(line for line in office.criteria if line.asked.code == "manner")
    assert (manner.count, manner.percents) == (None, None)  # four said something of it
    assert figures(date(2026, 10, 1)) == []


def test_a_key_opens_its_dossier_and_no_other_text_opens_any(cast: Cast):
    dossier_id = uuid4()
    token = rating_token(dossier_id)
    assert dossier_of(token) == dossier_id
    assert len(token) == 38
    guessed = rating_token(uuid4())[:-16] + token[-16:]
    for wrong in (guessed, token[:-4], token + "AAAA", "", "A", "ấ" * 38, "!" * 38, str(dossier_id)):
        assert dossier_of(wrong) is None, wrong
