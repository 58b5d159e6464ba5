"""The electronic copy of a result: what stands on it, what is refused, and why a result has none."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from pypdf import PdfWriter

from motcua.core.models import Event
from motcua.documents.models import IssuedPaper
from motcua.documents.papers.issuing import issued_of
from motcua.documents.papers.refusals import PaperRefused
from motcua.dossiers.models import Dossier
from motcua.result.actions import return_result
from motcua.result.collection import CopyRefused, Shows, attach_copy
from motcua.result.digitizing import except_copy, exception_of, reason_words, reasons_on
from motcua.result.models import DigitizingException
from motcua.result.rules import DayFault, day_fault
from motcua.routing.actions.detours import reopen
from tests.cast import MONDAY, Cast, minutes_later
from tests.documents.papers.sent import part, pdf, photo
from tests.result.test_collection import LATER, ONLINE, SHOWS, attached
from tests.result.test_result_pages import WRITTEN, at_work
from tests.result.test_return import finished

TODAY = localdate(MONDAY)


@pytest.mark.parametrize(
    ("issued", "until", "fault"),
    [
        (0, None, None), (0, 0, None), (-400, 30, None), (1, None, DayFault.ISSUED_LATER),
        (-1, -2, DayFault.ENDS_BEFORE), (-99_999, None, DayFault.ISSUED_TOO_EARLY),
    ],
)  # fmt: skip
def test_which_days_can_be(issued, until, fault):
    last = None if until is None else TODAY + timedelta(days=until)
    first = TODAY - timedelta(days=50_000)
    assert day_fault(TODAY + timedelta(days=issued), last, today=TODAY, first=first) is fault


def test_what_stands_on_the_copy_is_kept_and_told(cast: Cast):
    dossier_id = finished(cast)
    attached(cast, dossier_id)
    copy = issued_of([dossier_id])[dossier_id]
    assert (copy.kind, copy.number, copy.issued_on, copy.valid_until, copy.kept_by_id) == (
        "electronic", "12/TLKS", TODAY, TODAY + timedelta(days=365), cast.records_clerk.id,
    )  # fmt: skip
    told = Event.objects.get(subject_id=dossier_id, kind="dossier.result_attached").after
    assert told["result"].endswith("-KQ1")
    assert (told["kind"], told["issued_on"], told["sha256"]) == ("electronic", str(TODAY), copy.stored_id)


def test_a_photograph_is_no_electronic_original(cast: Cast):
    dossier_id = finished(cast)
    with pytest.raises(PaperRefused, match="là bản quét"):
        attach_copy(dossier_id, [photo()], shows=SHOWS, by=cast.receiver, at=LATER)
    scan = Shows("scanned", TODAY)
    attach_copy(dossier_id, [photo(), photo()], shows=scan, by=cast.receiver, at=LATER)
    assert issued_of([dossier_id])[dossier_id].stored.pages == 2


def test_two_who_replace_the_same_copy_do_not_overwrite_each_other(cast: Cast):
    dossier_id = finished(cast)
    seen = attached(cast, dossier_id)
    theirs = attach_copy(dossier_id, [part(pdf(2), "a.pdf")], shows=SHOWS, by=cast.receiver, at=LATER, replaces=seen)
    for stale in (seen, None):
        with pytest.raises(PaperRefused, match="Người khác vừa đính kèm"):
            attach_copy(
                dossier_id, [part(pdf(3), "b.pdf")], shows=SHOWS, by=cast.records_clerk, at=LATER, replaces=stale
            )
    assert issued_of([dossier_id])[dossier_id].id == theirs
    assert IssuedPaper.objects.filter(dossier_id=dossier_id).count() == 2, "the one before is kept"


def test_a_reopened_dossier_has_no_digitized_result_until_the_next_one(cast: Cast):
    dossier_id = finished(cast)
    attached(cast, dossier_id)
    return_result(dossier_id, recipient=ONLINE, by=cast.receiver, at=LATER)
    reopen(dossier_id, reason="Sai họ tên", by=cast.leader, at=minutes_later(LATER, 5))
    assert issued_of([dossier_id]) == {}
    with pytest.raises(CopyRefused, match="Chưa có kết quả"):
        attached(cast, dossier_id)
    code = Dossier.objects.get(pk=dossier_id).code
    copy = IssuedPaper.objects.get(dossier_id=dossier_id)
    kept = at_work("thuly").get(reverse("replaced-paper", args=(code, copy.id)))
    assert b"".join(kept.streaming_content) == pdf(), "what was given out once can be looked at"


def test_days_that_cannot_be_are_refused_and_nothing_is_kept(cast: Cast):
    dossier_id = finished(cast)
    before = Shows("scanned", TODAY - timedelta(days=1))  # its dossier was received today
    for shows in (
        before,
        Shows("scanned", TODAY + timedelta(days=1)),
        Shows("scanned", TODAY, "", TODAY - timedelta(days=1)),
    ):
        with pytest.raises(CopyRefused, match="Ngày"):
            attach_copy(dossier_id, [part(pdf(), "a.pdf")], shows=shows, by=cast.receiver, at=LATER)
    assert not IssuedPaper.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "trống"), (b"%PDF-1.4\nbroken", "hỏng"), (b"hello", "không phải PDF hay ảnh")]
)
def test_what_is_no_paper_is_refused_beside_its_box(cast: Cast, content: bytes, words: str):
    dossier = Dossier.objects.get(pk=finished(cast))
    answer = at_work("vanthu").post(
        reverse("result-copy", args=(dossier.code,)), {"parts": part(content, "kq.pdf"), **WRITTEN}
    )
    assert (answer.status_code, words in answer.text) == (422, True)
    assert not IssuedPaper.objects.exists()


def test_an_encrypted_pdf_and_one_too_large_are_refused(cast: Cast):
    dossier_id = finished(cast)
    with pytest.raises(PaperRefused, match="mật khẩu"):
        attach_copy(dossier_id, [part(locked(), "kq.pdf")], shows=SHOWS, by=cast.receiver, at=LATER)
    with pytest.raises(PaperRefused, match="lớn hơn 20 MB"):
        attach_copy(
            dossier_id, [part(b"%PDF-1.4" + bytes(60 << 20), "kq.pdf")], shows=SHOWS, by=cast.receiver, at=LATER
        )
    assert not IssuedPaper.objects.exists()


def locked() -> bytes:
    """A PDF that wants a password."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("bi-mat", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_why_a_result_has_no_copy_is_said_once_and_ends_with_a_copy(cast: Cast):
    dossier_id = finished(cast)
    said = {"reason": "state_secret", "evidence": "Quyết định 12/QĐ-UBND độ Mật", "by": cast.records_clerk, "at": LATER}
    for fault in ({"reason": "lazy"}, {"evidence": "x"}):
        with pytest.raises(CopyRefused):
            except_copy(dossier_id, **{**said, **fault})
    except_copy(dossier_id, **said)
    with pytest.raises(CopyRefused, match="vừa có"):
        except_copy(dossier_id, **said)
    told = Event.objects.get(subject_id=dossier_id, kind="dossier.copy_excepted").after
    assert told["reason"] == "state_secret"
    assert "12/QĐ" not in str(told), "what is secret about it does not go into the log"
    attached(cast, dossier_id)
    assert exception_of(dossier_id) is None
    assert DigitizingException.objects.get().ended_at == LATER


