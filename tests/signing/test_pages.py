"""The pages of the register and of the check, as their people meet them; what is refused stands beside its box."""

from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from motcua.demo.certificates import build_certificates, key_of
from motcua.people.models import Agency
from motcua.signing.actions import Holder, enter
from motcua.signing.checking import asking
from motcua.signing.limits import Limits, limits
from motcua.signing.models import DigitalCertificate, WithdrawalReason
from motcua.signing.trust import trust_on
from motcua.signing.views import public
from tests.cast import Cast
from tests.counting import statements
from tests.feedback.stories import logged_in
from tests.signing.sheets import (
    DAY,
    LEADER,
    OF_LEADER,
    WARD,
    certificate,
    demo_root,
    der,
    locked_pdf,
    made,
    plain_pdf,
    signed_pdf,
)

NEW, CHECK = "/certificates/new/", "/signatures/check/"
MARKUP = "<script>alert(1)</script>"


def own_now(subject=OF_LEADER) -> bytes:
    return certificate(subject, first=timezone.now().replace(microsecond=0) - 10 * DAY)


def sent(content: bytes, name: str = "chung-thu.cer") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def kept(cast: Cast, content: bytes, official: UUID | None = None) -> DigitalCertificate:
    holder, at = Holder(cast.leader.agency_id, official), timezone.now()
    return enter(content, holder, trust=trust_on(at.date()), by=cast.records_clerk.actor, at=at)


def test_the_keeper_sees_who_has_one_and_who_lacks_one(cast: Cast):
    build_certificates(Agency.objects.get(pk=cast.leader.agency_id), timezone.now())
    page = logged_in("vanthu").get("/certificates/")
    for said in ("Con dấu của cơ quan", LEADER, "Còn 2", "Đã hết hạn", "Đã thu hồi", "Bùi Xuân Trường",
                 "Chưa có chứng thư còn hiệu lực"):  # fmt: skip
        assert said in page.text, said
    assert "Nguyễn Thị Mai" not in page.text.split("<main")[1]


def test_before_anything_is_registered_everybody_lacks_one(cast: Cast):
    page = logged_in("quantri").get("/certificates/")
    assert page.text.count("Chưa có chứng thư còn hiệu lực") == 3


def test_the_list_costs_as_much_with_many_as_with_few(cast: Cast, monkeypatch):
    client = logged_in("vanthu")
    kept(cast, own_now(), cast.leader.id)
    with statements(monkeypatch) as few:
        client.get("/certificates/")
    for days in range(1, 6):
        first = timezone.now().replace(microsecond=0) - days * DAY
        kept(cast, certificate(OF_LEADER, first=first), cast.leader.id)
    with statements(monkeypatch) as many:
        client.get("/certificates/")
    assert len(many) == len(few)


def test_a_certificate_is_registered_read_and_withdrawn(cast: Cast):
    client = logged_in("vanthu")
    assert LEADER in client.get(f"{NEW}?holder={cast.leader.id}").text
    page = client.post(NEW, {"holder": str(cast.leader.id), "certificate": sent(own_now())}, follow=True)
    row = DigitalCertificate.objects.get()
    for said in ("Đã đăng ký chứng thư", row.serial, "ký số, chống chối bỏ", "Phạm Quốc Bảo"):
        assert said in page.text, said
    address = f"/certificates/{row.pk}/withdraw/"
    assert "Thu hồi rồi không mở lại được" in client.get(address).text
    assert client.post(address, {"note": "x"}).status_code == 422
    assert client.post(address, {"reason": "other"}).status_code == 422
    page = client.post(address, {"reason": "key_lost", "note": MARKUP}, follow=True)
    assert "&lt;script&gt;alert(1)" in page.text
    row.refresh_from_db()
    assert row.withdrawal_reason == WithdrawalReason.KEY_LOST
    assert "đã được thu hồi" in client.get(address, follow=True).text


KEY = key_of("test").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tệp trống"), (b"khong phai", "Không đọc được chứng thư số"), (KEY, "khóa bí mật"),
        (b"0" * 5_000_000, "lớn hơn 64 KB"), (der(made(WARD)), "tự ký"), (der(made(by=made("Lạ", ca=True))), "“Lạ”"),
        (plain_pdf(), "Không đọc được chứng thư số"),
    ],
    ids=range(7),
)  # fmt: skip
def test_what_is_refused_is_said_beside_its_box_and_nothing_is_kept(cast: Cast, content: bytes, said: str):
    page = logged_in("vanthu").post(NEW, {"holder": "agency", "certificate": sent(content)})
    assert page.status_code == 422
    assert "govuk-error-summary" in page.text
    error = page.text.split('id="id_certificate_error"')[1].split("</div>")[0]
    assert said in error
    assert '<option value="agency" selected' in page.text
    assert not DigitalCertificate.objects.exists()


def test_without_roots_nothing_can_be_registered(cast: Cast, roots):
    (roots / "roots.yaml").unlink()
    page = logged_in("vanthu").post(NEW, {"holder": "agency", "certificate": sent(own_now())})
    assert page.status_code == 422
    assert "Chưa có chứng thư gốc nào" in page.text


