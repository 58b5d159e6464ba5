"""The pages that are opened all day: right, and in few statements however long the list."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.template.base import Node

from motcua.routing import actions
from tests.cast import BIRTH, LAND, MONDAY, MR_QUANG, Cast, minutes_later, open_step, received
from tests.counting import statements


def log_in(client, username: str):
    assert client.post("/accounts/login/", {"login": username, "password": "motcua-trinh-dien"}).status_code == 302
    return client


@contextmanager
def nodes_rendered(monkeypatch) -> Iterator[list[str]]:
    """The template nodes rendered while the block runs."""
    seen: list[str] = []
    render = Node.render_annotated

    def spy(self, context):
        seen.append(type(self).__name__)
        return render(self, context)

    with monkeypatch.context() as patch:
        patch.setattr(Node, "render_annotated", spy)
        yield seen


@pytest.fixture
def waiting(cast: Cast):
    """Eight dossiers on the case officer's desk."""
    opened = [received(code, cast, applicant=MR_QUANG) for code in (BIRTH, LAND) * 4]
    for one in opened:
        actions.pass_on(open_step(one.id)[0], by=cast.receiver, at=minutes_later(MONDAY, 10))
    return opened


def leave_two(cast: Cast, waiting) -> None:
    """All but two of the dossiers are the leader's from now on."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE routing_step SET official_id = %s, unit_id = %s, role = 'approver' "
                       "WHERE dossier_id <> ALL(%s) AND finished_at IS NULL",
                       (cast.leader.id, cast.leader.unit_id, [one.id for one in waiting[:2]]))  # fmt: skip


def test_the_worklist_takes_as_many_statements_for_eight_rows_as_for_two(client, cast, waiting, monkeypatch):
    log_in(client, "thuly")
    client.get("/worklist/")
    with statements(monkeypatch) as many:
        page = client.get("/worklist/").content.decode()
    assert page.count("data-row>") == 8
    leave_two(cast, waiting)
    with statements(monkeypatch) as few:
        page = client.get("/worklist/").content.decode()
    assert page.count("data-row>") == 2
    assert len(few) == len(many) <= 5, "\n".join(text[:160] for text in many)


def test_the_worklist_takes_as_many_template_nodes_for_eight_rows_as_for_two(client, cast, waiting, monkeypatch):
    """Rows are drawn in one go: node by node, fifty of them once cost four times as much as all around them."""
    log_in(client, "thuly")
    client.get("/worklist/")
    with nodes_rendered(monkeypatch) as many:
        assert client.get("/worklist/").content.count(b"data-row>") == 8
    leave_two(cast, waiting)
    with nodes_rendered(monkeypatch) as few:
        assert client.get("/worklist/").content.count(b"data-row>") == 2
    assert 0 < len(few) == len(many)


def test_the_worklist_speaks_the_readers_language_each_time(client, cast, waiting):
    """Parts of the shell are kept from page to page; each language has its own."""
    log_in(client, "thuly")
    for language, words in (("en", "Log out"), ("vi", "Đăng xuất"), ("en", "Log out")):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = client.get("/worklist/").content.decode()
        assert f">{words}</a>" in page
        assert f'lang="{language}"' in page


def test_a_dossier_page_is_few_statements(client, cast, waiting, monkeypatch):
    log_in(client, "thuly")
    address = f"/dossiers/{waiting[0].code}/"
    client.get(address)
    with statements(monkeypatch) as sent:
        page = client.get(address).content.decode()
    assert "Võ Đình Quang" in page
    assert len(sent) <= 10, "\n".join(text[:160] for text in sent)


def test_intake_is_few_statements(client, cast, monkeypatch):
    log_in(client, "tiepnhan")
    page = client.get(f"/intake/{BIRTH}/").content.decode()
    form = {
        "submission_id": "0b1d9a52-0a36-4c2f-9a39-3c3f0c2a9f11", "applicant_kind": "person",
        "full_name": "Nguyễn Thị Lan",
        "copies": "1", "channel": "counter", "return_method": "counter",
        "papers": re.findall(r'name="papers"\s+value="([^"]+)"', page),
    }  # fmt: skip
    with statements(monkeypatch) as sent:
        answer = client.post(f"/intake/{BIRTH}/", form)
    assert answer.status_code == 302
    assert len(sent) <= 12, "\n".join(text[:160] for text in sent)


def test_the_public_search_page_is_few_statements(client, cast, monkeypatch):
    client.get("/procedures/?q=khai+sinh")
    with statements(monkeypatch) as sent:
        assert client.get("/procedures/?q=khai+sinh").status_code == 200
    assert len(sent) <= 6, "\n".join(text[:160] for text in sent)


def test_tracking_by_the_bare_code_tells_how_far_and_no_more(client, cast, waiting):
    cache.clear()
    page = client.get(f"/tracking/?code={waiting[0].code}").content.decode()
    assert "50 %" in page
    for secret in ("Võ Đình Quang", "000075004321", "Đăng ký khai sinh", "Tư pháp"):
        assert secret not in page


def test_guessing_codes_is_cut_off(client, cast):
    for number in range(20):
        assert client.get(f"/tracking/?code=H17.21-261123-{number + 500:04d}").status_code == 404
    refused = client.get("/tracking/?code=H17.21-261123-0999")
    assert refused.status_code == 429
    assert "quá nhiều mã" in refused.content.decode()


def test_a_wrong_key_opens_nothing(client, cast, waiting):
    assert client.get(f"/tracking/{waiting[0].code}/{'A' * 20}/").status_code == 404
    page = client.get(f"/tracking/{waiting[0].code}/{waiting[0].tracking_token}/").content.decode()
    assert "Tư pháp – hộ tịch" in page
    assert "Trần Thị Thu Hà" not in page
