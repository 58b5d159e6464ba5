"""The agencies beside the demo ward that bundles end at: its police, and the social insurance, with their people."""

from dataclasses import dataclass
from uuid import uuid4

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.catalogue.rules import papers_for
from motcua.core.events import Actor
from motcua.demo.office import OPENED, PASSWORD
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.intake.actions import Filing, handed_in
from motcua.people.access import ActingOfficial, account_with_official
from motcua.people.actions import PartyFacts, appoint, give_code, grant_role, open_agency, open_unit
from motcua.people.models import Account, Agency, AgencyKind, AgencyLevel, CodeScheme, Role, UnitFunction
from motcua.routing import actions
from motcua.routing.bundles.definitions import ProcedureBundle, bundle_in_force
from motcua.routing.bundles.models import Bundle
from motcua.routing.bundles.papers import merged
from motcua.routing.bundles.receiving import offers_of, receive_bundle
from tests.cast import MONDAY, MRS_LAN, Cast, minutes_later, open_step

RESIDENCE, CARD = "1.004222", "1.014137"
MACHINE = Actor(None, "test")


@dataclass(frozen=True)
class Beside:
    """One agency beside the ward, with somebody at its desk, somebody who works and somebody who decides."""

    agency: Agency
    receiver: ActingOfficial
    case_officer: ActingOfficial
    approver: ActingOfficial

    def hand(self, role: str) -> ActingOfficial:
        return {"receiver": self.receiver, "case_officer": self.case_officer, "approver": self.approver}[role]


def acting(username: str) -> ActingOfficial:
    found = account_with_official(Account.objects.get(username=username).id, MONDAY.date())
    assert found is not None
    assert found[1] is not None
    return found[1]


def beside(ward: Agency, *, police: bool, code: str, posts: tuple[str, ...]) -> Beside:
    """Build one: the police of the ward under it, or the social insurance under its province."""
    kind, level, parent, name = (
        (AgencyKind.POLICE, AgencyLevel.COMMUNE, ward, "Công an Phường Tân Thạnh")
        if police
        else (AgencyKind.DEPARTMENT, AgencyLevel.PROVINCE, ward.parent, "Bảo hiểm xã hội cơ sở Tân Thạnh")
    )
    agency = open_agency(
        name=name, short_name=name, kind=kind, level=level, valid_from=OPENED, by=MACHINE, at=MONDAY, parent=parent
    )
    give_code(agency=agency, scheme=CodeScheme.DECISION_20_2020, code=code, valid_from=OPENED, by=MACHINE, at=MONDAY)
    working = UnitFunction.POLICE if police else UnitFunction.SOCIAL
    deciding = UnitFunction.POLICE if police else UnitFunction.LEADERS
    units = {
        function: open_unit(
            agency=agency, name=str(function.label), function=function, valid_from=OPENED, by=MACHINE, at=MONDAY
        )
        for function in {UnitFunction.ONE_STOP, working, deciding}
    }
    people = []
    for role, function in (
        (Role.RECEIVER, UnitFunction.ONE_STOP), (Role.CASE_OFFICER, working), (Role.APPROVER, deciding)
    ):  # fmt: skip
        username = f"{role}-{uuid4().hex[:6]}"
        official = appoint(
            username=username, password=PASSWORD, full_name=f"{name} {role}", title="", unit=units[function],
            valid_from=OPENED, by=MACHINE, at=MONDAY, is_demo=True,
        )  # fmt: skip
        grant_role(official=official, role=role, unit=units[function], valid_from=OPENED, by=MACHINE, at=MONDAY)
        people.append(acting(username))
    post_all(Procedure.objects.filter(national_code__in=posts), agency, by=MACHINE, valid_from=OPENED)
    return Beside(agency, *people)


def bundle_of(code: str) -> ProcedureBundle:
    return bundle_in_force(code, MONDAY.date())


def bundle_filing(
    definition: ProcedureBundle, by: ActingOfficial, applicant: PartyFacts = MRS_LAN, **changes
) -> Filing:
    """A complete filing of the bundle: every paper that somebody must always bring."""
    offered = merged(definition, offers_of(definition, desk_agency=by.agency_id, at=MONDAY))
    papers = tuple(handed_in(line, line.id) for line in papers_for(offered.components) if line.id is not None)
    values = {"submission_id": uuid4(), "channel": "counter", "applicant": applicant, "papers": papers}
    return Filing(**(values | changes))


def filed(definition: ProcedureBundle, by: ActingOfficial, **changes) -> Bundle:
    bundle, is_new = receive_bundle(bundle_filing(definition, by, **changes), definition=definition, by=by, at=MONDAY)
    assert is_new
    return bundle


def settle(dossier_id, hand, at=MONDAY):
    """Every hand does its step until the dossier is finished; a quarter of an hour each."""
    while Dossier.objects.get(pk=dossier_id).state != State.FINISHED:
        at = minutes_later(at, 15)
        step, role, _unit = open_step(dossier_id)
        (actions.approve if role == "approver" else actions.pass_on)(step, by=hand(role), at=at)
    return at


def ward_hand(cast: Cast):
    return lambda role: {
        "receiver": cast.receiver, "case_officer": cast.case_officer, "approver": cast.leader,
        "records_clerk": cast.records_clerk,
    }[role]  # fmt: skip