def test_nothing_chosen_and_a_stranger_chosen(cast: Cast):
    client = logged_in("vanthu")
    page = client.post(NEW, {})
    assert page.status_code == 422
    assert "Ông/bà chọn tệp chứng thư số." in page.text
    page = client.post(NEW, {"holder": str(UUID(int=7)), "certificate": sent(own_now())})
    assert "không còn làm việc" in page.text


def test_a_name_that_does_not_fit_warns(cast: Cast):
    page = logged_in("vanthu").post(NEW, {"holder": "agency", "certificate": sent(own_now())}, follow=True)
    assert "không giống tên người giữ" in page.text
    assert DigitalCertificate.objects.count() == 1


def test_another_agencys_certificate_is_not_there(cast: Cast):
    row = kept(cast, own_now())
    DigitalCertificate.objects.filter(pk=row.pk).update(agency=Agency.objects.exclude(pk=row.agency_id).first())
    client = logged_in("vanthu")
    assert client.get(f"/certificates/{row.pk}/").status_code == 404
    assert client.get(f"/certificates/{row.pk}/withdraw/").status_code == 404


def test_everybody_reads_what_is_in_force_by_position_and_takes_a_copy(cast: Cast):
    page = Client().get("/signatures/")
    assert "Chưa có chứng thư nào đang hiệu lực" in page.text
    row = kept(cast, own_now(), cast.leader.id)
    page = Client().get("/signatures/")
    assert "Phó Chủ tịch Ủy ban nhân dân" in page.text
    assert row.serial in page.text
    assert LEADER not in page.text
    copy = Client().get(f"/signatures/{row.fingerprint}.cer")
    assert (copy.status_code, copy["Content-Type"]) == (200, "application/pkix-cert")
    assert x509.load_der_x509_certificate(copy.content).public_bytes(Encoding.DER) == own_now_of(row)
    assert Client().get(f"/signatures/{'0' * 64}.cer").status_code == 404
    assert Client().get(f"/signatures/?office={UUID(int=7)}").status_code == 404
    assert Client().get(f"/signatures/?office={row.agency_id}").status_code == 200


def own_now_of(row: DigitalCertificate) -> bytes:
    return bytes(DigitalCertificate.objects.get(pk=row.pk).der)


def test_one_with_an_identity_number_is_shown_but_not_handed_out(cast: Cast):
    row = kept(cast, der(made(f"{LEADER} 001184001234", by=demo_root())), cast.leader.id)
    page = Client().get("/signatures/")
    assert row.serial in page.text
    assert ".cer" not in page.text.split("<main")[1].split("</main")[0]
    assert Client().get(f"/signatures/{row.fingerprint}.cer").status_code == 404
    assert "không cho tải" in logged_in("vanthu").get(f"/certificates/{row.pk}/").text


def test_anybody_checks_a_signed_pdf(cast: Cast):
    own = own_now()
    kept(cast, own, cast.leader.id)
    content = signed_pdf(OF_LEADER, own=own)
    page = Client().post(CHECK, {"pdf": sent(content, "giay.pdf")})
    assert page.status_code == 200
    for said in ("Tệp có 1 chữ ký", "Chữ ký đúng, của người có tên trong sổ", LEADER, "giờ do máy người ký ghi",
                 "không được lưu"):  # fmt: skip
        assert said in page.text, said
    place = content.index(b"/MediaBox")
    altered = content[:place] + b"/MediaBoy" + content[place + 9 :]
    page = Client().post(CHECK, {"pdf": sent(altered, "giay.pdf")})
    assert "Nội dung đã bị sửa sau khi ký" in page.text
    assert "Chữ ký đúng" not in page.text


def test_what_cannot_be_checked_is_said_beside_its_box(cast: Cast):
    for content, said in ((locked_pdf(), "có mật khẩu"), (b"GIF89a", "không phải tệp PDF"), (b"", "Tệp trống")):
        page = Client().post(CHECK, {"pdf": sent(content, f"{MARKUP}.pdf")})
        assert page.status_code == 422
        assert said in page.text.split('id="id_pdf_error"')[1].split("</div>")[0]
        assert MARKUP not in page.text
    page = Client().post(CHECK, {"pdf": sent(plain_pdf(), "giay.pdf")})
    assert "Tệp có 0 chữ ký" in page.text
    assert "chưa ký số" in page.text


def test_markup_in_a_certificates_name_stays_text(cast: Cast):
    row = kept(cast, der(made(MARKUP, by=demo_root())))
    page = logged_in("vanthu").get(f"/certificates/{row.pk}/")
    assert "alert(1)" in page.text
    assert "<script>alert" not in page.text
    assert MARKUP not in page.text


def test_who_checks_too_often_is_asked_to_wait(cast: Cast, monkeypatch):
    monkeypatch.setattr(public, "allow_in", lambda _books: False)
    assert Client().post(CHECK, {"pdf": sent(plain_pdf())}).status_code == 429
    assert Client().get(CHECK).status_code == 200


def test_who_did_not_get_his_turn_has_used_no_try(cast: Cast, monkeypatch):
    few = {name: getattr(limits(), name) for name in Limits.__slots__}
    monkeypatch.setattr(asking, "limits", lambda: Limits(**few | {"checks_at_once": 0}))
    for _try in range(limits().tries + 2):
        assert "Đang có người khác kiểm tra" in Client().post(CHECK, {"pdf": sent(plain_pdf())}).text