def test_the_reasons_are_dated_and_an_unknown_one_is_shown_as_written():
    assert {one.code for one in reasons_on(TODAY)} == {"state_secret", "nothing_on_paper"}
    assert "state_secret" not in {one.code for one in reasons_on(TODAY.replace(year=2019))}
    assert reason_words("gone") == "gone"


def test_the_page_takes_a_reason_and_says_that_it_still_counts(cast: Cast):
    dossier = Dossier.objects.get(pk=finished(cast))
    clerk, address = at_work("vanthu"), reverse("except-result", args=(dossier.code,))
    refused = clerk.post(address, {"reason": "", "evidence": "Sổ 12"})
    assert (refused.status_code, 'value="Sổ 12"' in refused.text) == (422, True)
    assert clerk.post(address, {"reason": "nothing_on_paper", "evidence": "Ghi vào sổ hộ tịch"}).status_code == 302
    assert "vẫn tính là chưa số hóa" in clerk.get(reverse("result-copy", args=(dossier.code,))).text


def test_a_file_that_the_browser_does_not_keep_is_asked_for_again(cast: Cast):
    dossier = Dossier.objects.get(pk=finished(cast))
    typed = {**WRITTEN, "issued_on": "31/02/2026", "parts": part(pdf(), "ket-qua.pdf")}
    page = at_work("vanthu").post(reverse("result-copy", args=(dossier.code,)), typed)
    assert (page.status_code, "Ông/bà chọn lại tệp" in page.text, "31/02/2026" in page.text) == (422, True, True)
