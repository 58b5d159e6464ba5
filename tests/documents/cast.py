"""The papers of Nguyễn Thị Ánh Tuyết's birth registration, as the tests of this package print them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from motcua.documents.prints import (
    DeliveryNotePrint,
    Letterhead,
    Poster,
    PostersPrint,
    PrintedFee,
    PrintedFormKind,
    PrintedPaper,
    PrintedParty,
    PrintedResult,
    ReceiptPrint,
    RegisterPrint,
    RegisterRow,
    form_for,
)

RECEIVED_AT = datetime(2026, 11, 23, 9, 15, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DUE_AT = RECEIVED_AT + timedelta(days=1)
TRACKING_URL = "https://motcua.tanmai.example.vn/tracking/H26.12.34-261123-0007/?t=7Jk2Qx9ZpLm4"
NINETY_LETTERS = "Công Tằng Tôn Nữ Hoàng Thị Thùy Dương Ánh Nguyệt Minh Châu Bảo Ngọc Khánh Huyền Trân Quỳnh"

HEAD = Letterhead(
    superior="UBND thành phố Hà Nội",
    agency="UBND phường Tân Mai",
    section="Trung tâm Phục vụ hành chính công",
    place="Tân Mai",
)
TUYET = PrintedParty(
    name="Nguyễn Thị Ánh Tuyết",
    identifier="001184012345",
    address="Số 8, ngõ 12, phố Tân Mai, phường Tân Mai, thành phố Hà Nội",
    phone="0912 345 678",
    email="anhtuyet@example.vn",
)
RECEIPT = ReceiptPrint(
    printed_form=form_for(PrintedFormKind.RECEIPT, RECEIVED_AT.date()),
    head=HEAD,
    number="27/TTPVHCC",
    dossier_code="H26.12.34-261123-0007",
    receiving_centre="Trung tâm Phục vụ hành chính công phường Tân Mai, quầy 3",
    filer=TUYET,
    request="Đăng ký khai sinh",
    papers=(
        PrintedPaper(name="Tờ khai đăng ký khai sinh", originals=1, copies=0),
        PrintedPaper(name="Giấy chứng sinh", originals=1, copies=0),
        PrintedPaper(name="Giấy chứng nhận kết hôn", originals=0, copies=1, note="xuất trình"),
    ),
    time_limit="01 ngày làm việc",
    received_at=RECEIVED_AT,
    due_at=DUE_AT,
    return_at="Trung tâm Phục vụ hành chính công phường Tân Mai, quầy 5",
    receiver="Trần Thu Hà",
    tracking_url=TRACKING_URL,
    fees=(PrintedFee(name="Bản sao trích lục", amount=8_000), PrintedFee(name="Chứng thực", amount=16_000)),
    book="01/2026",
    ordinal=1287,
)
NOTE = DeliveryNotePrint(
    printed_form=form_for(PrintedFormKind.DELIVERY_NOTE, RECEIVED_AT.date()),
    head=HEAD,
    number="27/BNTKQ",
    dossier_code=RECEIPT.dossier_code,
    centre=RECEIPT.return_at,
    procedure=RECEIPT.request,
    applicant=TUYET.name,
    recipient=TUYET,
    results=(PrintedResult(name="Giấy khai sinh", symbol="87/2026"),),
    due_at=DUE_AT,
    returned_at=DUE_AT - timedelta(hours=1),
    return_method="Nhận trực tiếp tại quầy",
    official="Trần Thu Hà",
    tracking_url=TRACKING_URL,
    outcome="trước hạn",
    returned_papers=("Giấy chứng sinh",),
)

POSTER = Poster(
    over="Hộ tịch · 1.001193",
    title="Đăng ký khai sinh",
    url="https://motcua.tanmai.example.vn/procedures/1.001193/",
    call="Quét mã để xem đầy đủ trên điện thoại",
)


def posters_of(*posters: Poster) -> PostersPrint:
    """These posters on A4 sheets."""
    return PostersPrint(head=HEAD, posters=posters, sheet="a4", contact="", posted_at=RECEIVED_AT)


def register_of(rows: int) -> RegisterPrint:
    """A civil status register with so many lines; every third result is still out."""
    return RegisterPrint(
        printed_form=form_for(PrintedFormKind.REGISTER, RECEIVED_AT.date()),
        head=HEAD,
        number="03/STD",
        sector="Hộ tịch",
        period="Từ ngày 01/11/2026 đến ngày 23/11/2026",
        rows=tuple(
            RegisterRow(
                ordinal=ordinal,
                dossier_code=f"H26.12.34-261123-{ordinal:04}",
                procedure="Đăng ký khai sinh",
                applicant=TUYET.name,
                address=TUYET.address,
                phone=TUYET.phone,
                competent_agency="UBND phường Tân Mai",
                received_at=RECEIVED_AT,
                due_at=DUE_AT,
                returned_at=None if ordinal % 3 == 0 else DUE_AT,
                return_method="Trực tiếp",
            )
            for ordinal in range(1, rows + 1)
        ),
        printed_at=RECEIVED_AT,
        keeper="Phạm Thị Sổ",
        book="01/2026",
    )
