"""Every address, asked for by everybody: who gets the page, who is sent to log in, who is told no."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
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
from motcua.worktime.queries import calendar_for
from tests.architecture.test_addresses import addresses, is_library
from tests.cast import BIRTH, MRS_LAN, Cast, filing, offered, the_cast

NOBODY, IDLE_HANDS, PLAIN_ACCOUNT, NEIGHBOUR = "nobody", "idle-hands", "plain-account", "neighbour"
DEMO = tuple(post.username for post in POSTS)
EVERYBODY = (NOBODY, *DEMO, IDLE_HANDS, PLAIN_ACCOUNT, NEIGHBOUR)
MOVES = {"take-step", "release-step", "pass-on-step", "approve-step", "send-back-step"}
POST_ONLY = MOVES | {"calendar-unmark"}
ABSENT = "H17.21-200101-9999"


@dataclass(frozen=True)
class Town:
    """The demo ward with one dossier, and a second ward whose official holds every role there."""

    dossier: Dossier
    version: UUID
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
        roles = {post.username: frozenset(str(role) for role, _unit in post.duties) for post in POSTS}
        yield Town(
            dossier=Dossier.objects.get(pk=opened.id),
            version=ProcedureVersion.objects.filter(state="published").order_by("pk").values_list("pk", flat=True)[0],
            roles=roles | {IDLE_HANDS: frozenset(), NEIGHBOUR: frozenset(Role.values)},
            clients={NOBODY: Client()} | {name: logged_in(name) for name in EVERYBODY if name != NOBODY},
        )
        transaction.set_rollback(True)


def concrete(route: str, town: Town) -> str:
    """An address of this route that exists: the ward's own dossier, the birth registration, a published version."""
    dossier = route.startswith(("dossiers/", "tracking/", "api/v1/dossiers/"))
    samples = {
        "<str:code>": town.dossier.code if dossier else BIRTH,
        "<code>": town.dossier.code if dossier else BIRTH,
        "<str:token>": town.dossier.tracking_token,
        "<uuid:version_id>": str(town.version),
        "<path:rest>": "nothing-here",
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
        return "log in" if who == NOBODY else "opens"
    if access.public:
        return "opens"
    if who == NOBODY:
        return "log in"
    if who == PLAIN_ACCOUNT or (access.roles and town.roles[who].isdisjoint(access.roles)):
        return "refused"
    if name in POST_ONLY:
        return "no such method"
    if who == NEIGHBOUR and "dossier" in _kind(name):
        return "not found"
    return "opens"


def _kind(name: str) -> str:
    return "dossier" if name in {"dossier", "dossier-reasons", "receipt", "return-result"} else ""


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    status = answer.status_code
    if status == HTTPStatus.FOUND:
        return "log in" if answer["Location"].startswith(reverse("account_login")) else "opens"
    if (
        address.startswith("/api/v1/")
        and status not in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
        and status < 500
    ):
        return "opens"  # What the API makes of a bare address is its own tests' matter.
    words = {
        HTTPStatus.OK: "opens",
        HTTPStatus.FORBIDDEN: "refused",
        HTTPStatus.NOT_FOUND: "not found",
        HTTPStatus.METHOD_NOT_ALLOWED: "no such method",
    }
    return words.get(HTTPStatus(status), str(status))


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_address_opens_only_to_whom_it_says(who: str, town: Town, db: None):
    pages = own_pages(town)
    assert len(pages) > 30
    wrong = {
        address: f"{what}, expected {expected}"
        for name, address, access in pages
        if (what := seen(town.clients[who], address)) != (expected := outcome(who, name, access, town))
    }
    assert not wrong, wrong


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_refusal_gives_nothing_away(who: str, town: Town, db: None):
    """Whoever is not let in learns neither the applicant nor that the dossier is there."""
    for name, address, access in own_pages(town):
        if outcome(who, name, access, town) in {"refused", "not found", "log in"}:
            answer = town.clients[who].get(address)
            assert MRS_LAN.full_name not in answer.text, (who, address)
            assert MRS_LAN.personal_id not in answer.text, (who, address)


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_page_of_a_library_breaks(who: str, town: Town, db: None):
    """allauth's pages guard themselves; here only: nobody gets a fault, and sign-up stays closed."""
    for route, view in addresses():
        if is_library(view):
            address = "/" + re.sub(r"\(\?P<\w+>[^)]*\)", "a", route.replace("^", "").replace("$", ""))
            if address == reverse("account_logout"):
                continue
            assert town.clients[who].get(address).status_code < 500, (who, address)


def test_sign_up_is_closed(town: Town, db: None):
    before = Account.objects.count()
    fields = {"username": "nguoi-la", "password1": "mat-khau-dai-qua", "password2": "mat-khau-dai-qua"}
    Client().post(reverse("account_signup"), fields)
    assert Account.objects.count() == before


@pytest.mark.parametrize("name", ["dossier", "dossier-reasons", "receipt", "return-result"])
def test_a_foreign_dossier_looks_exactly_like_a_missing_one(name: str, town: Town, db: None):
    client = town.clients[NEIGHBOUR]
    foreign = client.get(reverse(name, args=(town.dossier.code,)))
    missing = client.get(reverse(name, args=(ABSENT,)))
    assert foreign.status_code == missing.status_code == HTTPStatus.NOT_FOUND
    assert plain(foreign.text, town.dossier.code) == plain(missing.text, ABSENT)


@pytest.mark.parametrize("name", sorted(MOVES))
def test_a_foreign_dossier_cannot_be_moved(name: str, town: Town, db: None):
    step = town.dossier.steps.get(finished_at=None)
    fields = {"step": str(step.pk), "reason": "Trả lại", "note": ""}
    answers = [
        town.clients[NEIGHBOUR].post(reverse(name, args=(code,)), fields) for code in (town.dossier.code, ABSENT)
    ]
    assert [answer.status_code for answer in answers] == [HTTPStatus.NOT_FOUND] * 2
    assert plain(answers[0].text, town.dossier.code) == plain(answers[1].text, ABSENT)
    assert town.dossier.steps.get(finished_at=None).pk == step.pk


def plain(text: str, code: str) -> str:
    """A page without what differs on every request: its id, the clock, the token, the code asked for."""
    text = re.sub(r"\b[0-9a-f]{32}\b|[0-9a-f-]{36}", "·", text.replace(code, "·"))
    text = re.sub(r'(csrfmiddlewaretoken" value|csrf-token" content)="\w+"', "·", text)
    return re.sub(r"\d\d:\d\d", "·", text)


def test_a_move_is_never_made_by_a_link(town: Town, db: None):
    """GET on what changes something is refused, and nothing moves."""
    before = list(town.dossier.steps.values_list("pk", "official_id", "finished_at"))
    for name in MOVES:
        for who in EVERYBODY:
            town.clients[who].get(reverse(name, args=(town.dossier.code,)))
    assert list(town.dossier.steps.values_list("pk", "official_id", "finished_at")) == before


def test_no_post_without_the_page_s_own_token(town: Town, db: None):
    client = logged_in("tiepnhan", enforce_csrf_checks=True)
    for name, address, _access in own_pages(town):
        answer = client.post(address, {"step": "x"})
        if address.startswith("/api/"):
            assert answer.status_code in {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
        else:
            assert answer.status_code == HTTPStatus.FORBIDDEN, (name, address)


def test_log_in_needs_the_token_too(town: Town, db: None):
    answer = Client(enforce_csrf_checks=True).post(
        reverse("account_login"), {"login": "tiepnhan", "password": PASSWORD}
    )
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_with_the_token_the_same_form_is_taken(town: Town, db: None):
    client = logged_in("tiepnhan", enforce_csrf_checks=True)
    page = client.get(reverse("find-dossier"))
    token = re.search(r'name="csrf-token" content="(\w+)"', page.text)
    assert token is not None
    fields = {"q": town.dossier.code, "csrfmiddlewaretoken": token[1]}
    answer = client.post(reverse("find-dossier"), fields)
    assert answer.status_code == HTTPStatus.OK
    assert MRS_LAN.full_name in answer.text


@pytest.mark.parametrize("who", DEMO)
def test_an_office_in_production_asks_for_the_second_factor(who: str, town: Town, db: None, settings):
    settings.MOTCUA_SECOND_FACTOR = True
    client = logged_in(who)
    for name, address, access in own_pages(town):
        if access.public:
            continue
        answer = client.get(address)
        assert answer.status_code == HTTPStatus.FOUND, (name, address)
        assert answer["Location"].startswith(reverse("mfa_activate_totp")), (name, address)
    assert client.get(reverse("mfa_activate_totp")).status_code in {HTTPStatus.OK, HTTPStatus.FOUND}


def test_with_the_second_factor_set_up_the_code_is_asked_and_opens(town: Town, db: None, settings):
    settings.MOTCUA_SECOND_FACTOR = True
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(Account.objects.get(username="lanhdao"), secret)
    client = Client()
    first = client.post(reverse("account_login"), {"login": "lanhdao", "password": PASSWORD})
    assert first["Location"].startswith(reverse("mfa_authenticate"))
    assert seen(client, reverse("worklist")) == "log in"

    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == HTTPStatus.OK
    assert seen(client, reverse("worklist")) == "log in"

    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(reverse("worklist")).status_code == HTTPStatus.OK
    assert Authenticator.objects.filter(user__username="lanhdao").count() == 1


def test_a_session_left_alone_ends(town: Town, db: None, settings):
    client = logged_in("tiepnhan")
    assert client.get(reverse("worklist")).status_code == HTTPStatus.OK
    del client.cookies[settings.MOTCUA_SEEN_COOKIE]
    assert seen(client, reverse("worklist")) == "log in"


def test_an_account_shut_by_the_administrator_is_out_at_once(town: Town, db: None):
    client = logged_in("tiepnhan")
    Account.objects.filter(username="tiepnhan").update(is_active=False)
    assert seen(client, reverse("worklist")) == "log in"


def test_a_role_that_ended_yesterday_opens_nothing(town: Town, db: None):
    client = logged_in("tiepnhan")
    RoleGrant.objects.filter(official__account__username="tiepnhan").update(
        valid_to=timezone.localdate() - timedelta(days=1)
    )
    assert client.get(reverse("choose-procedure")).status_code == HTTPStatus.FORBIDDEN
