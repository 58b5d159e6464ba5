"""The papers of a dossier that left the straight way, as the tests of this package print them."""

from dataclasses import replace
from datetime import timedelta

from motcua.documents.prints import (
    ApologyPrint,
    ControlSheetPrint,
    DiscontinuationPrint,
    PrintedCooperation,
    PrintedDemand,
    PrintedFormKind,
    PrintedHandOver,
    PrintedSignatory,
    RefusalPrint,
    SupplementRequestPrint,
    form_for,
)
from tests.documents.cast import DUE_AT, HEAD, RECEIPT, RECEIVED_AT, TRACKING_URL, TUYET

CHAIR = PrintedSignatory(name="Lê Quang Minh", title="Chủ tịch", authority="TM. Ủy ban nhân dân")
COMMITTEE = "Ủy ban nhân dân phường Tân Mai"

SUPPLEMENT = SupplementRequestPrint(
    printed_form=form_for(PrintedFormKind.SUPPLEMENT_REQUEST, RECEIVED_AT.date()),
    head=HEAD,
    number="12/PBS-TTPVHCC",
    dossier_code=RECEIPT.dossier_code,
    applicant=TUYET,
    request="Đăng ký khai sinh",
    demands=(
        PrintedDemand(paper="Giấy chứng sinh", fault="Thiếu chữ ký của người đỡ đẻ; xin bệnh viện ký bổ sung"),
        PrintedDemand(
            paper="Văn bản xác nhận của người làm chứng",
            fault="Chưa nộp",
            legal_reason="Điều 16 Luật Hộ tịch, do trẻ sinh tại nhà",
        ),
    ),
    reason="Giấy tờ đã nộp chưa đủ căn cứ để ghi ngày sinh của trẻ",
    contact="bà Trần Thu Hà",
    contact_phone="024 3864 0000",
    clock_rule=(
        "Thời hạn giải quyết tính lại từ đầu, kể từ khi ông/bà nộp đủ giấy tờ; "
        "đề nghị nộp trước 17 giờ 00 phút, ngày 14 tháng 12 năm 2026."
    ),
    issued_at=RECEIVED_AT + timedelta(hours=2),
    official="Trần Thu Hà",
    tracking_url=TRACKING_URL,
)
REFUSAL = RefusalPrint(
    printed_form=form_for(PrintedFormKind.REFUSAL, RECEIVED_AT.date()),
    head=HEAD,
    number="3/PTC-TTPVHCC",
    applicant=TUYET,
    request="Đăng ký khai sinh",
    refused_by="Trung tâm Phục vụ hành chính công phường Tân Mai",
    reasons=(
        "Trẻ đã được đăng ký khai sinh tại Ủy ban nhân dân phường Hoàng Mai, số 87/2026.",
        "Người nộp không phải cha, mẹ, ông, bà hoặc người thân thích của trẻ và không có giấy ủy quyền.",
    ),
    legal_bases=("Điều 15 Luật Hộ tịch số 60/2014/QH13",),
    refused_at=RECEIVED_AT,
    receiver="Trần Thu Hà",
    advice="Nếu Giấy khai sinh bị mất, ông/bà nộp yêu cầu cấp bản sao Trích lục khai sinh tại quầy 3.",
)
APOLOGY = ApologyPrint(
    printed_form=form_for(PrintedFormKind.APOLOGY, RECEIVED_AT.date()),
    head=replace(HEAD, section=""),
    number="5/PXL-UBND",
    addressee=TUYET,
    agency=COMMITTEE,
    procedure="Đăng ký khai sinh",
    applicant=TUYET,
    dossier_code=RECEIPT.dossier_code,
    received_at=RECEIVED_AT,
    promised_at=DUE_AT,
    reason="Bệnh viện Phụ sản Hà Nội chưa trả lời về số Giấy chứng sinh; đã gửi công văn nhắc ngày 24/11/2026.",
    new_due_at=DUE_AT + timedelta(days=3),
    reappointment=1,
    issued_at=DUE_AT - timedelta(hours=2),
    signatory=CHAIR,
    tracking_url=TRACKING_URL,
)
STOP = DiscontinuationPrint(
    printed_form=form_for(PrintedFormKind.DISCONTINUATION, RECEIVED_AT.date()),
    head=HEAD,
    number="2/TBD-TTPVHCC",
    addressee=TUYET,
    agency="Trung tâm Phục vụ hành chính công phường Tân Mai",
    procedure="Đăng ký khai sinh",
    applicant=TUYET,
    dossier_code=RECEIPT.dossier_code,
    received_at=RECEIVED_AT,
    asked_by=TUYET.name,
    asked_at=RECEIVED_AT + timedelta(hours=3),
    channel="trực tiếp tại quầy",
    state="Đang xử lý, chưa trình ký",
    stopped_at=RECEIVED_AT + timedelta(hours=4),
    signatory=PrintedSignatory(name="Vũ Thị Hòa", title="Giám đốc"),
    tracking_url=TRACKING_URL,
    returned_papers=("Giấy chứng sinh (01 bản chính)", "Tờ khai đăng ký khai sinh"),
    returned_fees=("Bản sao trích lục 8.000 đồng",),
)

_WAY = (
    ("Trung tâm Phục vụ hành chính công", "Bộ phận Tư pháp - Hộ tịch", "Trần Thu Hà", "Đỗ Văn Khải", "đúng hạn", ""),
    ("Bộ phận Tư pháp - Hộ tịch", "Lãnh đạo UBND", "Đỗ Văn Khải", "Lê Quang Minh", "trước hạn", ""),
    ("Lãnh đạo UBND", "Văn thư", "Lê Quang Minh", "Ngô Thị Lan", "quá hạn", "Lãnh đạo đi công tác buổi sáng"),
    ("Văn thư", "Trung tâm Phục vụ hành chính công", "Ngô Thị Lan", "Trần Thu Hà", "đúng hạn", ""),
)


def control_sheet_of(rows: int) -> ControlSheetPrint:
    """The sheet of the same dossier with so many hand-overs, an hour apart."""
    hand_overs = tuple(
        PrintedHandOver(
            giving_unit=giving,
            taking_unit=taking,
            handed_at=RECEIVED_AT + timedelta(hours=row),
            giver=giver,
            taker=taker,
            outcome=outcome,
            note=note,
        )
        for row in range(rows)
        for giving, taking, giver, taker, outcome, note in [_WAY[row % len(_WAY)]]
    )
    return ControlSheetPrint(
        printed_form=form_for(PrintedFormKind.CONTROL_SHEET, RECEIVED_AT.date()),
        head=HEAD,
        number="7/PKS",
        dossier_code=RECEIPT.dossier_code,
        procedure="Đăng ký khai sinh",
        applicant=TUYET.name,
        processing_agency="UBND phường Tân Mai",
        coordinating_agencies=(
            PrintedCooperation(
                name="Công an phường Tân Mai",
                consulted=True,
                asked_at=RECEIVED_AT + timedelta(hours=1),
                answered_at=RECEIVED_AT + timedelta(hours=3),
                outcome="đồng ý",
            ),
            PrintedCooperation(
                name="Bảo hiểm xã hội cơ sở Hoàng Mai",
                consulted=False,
                asked_at=RECEIVED_AT,
                outcome="đang giải quyết",
            ),
        ),
        received_at=RECEIVED_AT,
        due_at=DUE_AT,
        hand_overs=hand_overs,
        printed_at=DUE_AT,
        tracking_url=TRACKING_URL,
    )
