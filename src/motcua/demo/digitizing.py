"""The demo ward digitizes: some results with their copies, one without and why, older results in every state."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.timezone import localdate

from motcua.demo.beside import acting
from motcua.demo.from_home.pictures import photographed
from motcua.demo.specimen import specimen_part
from motcua.documents.papers.models import CopyKind, IssuedPaper
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.people.models import Agency
from motcua.result.collection import Shows, attach_copy
from motcua.result.digitizing import except_copy
from motcua.result.models import OlderResult
from motcua.result.older.actions import OlderFacts, check, digitize, list_many, refuse_scan
from motcua.worktime.rules import Calendar

_OLDER: Final = (
    OlderFacts("Giấy khai sinh", "112/2009", date(2009, 5, 4), "Huỳnh Gia Bảo", None, "000209000112"),
    OlderFacts("Giấy chứng nhận kết hôn", "37/2014", date(2014, 11, 20), "Võ Thị Hạnh", None, "000190000037"),
    OlderFacts("Giấy chứng nhận đăng ký hộ kinh doanh", "33A8012345", date(2018, 3, 12), "Đỗ Hữu Khang", None),
    OlderFacts(
        "Giấy phép xây dựng nhà ở riêng lẻ", "45/GPXD", date(2021, 3, 2), "Ngô Minh Tuấn", date(2031, 3, 1)
    ),
    OlderFacts("Giấy khai sinh", "204/2015", date(2015, 9, 8), "Dương Kim Ngân", None, "000315000204"),
    OlderFacts("Giấy phép xây dựng nhà ở riêng lẻ", "9/GPXD", date(2014, 6, 2), "Hồ Quốc Long", date(2024, 6, 1)),
)  # fmt: skip
"""Of people who never were; the last one is no longer valid."""


def digitize_some(ward: Agency, *, calendar: Calendar, now: datetime) -> None:
    """Copies for the three oldest handed over, a reason for one that lies ready, and the register of older ones."""
    returned = Dossier.objects.filter(agency=ward, state=State.RETURNED, standing="single").order_by("returned_at")
    without = [one for one in returned[:12] if not IssuedPaper.objects.filter(dossier_id=one.pk).exists()]
    for one in without[:3]:
        at = calendar.after(one.returned_at or now, 25)
        shows = Shows(CopyKind.SCANNED, localdate(one.finished_at or at), f"{one.code[-4:]}/UBND")
        attach_copy(one.pk, [specimen_part()], shows=shows, by=acting("vanthu", at), at=at)
    ready = Dossier.objects.filter(agency=ward, state=State.FINISHED, standing="single").order_by("-finished_at")[0]
    at = calendar.after(ready.finished_at or now, 5)
    except_copy(
        ready.pk, reason="nothing_on_paper", evidence="Ghi vào sổ hộ tịch, không cấp giấy.",
        by=acting("vanthu", at), at=min(at, now),
    )  # fmt: skip
    _older(calendar.after(without[0].returned_at or now, 60), calendar)


def _older(at: datetime, calendar: Calendar) -> None:
    """Listed, digitized and waiting, checked, found unreadable."""
    clerk, receiver = acting("vanthu", at), acting("tiepnhan", at)
    listed = list_many(_OLDER, by=clerk, at=at)
    copies = list(_scanned(listed[:3], calendar.after(at, 30)))
    later = calendar.after(at, 90)
    check(listed[0].id, copy_id=copies[0], by=receiver, at=later)
    refuse_scan(listed[1].id, copy_id=copies[1], why="Ảnh mờ, không đọc được dòng ngày cấp.", by=receiver, at=later)


def _scanned(listed: list[OlderResult], at: datetime) -> Iterator[UUID]:
    clerk = acting("vanthu", at)
    for one in listed:
        lines = (f"Số: {one.number}", f"Cấp cho: {one.holder_name}", f"Ngày cấp: {one.issued_on:%d/%m/%Y}")
        digitize(one.id, [photographed(one.title.upper(), lines, name="quet.jpg")], by=clerk, at=at)
        yield IssuedPaper.objects.get(older_id=one.id, replaced_at=None).id
