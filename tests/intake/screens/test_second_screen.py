"""The citizen at the counter sees on a screen of her own what is typed for her, and says whether it is right."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.core.ids import uuid7
from motcua.core.models import Event
from motcua.dossiers.models import Dossier
from motcua.intake.models import Draft, SecondScreen, Submission
from motcua.intake.screens.showing import DESK_AWAY
from motcua.intake.screens.views import TRIES
from tests.cast import BIRTH
from tests.intake.online.steps import filled, right_answers, typed
from tests.intake.online.test_assisting import CARD, helped

SCREEN, NOW, ANSWER = "/screen/", "/screen/now/", "/screen/answer/"
NAME = "Nguyễn Thị Lan"


def code_of(desk: Client) -> str:
    desk.post(reverse("desk-screen"), {"open": ""})
    code: str = desk.get(reverse("desk-screen")).context["code"]
    return code


@pytest.fixture
def screen(desk: Client) -> Client:
    """A screen that was paired with the desk a moment ago."""
    device = Client()
    assert device.post(SCREEN, {"code": code_of(desk)})["Location"] == SCREEN
    return device


@pytest.fixture
def shown(desk: Client, screen: Client) -> Draft:
    """Mrs Lan's card was read and the birth of her child is typed."""
    desk.post(reverse("assist", args=(BIRTH,)), {"scanned": CARD, "filed_by": "officer"})
    return Draft.objects.get()


def mark_of(screen: Client) -> str:
    found = screen.get(SCREEN).context["shown"]
    return "empty" if found is None else str(found.mark)


def right(screen: Client) -> dict[str, str]:
    return {"right": screen.get(SCREEN).context["shown"].digest}


def wrong(screen: Client, place: str = "0.0") -> dict[str, str]:
    found = screen.get(SCREEN).context.get("shown")
    return {"wrong": place, "seen": found.digest if found else ""}


def test_what_the_card_says_is_shown_and_follows_what_is_typed(desk: Client, screen: Client, shown: Draft):
    first = mark_of(screen)
    assert NAME in screen.get(SCREEN).text
    assert screen.get(NOW, {"seen": first}).status_code == HTTPStatus.NO_CONTENT
    filled(desk, shown)
    fragment = screen.get(NOW, {"seen": first})
    assert "Trần Minh Anh" in fragment.text
    assert "<html" not in fragment.text


def test_the_screen_shows_nothing_else_of_the_office(screen: Client, shown: Draft):
    """No menu, no link, nothing to open; and no personal data in the address it asks for."""
    text = screen.get(SCREEN).text
    assert "<a " not in text
    assert "<nav" not in text
    assert NAME not in screen.get(SCREEN).request["PATH_INFO"] + screen.get(SCREEN).request["QUERY_STRING"]
    assert screen.get(SCREEN).headers["Cache-Control"] == "no-store"
    for address in ("/worklist/", "/dossiers/", reverse("draft", args=(shown.pk,)), reverse("desk-screen")):
        assert screen.get(address).status_code == HTTPStatus.FOUND, address


def test_she_finds_it_right_and_that_is_an_event_of_the_filing(desk: Client, screen: Client):
    draft = helped(desk, "officer")
    assert screen.post(ANSWER, right(screen))["Location"] == SCREEN
    told = Event.objects.get(kind="screen.confirmed")
    assert told.after["submission"] == str(draft.submission_id)
    assert "Ông/bà đã xác nhận đúng" in screen.get(SCREEN).text
    assert "Người dân xác nhận đúng lúc" in desk.get(reverse("draft-check", args=(draft.pk,))).text
    desk.post(reverse("draft-check", args=(draft.pk,)), {"return_method": "counter"})
    said = Event.objects.get(kind="submission.confirmed")
    assert said.subject_id == Submission.objects.get().pk
    assert said.after["confirmed_at"][:16] == timezone.localtime(told.at).isoformat()[:16]
    assert NAME not in screen.get(SCREEN).text
    assert "Người dân đã xem lại trên màn hình" in desk.get(
        reverse("dossier", args=(Dossier.objects.get().code,))
    ).text  # fmt: skip


