"""The API's own page: every operation, readable and triable without scripts, under the strict content policy."""

import re

import pytest

pytestmark = pytest.mark.usefixtures("ward", "db")


def test_the_page_lists_every_operation_of_the_schema(client):
    page = client.get("/api/v1/docs")
    shown = page.content.decode()
    schema = client.get("/api/v1/openapi.json").json()
    assert page.status_code == 200
    for address, part in schema["paths"].items():
        operation = part["get"]
        assert address in shown
        assert operation["summary"] in shown
        for parameter in operation["parameters"]:
            assert f'name="{parameter["name"]}"' in shown
        for status in operation["responses"]:
            assert f"<code>{status}</code>" in shown
    assert client.get("/api/v1/").headers["Location"] == "/api/v1/docs"


def test_nothing_on_it_breaks_the_content_policy(client):
    page = client.get("/api/v1/docs")
    shown = page.content.decode()
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=\"/)", shown)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", shown)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", shown)


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ({"operation": "get_procedure", "code": "1.001193"}, "/api/v1/procedures/1.001193"),
        ({"operation": "get_procedure", "code": "../../x"}, "/api/v1/procedures/..%2F..%2Fx"),
        ({"operation": "get_dossier", "code": "H17", "token": ""}, "/api/v1/dossiers/H17"),
        (
            {"operation": "due", "from": "2026-01-05", "amount": "3", "unit": "day"},
            "/api/v1/due?from=2026-01-05&amount=3&unit=day",
        ),
    ],
)
def test_the_try_form_leads_to_the_call(client, asked, address):
    assert client.get("/api/v1/docs/try", asked).headers["Location"] == address


def test_an_unknown_operation(client):
    assert client.get("/api/v1/docs/try", {"operation": "drop"}).status_code == 404
