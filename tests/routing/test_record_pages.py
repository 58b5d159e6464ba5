"""The citizen checks his dossier in the record, and anybody the seals: pages and API."""

import json
from hashlib import sha256
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from motcua.core.models import Event
from motcua.core.record import leaves
from motcua.core.record.reading import EVENT_LEAF
from motcua.core.record.sealing import seal
from motcua.core.sql import execute, fetch_all, fetch_one
from motcua.dossiers.models import Dossier
from motcua.routing.actions import pass_on
from tests.cast import BIRTH, MONDAY, Cast, minutes_later, open_step, received


@pytest.fixture
def dossier(cast: Cast, tmp_path, settings) -> Dossier:
    """Received, passed on and sealed; one more step waits for its seal."""
    settings.MOTCUA_VAR = tmp_path
    dossier_id = received(BIRTH, cast).id
    pass_on(
        open_step(dossier_id)[0], by=cast.receiver, at=minutes_later(MONDAY, 5), note='Đủ "giấy tờ"\nchuyển ngay \\'
    )
    seal()
    pass_on(open_step(dossier_id)[0], by=cast.case_officer, at=minutes_later(MONDAY, 25))
    return Dossier.objects.get(pk=dossier_id)


def proofs(client: Client, dossier: Dossier) -> list[dict]:
    answer = client.get(reverse("tracking-proofs", args=(dossier.code, dossier.tracking_token)))
    assert answer.status_code == 200
    return json.loads(answer.content)["proofs"]


def forge(statement: str, *values) -> None:
    execute("SET LOCAL session_replication_role = replica")
    execute(statement, values)
    execute("SET LOCAL session_replication_role = origin")


def test_sql_and_python_hash_every_event_alike(dossier: Dossier):
    rows = fetch_all(f"SELECT {EVENT_LEAF} FROM core_event e WHERE subject_id = %s", (dossier.pk,))
    assert {bytes(row[0]).hex() for row in rows} == {proof["leaf"] for proof in proofs(Client(), dossier)}


def test_a_proof_is_recomputed_with_nothing_but_a_hash_function(dossier: Dossier):
    """As somebody else's program does: the file, SHA-256, and no line of ours."""
    for proof in proofs(Client(), dossier)[:2]:
        reached = sha256(b"\x00" + proof["preimage"].encode()).digest()
        assert reached.hex() == proof["leaf"]
        for step in proof["path"]:
            beside = bytes.fromhex(step["hash"])
            pair = beside + reached if step["side"] == "left" else reached + beside
            reached = sha256(b"\x01" + pair).digest()
        sealed = proof["seal"]
        assert reached.hex() == sealed["root"]
        fields = ("number", "previous", "leaves", "root", "first", "last", "floor", "sealed_at")
        text = "\n".join(["motcua-seal-1", *(str(sealed[name]) for name in fields)])
        assert sha256(text.encode()).hexdigest() == sealed["hash"]


def test_what_he_may_read_is_in_clear_and_what_he_may_not_is_a_digest(dossier: Dossier, cast: Cast):
    receipt, moved, waiting = proofs(Client(), dossier)
    opened = receipt["opened"]
    assert json.loads(opened["after"])["due_at"] == dossier.due_at.astimezone(MONDAY.tzinfo).isoformat()
    assert leaves.told_digest(opened["request_id"], opened["before"], opened["after"]) == receipt["event"]["told"]
    told = json.dumps([receipt, moved, waiting], ensure_ascii=False)
    assert cast.receiver.name not in told
    assert "chuyển ngay" not in told
    assert (receipt["sound"], moved["sound"], waiting["sound"], waiting["seal"]) == (True, True, False, None)


def test_the_page_says_it_is_whole_and_what_waits(dossier: Dossier):
    page = Client().get(reverse("tracking-record", args=(dossier.code, dossier.tracking_token)))
    assert "Nguyên vẹn" in page.text
    assert "1 việc vừa ghi còn chờ niêm phong" in page.text
    assert "Tiếp nhận hồ sơ" in page.text
    assert page["Referrer-Policy"] == "same-origin"
    link = Client().get(reverse("tracking-dossier", args=(dossier.code, dossier.tracking_token)))
    assert reverse("tracking-record", args=(dossier.code, dossier.tracking_token)) in link.text


@pytest.mark.parametrize("column", ["at = at - interval '1 day'", "actor_name = 'Người khác'", "after = '{}'"])
def test_the_page_says_when_an_event_was_altered(dossier: Dossier, column: str):
    forge(f"UPDATE core_event SET {column} WHERE subject_id = %s AND kind = 'dossier.received'", dossier.pk)
    page = Client().get(reverse("tracking-record", args=(dossier.code, dossier.tracking_token)))
    assert "Không khớp" in page.text
    assert "Nguyên vẹn" not in page.text


def test_nobody_without_the_key_sees_a_proof(dossier: Dossier):
    event = Event.objects.filter(subject_id=dossier.pk).first()
    assert Client().get(reverse("tracking-record", args=(dossier.code, "A" * 20))).status_code == 404
    assert Client().get(reverse("tracking-proofs", args=(dossier.code, "A" * 20))).status_code == 404
    address = f"/api/v1/record/proofs/{event.id}"
    wrong, unknown = (
        Client().get(f"{address}?token={'A' * 20}"),
        Client().get(f"/api/v1/record/proofs/{uuid4()}?token=x"),
    )
    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json())
    assert wrong.status_code == 404
    right = Client().get(f"{address}?token={dossier.tracking_token}")
    assert right.status_code == 200
    assert right.json() == proofs(Client(), dossier)[0]


def test_the_seals_are_public_and_can_be_kept(dossier: Dossier):
    number, kept = fetch_one("SELECT number, hash FROM core_seal")
    assert Client().get("/api/v1/record/seals").json()["seals"][0]["hash"] == kept
    assert Client().get("/api/v1/record/seals?after=1").json() == {"seals": [], "next": None}
    page = Client().get(reverse("record"))
    assert " ".join(kept[at : at + 8] for at in range(0, 64, 8)) in page.text
    kept_file = b"".join(Client().get(reverse("record-file")).streaming_content)
    assert json.loads(kept_file)["hash"] == kept
    same = Client().get(reverse("record"), {"number": str(number), "hash": f" {kept[:30].upper()} {kept[30:]}"})
    assert "vẫn đúng như ông/bà đã giữ" in same.text
    other = Client().get(reverse("record"), {"number": str(number), "hash": "0" * 64})
    assert "Không khớp" in other.text
    assert "không có niêm phong số 99" in Client().get(reverse("record"), {"number": "99", "hash": kept}).text
    assert "đủ 64 ký tự" in Client().get(reverse("record"), {"number": "một", "hash": "x"}).text
    assert Client().get(reverse("record"), {"upto": "9" * 30}).status_code == 200


@pytest.mark.django_db
def test_an_office_without_a_seal_says_when_there_will_be_one():
    assert "Chưa có niêm phong nào" in Client().get(reverse("record")).text
