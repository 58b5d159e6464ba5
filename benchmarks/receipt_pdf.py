"""One A5 receipt with its QR code as PDF/A, warm: the target is 15 ms at the median."""

import time
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median, quantiles
from zoneinfo import ZoneInfo

from motcua.documents.prints import (
    Letterhead,
    PrintedFee,
    PrintedFormKind,
    PrintedPaper,
    PrintedParty,
    ReceiptPrint,
    form_for,
    render_receipt,
)

TARGET_MS = 15.0
_WARM_UP = 20


def run(receipts: int = 300) -> dict[str, float]:
    """Print so many different receipts one after the other; milliseconds each, and the size of the last in bytes."""
    times: list[float] = []
    pdf = b""
    for ordinal in range(receipts + _WARM_UP):
        receipt = _receipt(ordinal)
        start = time.perf_counter()
        pdf = render_receipt(receipt)
        times.append((time.perf_counter() - start) * 1_000)
    warm = times[_WARM_UP:]
    return {
        "receipts": float(receipts),
        "first_ms": times[0],
        "median_ms": median(warm),
        "p99_ms": quantiles(warm, n=100)[98],
        "target_ms": TARGET_MS,
        "bytes": float(len(pdf)),
    }


def _receipt(ordinal: int) -> ReceiptPrint:
    received_at = datetime(2026, 11, 23, 9, 15, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")) + timedelta(minutes=ordinal)
    code = f"H26.12.34-261123-{ordinal:04}"
    base = ReceiptPrint(
        printed_form=form_for(PrintedFormKind.RECEIPT, received_at.date()),
        head=Letterhead(
            superior="UBND thành phố Hà Nội",
            agency="UBND phường Tân Mai",
            section="Trung tâm Phục vụ hành chính công",
            place="Tân Mai",
        ),
        number=f"{ordinal}/TTPVHCC",
        dossier_code=code,
        receiving_centre="Trung tâm Phục vụ hành chính công phường Tân Mai, quầy 3",
        filer=PrintedParty(
            name="Nguyễn Thị Ánh Tuyết",
            identifier=f"001184{ordinal:06}",
            address="Số 8, ngõ 12, phố Tân Mai, phường Tân Mai, thành phố Hà Nội",
            phone="0912 345 678",
        ),
        request="Đăng ký khai sinh",
        papers=(
            PrintedPaper(name="Tờ khai đăng ký khai sinh", originals=1, copies=0),
            PrintedPaper(name="Giấy chứng sinh", originals=1, copies=0),
            PrintedPaper(name="Giấy chứng nhận kết hôn của cha mẹ", originals=0, copies=1, note="xuất trình"),
        ),
        time_limit="01 ngày làm việc",
        received_at=received_at,
        due_at=received_at + timedelta(days=1),
        return_at="Trung tâm Phục vụ hành chính công phường Tân Mai, quầy 5",
        receiver="Trần Thu Hà",
        tracking_url=f"https://motcua.tanmai.example.vn/tracking/{code}/?t=7Jk2Qx9ZpLm4",
    )
    return replace(base, fees=(PrintedFee(name="Bản sao trích lục", amount=8_000, note="đã nộp"),), ordinal=ordinal)


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:>10}  {value:,.1f}")
