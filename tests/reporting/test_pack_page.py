"""Taking a pack: by the page and at the machine; who may, what the log says, what a citizen sees of it."""

import io
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from motcua.core.models import Event
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency, Official
from motcua.people.overseeing import overseen_by, overseen_from
from motcua.reporting.pack.verifier import verify
from tests.cast import Cast
from tests.reporting.pack_stories import an_office, checked

FORM = {"first": "01/11/2026", "last": "31/12/2026", "kind": "all"}


def log_in(client, username: str):
    assert client.post("/accounts/login/", {"login": username, "password": "motcua-trinh-dien"}).status_code == 302
    return client


def asked(client, cast: Cast, **changes):
    return client.post("/record/pack/", {"agency": str(cast.leader.agency_id), **FORM, **changes})


def unpacked(answer, into: Path) -> Path:
    content = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as kept:
        kept.extractall(into)
    (folder,) = into.iterdir()
    return folder


@pytest.mark.parametrize("who", ["lanhdao", "kiemsoat"])
def test_an_overseer_takes_a_pack_and_the_log_says_so(client, cast: Cast, tmp_path: Path, who: str):
    an_office(cast)
    answer = asked(log_in(client, who), cast)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    folder = unpacked(answer, tmp_path / "pack")
    assert checked(folder)[0] == 0
    told = Event.objects.get(kind="record.packed")
    assert told.actor_name in {cast.leader.name, cast.controller.name}
    assert told.after["dossiers"] == told.after["of"] == Dossier.objects.count()
    dossier = Dossier.objects.order_by("code")[0]
    page = client.post(
        f"/tracking/{dossier.code}/{dossier.tracking_token}/looks/", {"proof": dossier.applicant_personal_id[-4:]}
    )
    assert "được đưa vào gói kiểm tra" in page.content.decode()


def test_a_seed_that_nobody_gave_is_made_up_and_printed(client, cast: Cast, tmp_path: Path):
    an_office(cast)
    answer = asked(log_in(client, "kiemsoat"), cast, kind="random", number="2")
    folder = unpacked(answer, tmp_path / "pack")
    assert len((folder / "dossiers.csv").read_text(encoding="utf-8").splitlines()) == 3
    assert len(Event.objects.get(kind="record.packed").after["sample"]["seed"]) == 16


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"first": "31/12/2026", "last": "01/11/2026"}, "Ngày cuối phải từ ngày đầu"),
        ({"kind": "random", "number": ""}, "Ông/bà nhập số hồ sơ cần lấy."),
        ({"kind": "random", "number": "0"}, "ít nhất 1 hồ sơ"),
        ({"kind": "random", "number": "5", "seed": "chuỗi có dấu"}, "Chuỗi chọn mẫu chỉ gồm"),
        ({"kind": "nothing"}, "nothing"),
        ({"kind": "sign", "sign": ""}, "govuk-error-message"),
        ({"first": "01/12/9999", "last": "31/12/9999"}, "Không có kỳ này"),
        ({"agency": str(uuid4())}, "Ông/bà chọn một cơ quan"),
    ],
)
def test_a_wrong_order_is_said_and_nothing_is_taken(client, cast: Cast, changes: dict[str, str], said: str):
    answer = asked(log_in(client, "kiemsoat"), cast, **changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Event.objects.filter(kind="record.packed").exists()


def test_a_period_without_any_dossier_gives_an_empty_pack(client, cast: Cast, tmp_path: Path):
    answer = asked(log_in(client, "kiemsoat"), cast, first="01/01/2025", last="31/01/2025")
    folder = unpacked(answer, tmp_path / "pack")
    assert checked(folder)[0] == 0


@pytest.mark.parametrize("who", ["tiepnhan", "thuly", "vanthu", "quantri"])
def test_nobody_else_takes_one(client, cast: Cast, who: str):
    assert asked(log_in(client, who), cast).status_code == 403


def test_an_agency_above_oversees_the_one_below(cast: Cast):
    below = Agency.objects.get(pk=cast.leader.agency_id)
    above = Agency.objects.create(
        name="Ủy ban nhân dân tỉnh", short_name="Tỉnh", kind="peoples_committee", level="province",
        valid_from=below.valid_from,
    )  # fmt: skip
    Agency.objects.filter(pk=below.pk).update(parent=above)
    assert [one.id for one in overseen_from(above.id) if not one.is_former] == [above.id, below.id]
    assert above.id not in {one.id for one in overseen_by(cast.leader)}
    assert overseen_by(cast.receiver) == []
    assert Official.objects.filter(unit__agency=above).count() == 0


def test_a_pack_taken_at_the_machine(cast: Cast, tmp_path: Path, capsys):
    an_office(cast)
    out = tmp_path / "pack.zip"
    call_command(
        "pack_record", agency="H17.21", first="2026-11-01", last="2026-12-31", sample="random:3:thanh-tra", out=out
    )
    with zipfile.ZipFile(out) as kept:
        kept.extractall(tmp_path / "in")
    (folder,) = (tmp_path / "in").iterdir()
    assert verify(folder, print) == 0
    words = capsys.readouterr().out
    assert "3 hồ sơ trên 8" in words
    assert Event.objects.get(kind="record.packed").actor_name.startswith("Lệnh trên máy chủ")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"agency": "H99"}, "Không có cơ quan nào"),
        ({"first": "01/11/2026"}, "viết như 2026-11-30"),
        ({"last": "9999-12-31"}, "viết như 2026-11-30"),
        ({"last": "2026-10-01"}, "Ngày cuối phải từ ngày đầu"),
        ({"sample": "random:x"}, "Không hiểu mẫu"),
        ({"sample": "sign:none"}, "Không hiểu mẫu"),
    ],
)
def test_a_wrong_order_at_the_machine_is_said(cast: Cast, tmp_path: Path, changes: dict[str, str], said: str):
    order = {"agency": "H17.21", "first": "2026-11-01", "last": "2026-12-31", "sample": "all"} | changes
    with pytest.raises(CommandError, match=said):
        call_command("pack_record", **order, out=tmp_path / "pack.zip")
    assert not (tmp_path / "pack.zip").exists()
