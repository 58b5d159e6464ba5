"""PDFs made to deceive the check: another document in the gap, something laid over the page, odd moments and names."""

import re
from http import HTTPStatus
from io import BytesIO

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, TextStringObject

from motcua.signing.reading import MOST_AT_ONCE, read_upload
from motcua.signing.refusals import CertificateRefused
from tests.signing.sheets import OF_LEADER, der, made, pem, signed_pdf
from tests.signing.test_check import checked, own_now, verdicts

ANOTHER = b"QUYET DINH CUA NGUOI KHAC"
RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")


def sent(content: bytes) -> int:
    answer = Client(raise_request_exception=False).post(
        "/signatures/check/", {"pdf": SimpleUploadedFile("a.pdf", content)}
    )
    return answer.status_code


def with_another_inside(content: bytes) -> bytes:
    """The signed bytes stay; the gap between them grows until another document has room in it, found first."""
    before, after, rest = (int(one) for one in RANGE.findall(content)[-1][1:])
    value = bytes.fromhex(content[before:after].strip(b"<>").decode())
    table = int(re.findall(rb"startxref\s+(\d+)", content[after:])[-1])
    padded = (table - before) * 2 + 20_000
    literal = value + bytes(padded - len(value))
    for sign in (b"\\", b"(", b")"):
        literal = literal.replace(sign, b"\\" + sign)
    literal = literal.replace(b"\r", b"\\r")
    text = b"BT /F1 24 Tf 50 700 Td (%s) Tj ET" % ANOTHER
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/SigFlags 3>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Annots[4 0 R]"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/V 6 0 R/Rect[0 0 0 0]/F 132>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
    ]
    inside, places = b"", []
    for number, one in enumerate(objects, 1):
        places.append(before + len(inside))
        inside += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    inside = inside.ljust(table - before, b"\n")
    trailer = b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%010d\n%%%%EOF\n" % table
    places.append(table + len(b"xref\n0 7\n") + 7 * 20 + len(trailer))
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    inside += b"xref\n0 7\n0000000000 65535 f \n" + rows + trailer
    inside += (
        b"6 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached"
        b"/ByteRange[0 %d %d %d]/Contents(%s)>>\nendobj\n" % (before, before + 2 * padded + 2, rest, literal)
    )
    return content[:before] + inside.ljust(2 * padded + 2, b"\n") + content[after:]


@pytest.mark.django_db
def test_another_document_in_the_gap_is_not_what_was_signed():
    forged = with_another_inside(signed_pdf(own=own_now()))
    assert ANOTHER.decode() in PdfReader(BytesIO(forged)).pages[0].extract_text(), "a reader shows the other one"
    (one,) = checked(forged)
    assert (one.intact, one.genuine) == (True, True), "its bytes are all there"
    assert verdicts(forged) == ["added_to"]


def with_a_box() -> bytes:
    sheet, out = PdfWriter(), BytesIO()
    sheet.add_blank_page(595, 842)
    box = sheet._add_object(
        DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject("so_tien"),
            NameObject("/V"): TextStringObject("1.000.000"), NameObject("/F"): NumberObject(4),
            NameObject("/Rect"): ArrayObject([FloatObject(side) for side in (50, 700, 500, 760)]),
        })
    )  # fmt: skip
    sheet.pages[0][NameObject("/Annots")] = ArrayObject([box])
    sheet._root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject([box])})
    sheet.write(out)
    return out.getvalue()


def filled(content: bytes) -> bytes:
    """The amount in the box is another one, written after the signature."""
    writer, out = IncrementalPdfFileWriter(BytesIO(content)), BytesIO()
    boxes = [one.get_object() for one in writer.root["/AcroForm"]["/Fields"]]
    (box,) = [one for one in boxes if one.get("/T") == "so_tien"]
    box["/V"] = generic.pdf_string("900.000.000")
    writer.update_container(box)
    writer.write(out)
    return out.getvalue()


def with_an_empty_field(content: bytes) -> bytes:
    """A place for a signature, as large as the page, that nobody signed."""
    writer, out = IncrementalPdfFileWriter(BytesIO(content)), BytesIO()
    append_signature_field(writer, SigFieldSpec("S3", box=(0, 0, 595, 842)))
    writer.write(out)
    return out.getvalue()


@pytest.mark.django_db
def test_what_the_pdf_lets_be_added_stands_only_under_a_good_signature():
    first, stranger = signed_pdf(own=own_now(), content=with_a_box()), made("Ủy ban nhân dân Phường")
    assert verdicts(first) == ["trusted"]
    changed = filled(first)
    assert verdicts(changed) == ["added_to"], "another amount, and nobody signed it"
    assert verdicts(with_an_empty_field(first)) == ["added_to"]
    by_stranger = signed_pdf(own=der(stranger), key=stranger.key, content=first, name="S2")
    assert verdicts(by_stranger) == ["added_to", "unknown_signer"]
    in_turn = signed_pdf(OF_LEADER, own=own_now(OF_LEADER), content=first, name="S2")
    assert verdicts(in_turn) == ["trusted", "trusted"]
    assert verdicts(filled(in_turn)) == ["added_to", "added_to"]


@pytest.mark.django_db
@pytest.mark.parametrize("moment", [b"99991231235959+00'00'", b"00010101000000+14'00'"])
def test_a_moment_that_no_calendar_holds_is_none(moment: bytes):
    good = signed_pdf(own=own_now())
    odd = re.sub(rb"/M \(D:[^)]*\)", lambda found: b"/M (D:" + moment + b")" + b" " * (len(found[0]) - 28), good)
    assert len(odd) == len(good)
    assert sent(odd) == HTTPStatus.OK


@pytest.mark.django_db
def test_a_certificate_that_says_a_thing_twice_is_unreadable():
    stranger = made("Tự ký")
    said = asn1_x509.Certificate.load(der(stranger))
    body = said["tbs_certificate"]
    twice = body["extensions"]
    twice.append(twice[0].copy())
    body["extensions"] = twice
    value = stranger.key.sign(body.dump(force=True), ec.ECDSA(hashes.SHA256()))
    own = asn1_x509.Certificate(
        {"tbs_certificate": body, "signature_algorithm": said["signature_algorithm"], "signature_value": value}
    ).dump(force=True)
    content = signed_pdf(own=own, key=stranger.key)
    assert sent(content) == HTTPStatus.OK
    assert verdicts(content) == ["unreadable"]


def test_a_long_bundle_is_not_tried_in_every_order():
    several = [made("Cùng tên", ca=True, longest=number) for number in range(MOST_AT_ONCE + 1)]
    with pytest.raises(CertificateRefused) as refusal:
        read_upload(b"".join(pem(one) for one in several), most=1 << 20)
    assert refusal.value.reason == "several"
