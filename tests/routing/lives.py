"""Dossiers brought to where a detour begins, every detour as one line of a table, and what may have been written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from motcua.catalogue.actions import publish, write_draft
from motcua.catalogue.contents import content_of
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import OfferedVersion, version_by_id
from motcua.catalogue.rules import StepLine
from motcua.core.events import Actor
from motcua.core.models import Event, NumberSeries
from motcua.demo.office import OPENED
from motcua.dossiers.models import ClockEntry, Dossier, DossierComponent
from motcua.dossiers.states import State
from motcua.intake.models import Demand, SupplementRequest
from motcua.intake.supplements import Asked, take_supplement
from motcua.payments.actions import NewDuty
from motcua.payments.models import FinancialDuty
from motcua.people.access import ActingOfficial, account_with_official
from motcua.people.models import Account, Official, Role, RoleGrant, Unit
from motcua.result.actions import Recipient, return_result
from motcua.result.models import Delivery, Result
from motcua.routing import actions
from motcua.routing.actions import detours, waiting
from motcua.routing.actions.detours import Wish
from motcua.routing.models import Step
from tests.cast import BIRTH, HANOI_TIME, LAND, MONDAY, MR_QUANG, Cast, minutes_later, offered, open_step, received

UNTIL = date(2026, 12, 11)
WISH = Wish("Võ Đình Quang", "counter", "Gia đình đổi ý, xin nhận lại giấy tờ")
DUTY = NewDuty("Lệ phí trước bạ", 2_500_000, "Kho bạc Nhà nước khu vực XIII", "Nghị định 10/2022/NĐ-CP")
WHY = "Thửa đất đang có tranh chấp"
LAW = "Luật Đất đai, Điều 137"
TABLES = (Dossier, Step, ClockEntry, SupplementRequest, Demand, FinancialDuty, Result, Delivery, DossierComponent,
          NumberSeries)  # fmt: skip


def on(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    """A moment of the winter of 2026; the stories' Monday is 23 November."""
    return datetime(2026, month, day, hour, minute, tzinfo=HANOI_TIME)


AT_WORK = on(25, 9)
LATER = on(27, 15)  # a Friday afternoon
MUCH_LATER = on(14, 9, month=12)  # the first working day after `UNTIL`


@dataclass(frozen=True)
class Life:
    """A dossier of the story with the people around it."""

    id: UUID
    cast: Cast
    shown: UUID | None = None

    @property
    def step(self) -> UUID:
        """The open step, or the one that a page of before shows."""
        return self.shown or open_step(self.id)[0]

    def as_shown_now(self) -> "Life":
        """As a page opened now will send it later."""
        lasting = Step.objects.filter(dossier_id=self.id, finished_at=None).first()
        return replace(self, shown=lasting.id if lasting else uuid4())

    @property
    def row(self) -> Dossier:
        return Dossier.objects.select_related("agency").get(pk=self.id)

    @property
    def offered(self) -> OfferedVersion:
        return version_by_id(self.row.version_id)

    def lacking(self) -> list[UUID]:
        """Papers of the list that were not handed in."""
        here = set(DossierComponent.objects.filter(dossier_id=self.id).values_list("component_id", flat=True))
        return [paper.id for paper in self.offered.components if paper.id is not None and paper.id not in here]

    def kinds(self) -> list[str]:
        return list(Event.objects.filter(subject_id=self.id).order_by("sequence").values_list("kind", flat=True))

    def last_event(self) -> Event:
        return Event.objects.filter(subject_id=self.id).order_by("-sequence")[0]


def at_officer(cast: Cast, code: str = LAND, *, at: datetime = MONDAY) -> Life:
    """In the case officer's hands since ten minutes after its receipt."""
    dossier_id = received(code, cast, applicant=MR_QUANG, at=at).id
    actions.pass_on(open_step(dossier_id)[0], by=cast.receiver, at=minutes_later(at, 10))
    return Life(dossier_id, cast)


