"""The rows of the demo ward that an address of its office may name, and whose pages they are."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.timezone import localdate

from motcua.core.events import record
from motcua.correspondence.models import Message
from motcua.intake.models import Demand, SupplementRequest
from motcua.people.models import Absence, Agency, Mandate, Official, PasswordRenewal, UnitFunction
from motcua.result.models import OlderResult, Result
from motcua.routing.models import Bundle, CalendarProposal, Consultation, Step, SystemFault
from tests.cast import Cast

# Changed by a form on another page only.
ONLY_POSTED = {"add-pages", "remove-paper", "back", "read-reminders", "send-member", "refuse-member", "confirm-fault",
               "message-again", "message-give-up", "message-slips-mailed",
               "confirm-new-password", "drop-new-password", "drop-calendar-proposal", "end-mandate",
               "end-mandate-for-me", "allow-mandate-for-me", "except-result", "decide-older"}  # fmt: skip
# Pages about one row of an agency: for another agency's officials they do not exist.
OF_ONE_AGENCY = {
    "older-result", "correct-older",
    "result-copy", "result-paper", "note-arrived", "supplement-request", "refusal-letter", "discontinuation",
    "control-sheet",
    "official", "new-role", "end-official", "new-password", "end-role", "end-unit", "end-code", "away",
    "withdraw-fault", "calendar-proposal", "message", "confirm-mandate",
    "bundle", "bundle-receipt",
    "consult", "consultation", "withdraw-consultation", "self-evaluation-official", "export-official",
}  # fmt: skip


def papers_of_the_way(dossier_id: UUID, cast: Cast, at: datetime) -> None:
    """What forms 02, 03 and 05 of a dossier are printed from."""
    asked = SupplementRequest.objects.create(
        dossier_id=dossier_id, number=1, reason="Thiếu", asked_at=at, asked_by_id=cast.case_officer.id, until=at.date()
    )
    Demand.objects.create(request=asked, position=1, what="Bản giải trình", legal_basis="Luật Hộ tịch")
    Result.objects.create(
        dossier_id=dossier_id, code="H17.21-KQ1", name="Phiếu từ chối", approved_by_id=cast.leader.id, approved_at=at,
        refusal_number=1, reason="Thiếu căn cứ", legal_basis="Luật Hộ tịch",
    )  # fmt: skip
    record(
        kind="dossier.discontinued", subject=("dossier", dossier_id), by=cast.receiver.actor, at=at,
        before={"state": 2}, after={"asked_by": "Nguyễn Thị Lan", "channel": "counter", "notice": 1},
    )  # fmt: skip


def rows_of(ward: Agency) -> dict[str, str]:
    """One row of each kind that an address may name: the leader with his role and an absence, a unit, a code."""
    leader = Official.objects.get(unit__agency=ward, account__username="lanhdao")
    first_at = timezone.now() + timedelta(days=30)
    absence = Absence.objects.create(
        official=leader, first_at=first_at, last_at=first_at + timedelta(days=1), reason="leave",
        recorded_by=leader, recorded_at=timezone.now(),
    )  # fmt: skip
    older = OlderResult.objects.create(
        agency=ward, title="Giấy khai sinh", number="112/2009", issued_on=first_at.date() - timedelta(days=5000),
        holder_name="Lê Thị Cũ", listed_at=timezone.now(), listed_by=leader,
    )  # fmt: skip
    fault = SystemFault.objects.create(
        agency=ward, first_at=first_at - timedelta(days=60), last_at=first_at - timedelta(days=59),
        evidence="Biên bản số 12/BB", declared_by=leader, declared_at=timezone.now(),
    )  # fmt: skip
    bundle = Bundle.objects.create(
        code="H17.21-LT-261123-0001", submission_id=leader.pk, tracking_token="A" * 20, agency=ward,
        definition="birth", definition_from=leader.valid_from, name="Khai sinh", received_at=timezone.now(),
        received_by=leader,
    )  # fmt: skip
    proposal = CalendarProposal.objects.create(
        agency=ward, said={"change": "mark", "day": f"{localdate():%d/%m/%Y}", "kind": "closed", "name": "Nghỉ bão"},
        title="Nghỉ bão", decision="12/TB-UBND", asked_by=leader, asked_at=timezone.now(),
    )  # fmt: skip
    renewal = PasswordRenewal.objects.create(official=leader, asked_by=leader, asked_at=timezone.now())
    message = Message.objects.create(
        key="town", template="dossier-received", template_from=leader.valid_from, agency=ward, subject="Hồ sơ",
        text="Đã tiếp nhận", short="Da tiep nhan", state="given_up", created_at=timezone.now(),
    )  # fmt: skip
    mandate = Mandate.objects.create(
        official=leader, kind="parent", full_name="Nguyễn Văn Cha", evidence="Giấy khai sinh",
        valid_from=leader.valid_from, made_at=timezone.now(),
    )  # fmt: skip
    return {
        "<uuid:mandate_id>": str(mandate.pk),
        "<uuid:message_id>": str(message.pk),
        "<uuid:proposal_id>": str(proposal.pk),
        "<uuid:renewal_id>": str(renewal.pk),
        "<uuid:fault_id>": str(fault.pk),
        "<slug:definition>": "birth",
        "<str:bundle_code>": bundle.code,
        "<int:position>": "1",
        "<str:indicator>": "2.1",
        "<slug:eform_code>": "birth-registration",
        "<int:eform_number>": "1",
        "<int:page_number>": "1",
        "<int:index_number>": "1",
        "<uuid:official_id>": str(leader.pk),
        "<uuid:grant_id>": str(leader.grants.get().pk),
        "<uuid:unit_id>": str(leader.unit_id),
        "<uuid:code_id>": str(ward.codes.get().pk),
        "<uuid:older_id>": str(older.pk),
        "<uuid:absence_id>": str(absence.pk),
    }


def question_about(dossier_id: UUID) -> dict[str, str]:
    """A question to the ward's police about a dossier."""
    step, at = Step.objects.select_related("unit__agency").get(dossier_id=dossier_id), timezone.now()
    asked = Consultation.objects.create(
        dossier_id=dossier_id, step=step, unit=step.unit.agency.units.get(function=UnitFunction.POLICE),
        question="Có đăng ký thường trú không?", asked_at=at,
        asked_by=Official.objects.get(account__username="tiepnhan"),
        deadline_number=1, deadline_unit="working_day", due_at=at + timedelta(days=3), silence="remind",
    )  # fmt: skip
    return {"<uuid:consultation_id>": str(asked.pk)}