def test_what_she_confirmed_counts_no_more_once_something_is_changed(desk: Client, screen: Client):
    draft = helped(desk, "officer")
    seen = right(screen)
    screen.post(ANSWER, seen)
    filled(desk, draft, child_name="Trần Minh Ánh")
    assert "Vừa có chỗ được sửa" in screen.get(SCREEN).text
    assert "Đã sửa sau khi người dân xác nhận" in desk.get(reverse("draft-check", args=(draft.pk,))).text
    told = screen.post(ANSWER, seen, follow=True)
    assert "Mời ông/bà xem lại rồi bấm lần nữa" in told.text
    assert "Ông/bà đã xác nhận đúng" not in told.text
    desk.post(reverse("draft-check", args=(draft.pk,)), {"return_method": "counter"})
    assert Dossier.objects.exists()
    assert not Event.objects.filter(kind="submission.confirmed").exists()


def test_she_points_at_what_is_wrong_and_the_desk_is_led_there(desk: Client, screen: Client, shown: Draft):
    row, seen = screen.get(SCREEN).context["shown"].sections[0].rows[0], wrong(screen)
    screen.post(ANSWER, seen)
    strip = desk.get(reverse("draft-screen", args=(shown.pk,))).text
    assert "Người dân muốn sửa" in strip
    assert row[0] in strip
    assert reverse("draft-page", args=(shown.pk, 1)) in strip
    filled(desk, shown)
    screen.post(ANSWER, seen)
    assert "Người dân muốn sửa" not in desk.get(reverse("draft-screen", args=(shown.pk,))).text
    for nonsense in ("9.9", "0.999", "x", "²", ""):
        assert screen.post(ANSWER, wrong(screen, nonsense)).status_code == HTTPStatus.FOUND
    assert "Người dân muốn sửa" not in desk.get(reverse("draft-screen", args=(shown.pk,))).text


