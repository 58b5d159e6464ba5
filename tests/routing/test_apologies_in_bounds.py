"""Letters of apology within bounds: not early, not far away, by who may; and one bad row stops no other."""

import pytest

from motcua.dossiers.models import ClockEntry, Dossier
from motcua.people.models import UnitFunction
from motcua.routing.actions import pass_on
from motcua.routing.apologies.actions import Wording, revise, sign, withdraw_draft
from motcua.routing.apologies.drafting import ApologyRefused, draft_apology, tick
from motcua.routing.models import Apology
from motcua.worktime.rules import Amount, CalendarGap, Unit
from tests.cast import BIRTH, MONDAY, MR_QUANG, Cast, minutes_later, open_step, received
from tests.journey.test_hot_pages import log_in
from tests.routing.late_lives import WHY, days_before, drafted, head_of, in_hands, kinds, row, worked

DAY = 480


def test_nobody_drafts_before_half_of_the_time_has_gone(cast: Cast, client):
    dossier = in_hands(cast)
    half = dossier.received_at + (dossier.due_at - dossier.received_at) / 2
    with pytest.raises(ApologyRefused, match="chưa qua một nửa"):
        draft_apology(dossier.id, by=cast.case_officer, at=half)
    assert "apology.drafted" not in kinds(dossier)
    assert draft_apology(dossier.id, by=cast.case_officer, at=minutes_later(half, 1))


def test_a_letter_is_signed_only_when_lateness_is_foreseen_or_there(cast: Cast):
    dossier = in_hands(cast)
    for _step in range(3):
        pass_on(open_step(dossier.id)[0], by=cast.case_officer, at=minutes_later(MONDAY, 60))
    early = days_before(dossier, 5 * DAY)
    letter = draft_apology(dossier.id, by=cast.case_officer, at=early)
    with pytest.raises(ApologyRefused, match="vẫn kịp hẹn"):
        sign(letter, WHY, by=cast.leader, at=minutes_later(early, 1))
    assert row(dossier.id).appointed_at is None
    assert sign(letter, WHY, by=cast.leader, at=worked(dossier.due_at, 1)).number == 1


def test_a_letter_does_not_ask_for_more_than_the_limit_or_thirty_days(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    letter = drafted(dossier, at)
    for number in (21, 60):
        far = Wording(WHY.reason_code, WHY.reason, Amount(number, Unit.WORKING_DAY))
        for act, by in ((sign, cast.leader), (revise, cast.case_officer)):
            with pytest.raises(ApologyRefused, match="nhiều nhất 20 ngày làm việc"):
                act(letter.id, far, by=by, at=at)
    longest = Wording(WHY.reason_code, WHY.reason, Amount(20, Unit.WORKING_DAY))
    assert sign(letter.id, longest, by=cast.leader, at=at).new_due_at == worked(dossier.due_at, 20 * DAY)


def test_who_may_not_sign_a_draft_does_not_give_it_up(cast: Cast, client, monkeypatch):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    letter = drafted(dossier, at)
    stranger = head_of(cast, UnitFunction.POLICE)
    with pytest.raises(ApologyRefused):
        withdraw_draft(letter.id, reason="Sẽ xong chiều nay", by=stranger, at=at)
    assert Apology.objects.get(pk=letter.id).is_awaiting
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    log_in(client, "truongcongan")
    page = client.get(f"/apologies/{letter.id}/").text
    assert dossier.code in page
    assert 'value="withdraw"' not in page
    withdraw_draft(letter.id, reason="Sẽ xong chiều nay", by=head_of(cast, UnitFunction.LAND), at=at)
    assert not Apology.objects.get(pk=letter.id).is_awaiting


def test_one_dossier_that_cannot_be_counted_keeps_no_other_from_its_letter(cast: Cast):
    """The first has a date beyond every calendar's last year, the second a ledger that cannot be, the third is good."""
    gap, broken, good = (in_hands(cast, minutes_later(MONDAY, number)) for number in range(3))
    at = days_before(good, DAY)
    Dossier.objects.filter(pk=gap.id).update(received_at=gap.received_at.replace(year=1990))
    ClockEntry.objects.create(dossier=broken, position=1, mark="resumed", at=minutes_later(MONDAY, 30))
    with pytest.raises(ExceptionGroup) as raised:
        tick(at)
    assert raised.group_contains(CalendarGap)
    assert len(raised.value.exceptions) == 2
    assert {gap.code, broken.code} <= set(raised.value.message.replace(":", " ").split())
    assert [letter.dossier_id for letter in Apology.objects.all()] == [good.id]


def test_a_short_limit_still_leaves_two_days(cast: Cast):
    opened = received(BIRTH, cast, applicant=MR_QUANG)
    dossier = row(opened.id)
    at = worked(dossier.due_at, 30)
    tick(at)
    letter = Apology.objects.get(dossier=dossier)
    two = Wording(WHY.reason_code, WHY.reason, Amount(2, Unit.WORKING_DAY))
    with pytest.raises(ApologyRefused, match="nhiều nhất 2 ngày làm việc"):
        sign(letter.id, WHY, by=cast.leader, at=at)
    assert sign(letter.id, two, by=cast.leader, at=at).new_due_at == worked(at, 2 * DAY)
