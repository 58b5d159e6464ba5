"""A town for the doors: the demo ward with one dossier, a neighbour ward, and everybody logged in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.core.access import Access, access_of
from motcua.core.events import Actor
from motcua.demo.office import OPENED, PASSWORD, POSTS, build_office
from motcua.dossiers.models import Dossier
from motcua.intake.actions import receive
from motcua.intake.models import Submission
from motcua.intake.submissions import WantedPaper, ask_papers, refuse, submit
from motcua.payments.models import FinancialDuty
from motcua.people.citizens.models import Citizen
from motcua.people.models import (
    Account,
    Agency,
    AgencyCode,
    AgencyLevel,
    CodeScheme,
    Official,
    Role,
    RoleGrant,
    Unit,
    UnitFunction,
)
from motcua.routing.models import Apology
from motcua.worktime.queries import calendar_for
from tests.architecture.test_addresses import addresses
from tests.cast import BIRTH, MRS_LAN, Cast, filing, offered, the_cast
from tests.people.town_bookings import BOOKINGS_OF_ONE_AGENCY, BOOKINGS_POSTED, PLANS_POSTED, booking_rows
from tests.people.town_certificates import CERTIFICATES_OF_ONE_AGENCY, certificate_rows
from tests.people.town_money import MONEY_OF_ONE_AGENCY, POSTED_MONEY, money_rows
from tests.people.town_queue import queue_rows
from tests.people.town_ratings import POSTED_RATINGS, RATINGS_OF_ONE_AGENCY, rating_rows
from tests.people.town_receptions import POSTED_RECEPTIONS, RECEPTIONS_OF_ONE_AGENCY, reception_rows
from tests.people.town_reform import REFORM_OF_ONE_AGENCY, REFORM_POSTED, reform_rows
from tests.people.town_rows import OF_ONE_AGENCY, ONLY_POSTED, papers_of_the_way, question_about, rows_of
from tests.people.town_tickets import TICKETS_OF_ONE_AGENCY, TICKETS_POSTED, ticket_rows

NOBODY, IDLE_HANDS, PLAIN_ACCOUNT, NEIGHBOUR = "nobody", "idle-hands", "plain-account", "neighbour"
CITIZEN = "citizen"
DEMO = tuple(post.username for post in POSTS)
EVERYBODY = (NOBODY, *DEMO, IDLE_HANDS, PLAIN_ACCOUNT, NEIGHBOUR, CITIZEN)
MOVES = {"take-step", "release-step", "pass-on-step", "approve-step", "send-back-step"}
POSTED_HERE = {"calendar-preview", "catalogue-draft", "draft-apology", "counter-act"}
POST_ONLY = MOVES | POSTED_MONEY | POSTED_RATINGS | POSTED_HERE | PLANS_POSTED | POSTED_RECEPTIONS | REFORM_POSTED
# Open to anybody, but only ever sent.
PUBLIC_POSTED = TICKETS_POSTED | BOOKINGS_POSTED | {
                 "told-by-bank", "look", "kiosk-wipe", "citizen-log-out", "openid_connect_login", "upload", "uploads",
                 "drop-draft", "forget-guest", "own-result", "screen-answer"}  # fmt: skip
# One's own, or not there; and papers of a filing that has none.
DRAFTS = {"draft", "draft-page", "draft-papers", "draft-check", "draft-done"}
# A made-up key opens nothing, and what is paid has no code to pay by.
NOT_THERE = DRAFTS | {"paper", "draft-acknowledgement", "download-result", "send-supplement", "open-guest", "pay-qr"}
NO_PAPERS = {"replaced-paper", "older-paper", "submission-paper", "dossier-paper", "result-paper", "draft-screen"}
# Pages of one dossier or one filing: another ward's official does not find them.
ONE_WARDS_OWN = MONEY_OF_ONE_AGENCY | RATINGS_OF_ONE_AGENCY | TICKETS_OF_ONE_AGENCY | BOOKINGS_OF_ONE_AGENCY | {
    *REFORM_OF_ONE_AGENCY, *CERTIFICATES_OF_ONE_AGENCY, *RECEPTIONS_OF_ONE_AGENCY,
    "arrange-hall", "certified",
    "dossier", "dossier-reasons", "detour", "receipt", "return-result",
    "submission", "submission-refusal", "submission-supplement-request",
    "settle-duty", "cancel-duty", "money-notice", "apology", "apology-letter", "late-exception",
}  # fmt: skip
ABSENT = "H17.21-200101-9999"
ABSENT_ID = "01900000-0000-7000-8000-000000000000"


@dataclass(frozen=True)
class Town:
    """The demo ward with one dossier, and a second ward whose official holds every role there."""

    dossier: Dossier
    submission: Submission
    duty: FinancialDuty
    apology: Apology
    version: UUID
    rows: dict[str, str]
    roles: dict[str, frozenset[str]]
    clients: dict[str, Client]


def open_moment():
    """The last minute of office hours, so that the story does not depend on when the test runs."""
    at, calendar = timezone.now(), calendar_for("VN")
    while not calendar.is_working(at):
        at -= timedelta(minutes=30)
    return at


def neighbour_ward() -> Official:
    agency = Agency.objects.create(
        name="Ủy ban nhân dân Phường Bên Cạnh", short_name="Phường Bên Cạnh", kind="peoples_committee",
        level=AgencyLevel.COMMUNE, valid_from=OPENED,
    )  # fmt: skip
    AgencyCode.objects.create(agency=agency, scheme=CodeScheme.DECISION_20_2020, code="H17.22", valid_from=OPENED)
    units = [
        Unit.objects.create(agency=agency, name=function.label, function=function, valid_from=OPENED)
        for function in UnitFunction
    ]
    return official(NEIGHBOUR, units[0], *((role, unit) for role in Role for unit in units))


def official(username: str, unit: Unit, *duties: tuple[Role, Unit]) -> Official:
    account = Account.objects.create_account(username=username, password=PASSWORD, is_demo=True)
    person = Official.objects.create(account=account, unit=unit, full_name=username, title="", valid_from=OPENED)
    RoleGrant.objects.bulk_create(
        RoleGrant(official=person, role=role, unit=where, valid_from=OPENED) for role, where in duties
    )
    return person


def citizen_logged_in() -> Client:
    """A citizen who proved his phone, at his browser."""
    account = Account.objects.create_account(username="citizen-town", password=PASSWORD)
    Citizen.objects.create(
        account=account, level="contact", full_name="Phạm Văn Dân", phone="0905000111",
        verified_phone_at=timezone.now(), created_at=timezone.now(),
    )  # fmt: skip
    client = Client()
    answer = client.post(reverse("citizen-log-in"), {"contact": "0905000111", "password": PASSWORD})
    assert answer.status_code == HTTPStatus.FOUND
    return client


def logged_in(username: str, **options) -> Client:
    client = Client(**options)
    page = client.get(reverse("account_login"))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token is not None
    answer = client.post(
        reverse("account_login"), {"login": username, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    )
    assert answer.status_code == HTTPStatus.FOUND, (username, answer.status_code)
    return client


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker) -> Iterator[Town]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_calendar")
        call_command("import_catalogue", quiet=True)
        ward = build_office()
        published = Procedure.objects.filter(versions__state="published").distinct()
        post_all(published, ward, by=Actor(None, "test"), valid_from=OPENED)
        neighbour = neighbour_ward()
        post_all(published, neighbour.unit.agency, by=Actor(None, "test"), valid_from=OPENED)
        official(IDLE_HANDS, Unit.objects.get(agency=ward, function=UnitFunction.ONE_STOP))
        Account.objects.create_account(username=PLAIN_ACCOUNT, password=PASSWORD, is_demo=True)
        cast: Cast = the_cast()
        opened, _new = receive(
            filing(BIRTH, MRS_LAN, cast.receiver),
            offered=offered(BIRTH, cast.receiver),
            by=cast.receiver,
            at=open_moment(),
        )
        papers_of_the_way(opened.id, cast, open_moment())
        roles = {post.username: frozenset(str(role) for role, _unit in post.duties) for post in POSTS}
        yield Town(
            dossier=Dossier.objects.get(pk=opened.id),
            submission=refused_letter(cast),
            duty=owed_sum(opened.id, cast),
            apology=signed_letter(opened.id, cast),
            rows=ticket_rows(ward, timezone.now())
            | rows_of(ward)
            | queue_rows(ward)
            | booking_rows(ward, timezone.now())
            | question_about(opened.id)
            | money_rows(cast)
            | reform_rows(cast)
            | certificate_rows(ward)
            | rating_rows(opened.id, open_moment())
            | reception_rows(ward, cast, timezone.now()),
            version=ProcedureVersion.objects.filter(state="published").order_by("pk").values_list("pk", flat=True)[0],
            roles=roles | {IDLE_HANDS: frozenset(), NEIGHBOUR: frozenset(Role.values)},
            clients={name: logged_in(name) for name in EVERYBODY if name not in (NOBODY, CITIZEN)}
            | {NOBODY: Client(), CITIZEN: citizen_logged_in()},
        )
        transaction.set_rollback(True)


def refused_letter(cast: Cast) -> Submission:
    """A filing by post that was asked for papers and then refused, so that both forms are there to print."""
    by, at, offer = cast.receiver, open_moment(), offered(BIRTH, cast.receiver)
    letter = filing(BIRTH, MRS_LAN, by, channel="post", papers=())
    sent = submit(letter, offered=offer, desk=by, by=by.actor, at=at, registered_by=by.id)
    component = next(line.id for line in offer.components if line.id is not None)
    ask_papers(sent.id, [WantedPaper(component, "")], reason="Thiếu giấy tờ", by=by, at=at)
    refuse(sent.id, reason="Không thuộc thẩm quyền", legal_basis="Luật Hộ tịch", by=by, at=at)
    return Submission.objects.get(pk=sent.id)


def owed_sum(dossier_id: UUID, cast: Cast) -> FinancialDuty:
    """A sum that the dossier waits for."""
    return FinancialDuty.objects.create(
        dossier_id=dossier_id, what="Lệ phí trước bạ", amount=2_500_000, payee="Kho bạc Nhà nước khu vực XIII",
        legal_basis="Nghị định 10/2022/NĐ-CP", asked_at=open_moment(), asked_by_id=cast.case_officer.id,
    )  # fmt: skip


def signed_letter(dossier_id: UUID, cast: Cast) -> Apology:
    """A letter of apology for the dossier, signed by the leader."""
    dossier, at = Dossier.objects.get(pk=dossier_id), open_moment()
    return Apology.objects.create(
        agency_id=dossier.agency_id, dossier=dossier, ordinal=1, unit_id=cast.leader.unit_id, step_name="Ký",
        reason_code="own_error", reason="Ghi sai số thửa.", delay_number=1, delay_unit="working_day",
        promised_at=dossier.due_at, new_due_at=dossier.due_at + timedelta(days=3), drafted_at=at, year=at.year,
        number=1, signed_at=at, signed_by_id=cast.leader.id,
    )  # fmt: skip


def concrete(route: str, town: Town) -> str:
    """An address of this route that exists: the ward's own dossier, the birth registration, a published version."""
    dossier = route.startswith(("dossiers/", "tracking/", "api/v1/dossiers/"))
    samples = {
        "<str:code>": town.dossier.code if dossier else BIRTH,
        "<str:office_code>": "H17.21",
        "<code>": town.dossier.code if dossier else BIRTH,
        "<str:token>": town.dossier.tracking_token,
        "<str:slug>": "withdraw",
        "<slug:name>.<slug:shape>": "procedures-v1.csv",
        "<slug:report>.<slug:shape>": "ii06a.csv",
        "<slug:shape>": "csv",
        "<report>": "ii06a",
        "<uuid:version_id>": str(town.version),
        "<path:rest>": "nothing-here",
        "<event_id>": str(town.dossier.pk),
        "<uuid:paper_id>": ABSENT_ID,
        "<uuid:upload_id>": ABSENT_ID,
        "<uuid:draft_id>": ABSENT_ID,
        "<uuid:use_id>": ABSENT_ID,
        "<uuid:copy_id>": ABSENT_ID,
        "<uuid:submission_id>": ABSENT_ID,
        "<int:number>": "1",
        "<str:key>": "nobodys-key",
        "<slug:provider_id>": "identity",
        "<slug:what>": "next",
        **town.rows,
        "<str:number>": town.submission.number,
        "<uuid:duty_id>": str(town.duty.pk),
        "<uuid:apology_id>": str(town.apology.pk),
    }
    for mark, value in samples.items():
        route = route.replace(mark, value)
    assert "<" not in route, f"no sample for {route}"
    return f"/{route}"