def test_a_code_opens_one_screen_once_and_in_time(desk: Client):
    code = code_of(desk)
    first, second = Client(), Client()
    assert first.post(SCREEN, {"code": code.lower()}).status_code == HTTPStatus.FOUND
    assert second.post(SCREEN, {"code": code}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    code = code_of(desk)
    assert mark_is_asked(first), "a new code ends the earlier screen"
    SecondScreen.objects.update(code_until=timezone.now() - timedelta(seconds=1))
    assert second.post(SCREEN, {"code": code}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert second.get(SCREEN, {"code": code}).context["typed"] == code, "a scanned picture fills in, a press pairs"


def mark_is_asked(screen: Client) -> bool:
    """Whether the screen is to be paired anew."""
    return (
        "Mã ghép" in screen.get(SCREEN).text
        and "HX-Redirect" in screen.get(NOW, headers={"HX-Request": "true"}).headers
    )


def test_codes_are_not_guessed(desk: Client):
    code, stranger = code_of(desk), Client()
    for _try in range(TRIES):
        stranger.post(SCREEN, {"code": "AAAA AAAA"})
    assert stranger.post(SCREEN, {"code": code}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not SecondScreen.objects.exclude(paired_at=None).exists()
    row = SecondScreen.objects.get()
    assert code.replace(" ", "") not in (row.code_hash, row.key_hash)


GONE = ("logs out", "was idle", "ends it", "a day later")


@pytest.mark.parametrize("how", [*GONE, "takes it away", "went away", "drops it", "calls the next", "opens another"])
def test_the_screen_is_wiped_when_the_desk(how: str, desk: Client, screen: Client, shown: Draft):
    assert NAME in screen.get(SCREEN).text
    later = timezone.now() - DESK_AWAY - timedelta(seconds=1)
    other = Draft.objects.get()
    other.pk, other.submission_id = uuid7(), uuid7()
    other.save(force_insert=True)
    {
        "logs out": lambda: desk.post(reverse("account_logout")),
        "was idle": lambda: (desk.cookies.pop(settings.MOTCUA_SEEN_COOKIE), desk.get("/worklist/")),
        "ends it": lambda: desk.post(reverse("desk-screen"), {"end": ""}),
        "a day later": lambda: SecondScreen.objects.update(expires_at=timezone.now()),
        "takes it away": lambda: desk.post(reverse("draft-screen", args=(shown.pk,)), {"take_away": ""}),
        "went away": lambda: SecondScreen.objects.update(shown_at=later),
        "calls the next": lambda: desk.get(reverse("assist", args=(BIRTH,))),
        "opens another": lambda: desk.get(reverse("draft-page", args=(other.pk, 1))),
        "drops it": lambda: desk.post(reverse("drop-draft", args=(shown.pk,))),
    }[how]()
    assert NAME not in screen.get(SCREEN).text
    assert NAME not in screen.get(NOW, {"seen": "x"}).text
    assert screen.post(ANSWER, wrong(screen)).status_code == HTTPStatus.FOUND
    assert mark_is_asked(screen) == (how in GONE)


def test_a_desk_shows_only_its_own_drafts(desk: Client, screen: Client, shown: Draft):
    other = Client()
    other.post(reverse("account_login"), {"login": "thuly", "password": "motcua-trinh-dien"})
    address = reverse("draft-screen", args=(shown.pk,))
    assert other.post(address).status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN)
    assert Client().get(address).status_code == HTTPStatus.FOUND


def test_a_desk_without_a_screen_is_led_to_pairing(desk: Client, cast):
    desk.post(reverse("assist", args=(BIRTH,)), {"scanned": CARD, "filed_by": "officer"})
    draft = Draft.objects.get()
    assert "Ghép màn hình" in desk.get(reverse("draft-page", args=(draft.pk, 1))).text
    assert desk.post(reverse("draft-screen", args=(draft.pk,)))["Location"] == reverse("desk-screen")


def test_a_page_that_asks_by_itself_keeps_no_session_alive(desk: Client, shown: Draft, monkeypatch):
    """The strip asks every three seconds: an official who went away is logged out all the same."""
    name = settings.MOTCUA_SEEN_COOKIE
    monkeypatch.setattr("motcua.people.middleware.IdleMiddleware.REWRITE_AFTER", -1.0)
    assert name in desk.get(reverse("draft-page", args=(shown.pk, 1))).cookies
    assert name not in desk.get(reverse("draft-screen", args=(shown.pk,))).cookies


def test_the_screen_is_a_second_window_of_the_desk_and_keeps_no_session_alive(desk: Client, shown: Draft, monkeypatch):
    """One browser, two monitors: what asks every two seconds is not the official at work."""
    name, code = settings.MOTCUA_SEEN_COOKIE, code_of(desk)
    monkeypatch.setattr("motcua.people.middleware.IdleMiddleware.REWRITE_AFTER", -1.0)
    assert name not in desk.post(SCREEN, {"code": code}).cookies
    desk.post(reverse("draft-screen", args=(shown.pk,)), {})
    assert NAME in desk.get(SCREEN).text
    for address in (SCREEN, NOW, f"{NOW}?seen=x", reverse("notice-board")):
        answer = desk.get(address, headers={"HX-Request": "true"})
        assert name not in answer.cookies, address
    assert name not in desk.post(ANSWER, right(desk)).cookies
    assert name in desk.get(reverse("desk-screen")).cookies


def test_thirty_desks_behind_one_address_pair_theirs_at_half_past_seven(desk: Client):
    for _desk in range(30):
        assert Client().post(SCREEN, {"code": code_of(desk)}).status_code == HTTPStatus.FOUND


def test_a_long_page_that_only_saves_itself_stays_on_the_screen(desk: Client, screen: Client, shown: Draft):
    SecondScreen.objects.update(shown_at=timezone.now() - DESK_AWAY + timedelta(seconds=30))
    page = reverse("draft-page", args=(shown.pk, 1))
    saved = desk.post(page, typed(shown, 1, right_answers(shown)), headers={"X-Motcua-Saving": "1"})
    assert saved.status_code == HTTPStatus.NO_CONTENT
    assert SecondScreen.objects.get().shown_at > timezone.now() - timedelta(seconds=30)
