"""Demo dossiers that leave the plain way: each goes off through the same action an official would press."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import localdate

from motcua.catalogue.queries import version_by_id
from motcua.core.sql import fetch_one
from motcua.intake.supplements import Asked, take_supplement
from motcua.payments.actions import NewDuty
from motcua.people.access import ActingOfficial
from motcua.people.models import Unit, UnitFunction
from motcua.routing.actions import detours, waiting
from motcua.routing.actions.detours import Wish
from motcua.routing.consultations.actions import Question, consult
from motcua.routing.consultations.models import SentHow, SilenceRule
from motcua.worktime.rules import Amount, Calendar
from motcua.worktime.rules import Unit as ClockUnit

LONGEST_SCENE = 300  # working minutes until papers are brought


@dataclass(frozen=True, slots=True)
class Scene:
    """A dossier at the case officer's step, with the people around it."""

    dossier_id: UUID
    step_id: UUID
    officer: ActingOfficial
    receiver: ActingOfficial
    at: datetime
    now: datetime
    calendar: Calendar


def ask_papers(scene: Scene) -> None:
    """A paper of the list that is not there, or something its law asks for beyond the list."""
    row = fetch_one("SELECT version_id FROM dossiers_dossier WHERE id = %s", (scene.dossier_id,))
    if row is None:
        raise LookupError(scene.dossier_id)
    version = version_by_id(row[0])
    handed = fetch_one(
        "SELECT array_agg(component_id) FROM dossiers_dossiercomponent WHERE dossier_id = %s", (scene.dossier_id,)
    )
    here = set(handed[0] or ()) if handed else set()
    lacking = [paper for paper in version.components if paper.id not in here]
    basis = version.content.legal_bases[0].number if version.content.legal_bases else "Luật chuyên ngành"
    demand = Asked(lacking[0].id) if lacking else Asked(None, "Bản giải trình về chỗ tẩy xóa trên tờ khai", basis)
    waiting.ask_supplement(
        scene.step_id, [demand], reason="Hồ sơ chưa đủ căn cứ để giải quyết.",
        until=localdate(scene.now) + timedelta(days=12), by=scene.officer, at=scene.at, of=scene.dossier_id,
    )  # fmt: skip


def bring_papers(scene: Scene) -> None:
    """Papers asked for, and brought some working hours later: the clock runs again."""
    ask_papers(scene)
    demands = fetch_one(
        "SELECT array_agg(COALESCE(n.component_id, n.id)) FROM intake_demand n "
        "JOIN intake_supplementrequest r ON r.id = n.request_id WHERE r.dossier_id = %s",
        (scene.dossier_id,),
    )
    back = scene.calendar.after(scene.at, LONGEST_SCENE)
    take_supplement(scene.dossier_id, set(demands[0]) if demands else set(), by=scene.receiver, at=back)


def owe_money(scene: Scene) -> None:
    """A tax notice: the clock waits for the receipt."""
    duty = NewDuty(
        what="Lệ phí trước bạ", amount=4_350_000, payee="Thuế cơ sở khu vực", account="",
        legal_basis="Thông báo nộp tiền của cơ quan thuế (hồ sơ trình diễn)",
        due_on=localdate(scene.now) + timedelta(days=20),
    )  # fmt: skip
    waiting.demand_money(scene.step_id, duty, by=scene.officer, at=scene.at, of=scene.dossier_id)


def invite(scene: Scene) -> None:
    """The applicant is asked to come and show the place."""
    waiting.invite(
        scene.step_id, purpose="Cùng xác minh tại chỗ với cán bộ chuyên môn.", place="Trụ sở Ủy ban nhân dân phường",
        until=localdate(scene.now) + timedelta(days=5), by=scene.officer, at=scene.at, of=scene.dossier_id,
    )  # fmt: skip


def ask_police(scene: Scene) -> None:
    """The police of the ward are asked, and have time yet to answer."""
    police = Unit.objects.get(agency_id=scene.officer.agency_id, function=UnitFunction.POLICE, valid_to=None)
    words = "Thửa đất có đang tranh chấp, có đơn thư khiếu nại về trật tự không?"
    _ask(scene, Question(words, _days(8), SilenceRule.REMIND, unit_id=police.pk))


def hear_nothing(scene: Scene) -> None:
    """An agency outside the system is asked and keeps silent past its day."""
    words = "Đề nghị trích lục bản đồ địa chính và cho biết hiện trạng đăng ký của thửa đất."
    outside = "Chi nhánh Văn phòng đăng ký đất đai"
    _ask(scene, Question(words, _days(2), SilenceRule.REMIND, outside_name=outside, sent_how=SentHow.ELECTRONIC))


def _ask(scene: Scene, question: Question) -> None:
    consult(scene.step_id, question, by=scene.officer, at=scene.at, of=scene.dossier_id)


def _days(number: int) -> Amount:
    return Amount(number, ClockUnit.WORKING_DAY)


def withdraw(scene: Scene) -> None:
    """The applicant takes his papers back."""
    wish = Wish(_applicant(scene), "counter", "Gia đình chưa thống nhất, xin rút hồ sơ để nộp lại sau.")
    detours.withdraw(scene.dossier_id, wish=wish, by=scene.receiver, at=scene.at)


def discontinue(scene: Scene) -> None:
    """The applicant asks to stop (form 05)."""
    wish = Wish(_applicant(scene), "letter", "Không còn nhu cầu, đề nghị dừng giải quyết.")
    detours.discontinue(scene.dossier_id, wish=wish, by=scene.receiver, at=scene.at)


def _applicant(scene: Scene) -> str:
    row = fetch_one("SELECT applicant_name FROM dossiers_dossier WHERE id = %s", (scene.dossier_id,))
    return str(row[0]) if row else ""


# Fates that leave the way at the case officer's step, and whether the dossier goes on afterwards.
LEAVES: dict[str, tuple[Callable[[Scene], None], bool]] = {
    "asked": (ask_papers, False),
    "brought": (bring_papers, True),
    "owes": (owe_money, False),
    "invited": (invite, False),
    "asks_police": (ask_police, False),
    "hears_nothing": (hear_nothing, False),
    "withdrawn": (withdraw, False),
    "discontinued": (discontinue, False),
}