def at_leader(cast: Cast) -> Life:
    life = at_officer(cast, BIRTH)
    actions.pass_on(life.step, by=cast.case_officer, at=minutes_later(MONDAY, 20))
    return life


def at_records(cast: Cast) -> Life:
    """Approved, not stamped yet."""
    life = at_leader(cast)
    actions.approve(life.step, by=cast.leader, at=minutes_later(MONDAY, 30))
    return life


def finished(cast: Cast) -> Life:
    life = at_records(cast)
    actions.pass_on(life.step, by=cast.records_clerk, at=minutes_later(MONDAY, 40))
    return life


def returned(cast: Cast) -> Life:
    life = finished(cast)
    hand_over(life, minutes_later(MONDAY, 50))
    return life


def asked(cast: Cast) -> Life:
    """Waits for a paper of the list and for one outside of it."""
    life = at_officer(cast)
    ask(life, cast.case_officer, AT_WORK)
    return life


def invited(cast: Cast) -> Life:
    life = at_officer(cast)
    call_in(life, cast.case_officer, AT_WORK)
    return life


def hand_over(life: Life, at: datetime) -> None:
    recipient = Recipient("Võ Đình Quang", "000075004321", "counter", True)
    return_result(life.id, recipient=recipient, by=life.cast.receiver, at=at)


def ask(life: Life, by: ActingOfficial, at: datetime) -> int:
    demands = [Asked(life.lacking()[0]), Asked(None, "Bản giải trình về ranh giới", LAW)]
    return waiting.ask_supplement(life.step, demands, reason="Chưa đủ căn cứ", until=UNTIL, by=by, at=at, of=life.id)


def call_in(life: Life, by: ActingOfficial, at: datetime) -> None:
    waiting.invite(life.step, purpose="Xác minh ranh giới", place="Thửa đất", until=UNTIL, by=by, at=at, of=life.id)


def bring(life: Life, by: ActingOfficial, at: datetime) -> None:
    wanted = Demand.objects.filter(request__dossier_id=life.id)
    take_supplement(life.id, {demand.component_id or demand.id for demand in wanted}, by=by, at=at)


def colleague(of: ActingOfficial, role: Role, unit_id: UUID | None = None, name: str = "Ngô Thị Tư") -> ActingOfficial:
    """Somebody else with this role in that unit."""
    account = Account.objects.create_account(username=f"ban-{uuid4().hex[:8]}", password="mot-cua-thu-hai")
    unit = Unit.objects.get(pk=unit_id or of.unit_id)
    official = Official.objects.create(account=account, unit=unit, full_name=name, valid_from=OPENED)
    RoleGrant.objects.create(official=official, role=role, unit=unit, valid_from=OPENED)
    return acting(official)


def acting(official: Official, at: datetime = MONDAY) -> ActingOfficial:
    found = account_with_official(official.account_id, at.date(), at)
    assert found is not None
    assert found[1] is not None
    return found[1]


def unit(cast: Cast, function: str) -> UUID:
    return Unit.objects.get(agency_id=cast.leader.agency_id, function=function).id


@dataclass(frozen=True)
class Way:
    """One detour: the life it begins from, who may do it, when, how, and with which parts left out it is refused."""

    name: str
    begins: Callable[[Cast], Life]
    doer: str
    at: datetime
    do: Callable[..., Any]
    after: State

    def by(self, cast: Cast) -> ActingOfficial:
        found = getattr(cast, self.doer)
        assert isinstance(found, ActingOfficial)
        return found


def _money(life: Life, by: ActingOfficial, at: datetime) -> Any:
    return waiting.demand_money(life.step, DUTY, by=by, at=at, of=life.id)


def _attended(life: Life, by: ActingOfficial, at: datetime) -> None:
    waiting.attended(life.id, words="Đã cùng đo lại ranh giới", by=by, at=at)


def _forward(life: Life, by: ActingOfficial, at: datetime) -> None:
    detours.forward(life.step, to="justice", reason="Việc của tư pháp", by=by, at=at, of=life.id)


