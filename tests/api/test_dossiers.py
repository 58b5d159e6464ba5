"""GET /api/v1/dossiers/{code}: everything for the holder of the receipt, the degree of completion for others."""

import re

import pytest
from django.utils import timezone

from motcua.dossiers.states import COMPLETION, State
from motcua.routing.views.tracking import TRIES, tracking_page


def ask(client, code, token=None, **headers):
    return client.get(f"/api/v1/dossiers/{code}", {"token": token} if token else {}, **headers)


def test_the_token_opens_what_the_tracking_page_tells(client, dossier):
    answer = ask(client, dossier.code, dossier.tracking_token)
    told, page = answer.json(), tracking_page(dossier)
    assert answer.status_code == 200
    assert told["state"] == {"code": State.RECEIVED, "name": str(State.RECEIVED.label)}
    assert told["standing"] == page["standing"]["words"]
    assert (told["unit"], told["step"]) == (page["current"].unit, page["current"].name)
    assert told["time_limit"] == {"number": 1, "unit": "working_day", "text": page["limit"]}
    assert told["due_at"] == timezone.localtime(dossier.due_at).isoformat()
    assert [row["text"] for row in told["reasons"]] == [reason.text for reason in page["reasons"]]
    assert told["reasons"][-1]["end"] == told["due_at"]
    assert [step["name"] for step in told["steps"]] == [step.name for step in page["steps"]]
    assert (answer.headers["Referrer-Policy"], answer.headers["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert answer.headers["Cache-Control"] == "no-store"


def test_nobody_is_named(client, dossier):
    told = ask(client, dossier.code, dossier.tracking_token).content.decode()
    for secret in (
        dossier.applicant_name,
        dossier.applicant_personal_id,
        dossier.received_by.full_name,
        dossier.applicant_phone,
    ):
        assert secret
        assert secret not in told
    assert dossier.tracking_token not in told


def test_without_the_token_only_the_degree_of_completion(client, dossier):
    answer = ask(client, dossier.code)
    assert answer.json() == {"code": dossier.code, "completion": COMPLETION[State.RECEIVED]}
    assert ask(client, dossier.code.lower()).json() == answer.json()


def test_a_wrong_token_is_answered_like_an_unknown_code(client, dossier):
    wrong = ask(client, dossier.code, "A" * 20)
    unknown = ask(client, "H17.21-261123-9999", "A" * 20)
    bare = ask(client, "H17.21-261123-9999")
    assert wrong.status_code == unknown.status_code == bare.status_code == 404
    assert wrong.content == unknown.content == bare.content

    def own(answer):
        return {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}

    assert own(wrong) == own(unknown)


@pytest.mark.parametrize("token", ["a" * 41, "\x00", "khóa"])
def test_odd_tokens(client, dossier, token):
    answer = ask(client, dossier.code, token)
    assert answer.status_code in {400, 404, 422}
    assert re.search(r"[.]$", answer.json()["detail"])


def test_guessing_is_throttled_together_with_the_page(client, dossier):
    for number in range(TRIES // 2):
        assert ask(client, f"H17.21-261123-1{number:03}").status_code == 404
        assert client.get("/tracking/", {"code": f"H17.21-261123-2{number:03}"}).status_code == 404
    refused = ask(client, dossier.code)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) == 600
    assert "10 phút" in refused.json()["detail"]
    assert ask(client, dossier.code, REMOTE_ADDR="10.1.2.3").status_code == 200
    assert ask(client, dossier.code, dossier.tracking_token).status_code == 200


def test_wrong_tokens_are_throttled_too(client, dossier):
    answers = [ask(client, dossier.code, f"{number:020}").status_code for number in range(TRIES * 6 + 1)]
    assert answers == [404] * TRIES * 6 + [429]