def own_pages(town: Town) -> list[tuple[str, str, Access]]:
    """(name, address, access) of every page of ours."""
    found = []
    for route, view in addresses():
        access = access_of(view)
        if access is not None:
            address = concrete(route, town)
            found.append((resolve(address).url_name or "", address, access))
    return found


def outcome(who: str, name: str, access: Access, town: Town) -> str:
    """What the door and the page must do, worked out from what the view said of itself."""
    if name.startswith("account_"):
        return "not found"  # addresses of the log-in library that this office does not offer
    if name == "mfa_activate_totp":
        return {NOBODY: "log in", CITIZEN: "not found"}.get(who, "opens")
    if name in NOT_THERE:
        return "log in" if who == NOBODY and name in DRAFTS else "not found"
    if name == "openid_connect_callback":
        return "not found"  # no provider is named here
    if access.public:
        return "no such method" if name in PUBLIC_POSTED else "opens"
    if who == NOBODY:
        return "log in"
    if access.citizens != (who == CITIZEN):
        return "refused"
    if access.citizens:
        return "no such method" if name in POST_ONLY | ONLY_POSTED else "opens"
    if who == PLAIN_ACCOUNT or (access.roles and town.roles[who].isdisjoint(access.roles)):
        return "refused"
    if name in POST_ONLY | ONLY_POSTED:
        return "no such method"
    if name in NO_PAPERS or (who == NEIGHBOUR and name in ONE_WARDS_OWN | OF_ONE_AGENCY):
        return "not found"
    return "opens"


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    status = answer.status_code
    if status == HTTPStatus.FOUND:
        doors = (reverse("account_login"), f"{reverse('citizen-log-in')}?next=")
        return "log in" if answer["Location"].startswith(doors) else "opens"
    if (
        address.startswith("/api/v1/")
        and status not in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
        and status < 500
    ):
        return "opens"  # What the API makes of a bare address is its own tests' matter.
    words = {
        HTTPStatus.OK: "opens",
        HTTPStatus.UNAUTHORIZED: "log in",
        HTTPStatus.FORBIDDEN: "refused",
        HTTPStatus.NOT_FOUND: "not found",
        HTTPStatus.METHOD_NOT_ALLOWED: "no such method",
        HTTPStatus.SEE_OTHER: "no such method",  # back to the page that it is sent from
    }
    return words.get(HTTPStatus(status), str(status))