def _reject(life: Life, by: ActingOfficial, at: datetime) -> None:
    detours.reject(life.step, reason=WHY, legal_basis=LAW, by=by, at=at, of=life.id)


def _with_successor(cast: Cast) -> Life:
    """In the case officer's hands, with somebody beside him who does the same work."""
    life = at_officer(cast)
    colleague(cast.case_officer, Role.CASE_OFFICER, Step.objects.get(pk=life.step).unit_id, "Người Nhận Thay")
    return life


def _reassign(life: Life, by: ActingOfficial, at: datetime) -> None:
    to = Official.objects.filter(full_name="Người Nhận Thay").order_by("pk")[0].id
    detours.reassign(life.step, to=to, reason="Người cũ quá tải", by=by, at=at, of=life.id)


def _withdraw(life: Life, by: ActingOfficial, at: datetime) -> None:
    detours.withdraw(life.id, wish=WISH, by=by, at=at)


def _discontinue(life: Life, by: ActingOfficial, at: datetime) -> None:
    detours.discontinue(life.id, wish=WISH, by=by, at=at)


def _unanswered(life: Life, by: ActingOfficial, at: datetime) -> None:
    detours.discontinue_unanswered(life.id, by=by, at=at)


def _reopen(life: Life, by: ActingOfficial, at: datetime) -> None:
    detours.reopen(life.id, reason="Sai ngày sinh của mẹ", by=by, at=at)


WAYS = (
    Way("ask", at_officer, "case_officer", AT_WORK, ask, State.SUPPLEMENT_ASKED),
    Way("bring", asked, "receiver", LATER, bring, State.PROCESSING),
    Way("money", at_officer, "case_officer", AT_WORK, _money, State.PAYMENT_ASKED),
    Way("invite", at_officer, "case_officer", AT_WORK, call_in, State.SUPPLEMENT_ASKED),
    Way("attended", invited, "receiver", LATER, _attended, State.PROCESSING),
    Way("forward", at_officer, "case_officer", AT_WORK, _forward, State.PROCESSING),
    Way("reject", at_leader, "leader", AT_WORK, _reject, State.FINISHED),
    Way("reassign", _with_successor, "leader", AT_WORK, _reassign, State.PROCESSING),
    Way("withdraw", at_officer, "receiver", AT_WORK, _withdraw, State.WITHDRAWN),
    Way("discontinue", at_officer, "receiver", AT_WORK, _discontinue, State.DISCONTINUED),
    Way("unanswered", asked, "receiver", MUCH_LATER, _unanswered, State.DISCONTINUED),
    Way("reopen", returned, "leader", AT_WORK, _reopen, State.PROCESSING),
)


def written() -> dict[str, Any]:
    """Everything a detour may write; equal before and after when nothing was. Who looked is written by itself."""
    rows = {table.__name__: list(table.objects.order_by("pk").values()) for table in TABLES}
    return rows | {"Event": Event.objects.exclude(kind__endswith=".viewed").count()}


def side_by_side(cast: Cast) -> Life:
    """A land dossier whose second stage is done at once in two units: land and justice."""
    route = (
        StepLine("Tiếp nhận", "receiver", "one_stop", 10),
        StepLine("Đo đạc", "case_officer", "land", 60),
        StepLine("Xác minh nhân thân", "case_officer", "justice", 40, parallel=True),
        StepLine("Ký", "approver", "leaders", 20),
        StepLine("Đóng dấu", "records_clerk", "records", 10),
        StepLine("Trả kết quả", "receiver", "one_stop", 0),
    )
    publish_changed(cast, route=route)
    return at_officer(cast)


def publish_changed(cast: Cast, **changes: Any) -> None:
    """The land procedure as it is, but for these parts, in force since Friday."""
    version = ProcedureVersion.objects.get(pk=offered(LAND, cast.receiver).version_id)
    by, then = Actor(None, "test"), on(20, 8)
    content = replace(content_of(version), **changes)
    if content != content_of(version):
        draft = write_draft(version.procedure, content, origin="office", valid_from=then.date(), by=by, at=then)
        publish(draft, by=by, at=then)
