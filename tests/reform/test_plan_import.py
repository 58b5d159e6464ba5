"""A plan's sheet: what fits comes in once; a faulty line is told with all its reasons and handed back."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from motcua.people.models import UnitFunction
from motcua.reform.models import Plan, PlanTask
from motcua.reform.plan.actions import write_plan
from motcua.reform.plan.importing import import_tasks, read_sheet
from motcua.reform.refusals import NotYours, PlanRefused
from tests.cast import Cast
from tests.feedback.stories import logged_in
from tests.reform.stories import DRAFTED, YEAR, issued, unit_of

HEAD = "Lĩnh vực,Nội dung nhiệm vụ,Đơn vị chủ trì,Đơn vị phối hợp,Hạn hoàn thành,Sản phẩm,Người phụ trách"
JUSTICE, RECORDS = "Tư pháp – hộ tịch", "Văn thư"
GOOD = f"Cải cách thể chế,Rà soát văn bản,{JUSTICE},,30/06/2026,Danh mục,"
SECOND = f"cpđt cqs,Ký số văn bản đi,{RECORDS},Mọi bộ phận,quý III,Báo cáo,Phạm Quốc Bảo"


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return write_plan(year=YEAR, title="Kế hoạch", by=cast.controller, at=DRAFTED)


def sheet(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *lines)).encode()


def test_a_sheet_comes_in_once(plan: Plan, cast: Cast):
    came = import_tasks(plan, sheet(GOOD, SECOND), by=cast.controller, at=DRAFTED)
    assert (came.added, came.known, came.read.faulty) == (2, 0, ())
    second = plan.tasks.get(ordinal=2)
    assert (second.area, second.deadline, second.coordinating) == ("digital", date(2026, 9, 30), "Mọi bộ phận")
    assert (second.lead_unit.function, second.owner.full_name) == (UnitFunction.RECORDS, "Phạm Quốc Bảo")
    again = import_tasks(plan, sheet(GOOD, SECOND, GOOD), by=cast.controller, at=DRAFTED)
    assert (again.added, again.known, plan.tasks.count()) == (0, 3, 2)


def test_every_reason_of_a_faulty_line_is_told_with_its_number(plan: Plan, cast: Cast):
    lines = (
        GOOD,
        "Trồng rừng,,Phòng Lạ,,31/02/2026,Báo cáo,Ông Nào",
        f"Cải cách thể chế,Việc năm sau,{JUSTICE},,30/06/2027,Báo cáo,",
        f",Không lĩnh vực,{JUSTICE},,tháng 5,,",
        f"Cải cách thể chế,{'dài ' * 300},{JUSTICE},,tháng 5,Báo cáo,",
    )
    came = import_tasks(plan, sheet(*lines), by=cast.controller, at=DRAFTED)
    assert came.added == 1
    told = {line.number: " ".join(line.faults) for line in came.read.faulty}
    assert sorted(told) == [3, 4, 5, 6]
    for words in ("“Trồng rừng”", "“Phòng Lạ”", RECORDS, "“31/02/2026”", "“Nội dung nhiệm vụ”", "“Ông Nào”"):
        assert words in told[3], words
    assert "nằm ngoài năm 2026" in told[4]
    assert "Chưa ghi lĩnh vực." in told[5]
    assert "“Sản phẩm”" in told[5]
    assert "dài quá" in told[6]


@pytest.mark.parametrize(
    "deadline",
    ["tháng 12 năm 9999", "quý IV năm 9999", "cả năm 9999", "tháng 1 năm 0000", "31/12/9999", "9" * 30, "tháng 13"],
)
def test_a_deadline_that_no_calendar_has_is_told_by_line(plan: Plan, cast: Cast, deadline: str):
    line = GOOD.replace("30/06/2026", deadline)
    came = import_tasks(plan, sheet(line, SECOND), by=cast.controller, at=DRAFTED)
    assert (came.added, [one.number for one in came.read.faulty]) == (1, [2])


def test_a_cell_longer_than_a_task_comes_back_whole(plan: Plan, cast: Cast):
    long = "việc " * 900
    came = import_tasks(plan, sheet(GOOD.replace("Rà soát văn bản", long)), by=cast.controller, at=DRAFTED)
    assert long.strip() in came.read.handed_back


def test_handed_back_lines_are_taken_in_when_mended(plan: Plan, cast: Cast):
    """Nothing is lost on the way: what comes back is a sheet of its own."""
    faulty = f"Cải cách thể chế,Sửa, soạn văn bản,{JUSTICE},,31/02/2026,Danh mục,"
    quoted = faulty.replace("Sửa, soạn văn bản", '"Sửa, soạn văn bản"')
    came = import_tasks(plan, sheet(GOOD, quoted), by=cast.controller, at=DRAFTED)
    back = came.read.handed_back
    assert "Sửa, soạn văn bản\t" in back
    mended = import_tasks(plan, back.replace("31/02/2026", "28/02/2026").encode(), by=cast.controller, at=DRAFTED)
    assert (mended.added, mended.read.faulty) == (1, ())
    assert plan.tasks.get(ordinal=2).content == "Sửa, soạn văn bản"


def test_an_area_may_stand_above_its_tasks_and_other_columns_are_passed_over(plan: Plan):
    head = "STT;Nội dung;Cơ quan chủ trì;Thời gian hoàn thành;Sản phẩm đầu ra;Ghi chú"
    lines = (
        "I;CẢI CÁCH THỂ CHẾ;;;;", f"1;Rà soát, sửa văn bản;{JUSTICE};tháng 5;Danh mục;gấp",
        "II;II. Cải cách thủ tục hành chính;;;;", f"2;Rút ngắn thời gian;{JUSTICE};Cả năm;Quy trình;", ";;;;;",
    )  # fmt: skip
    read = read_sheet(sheet(*lines, head=head), plan)
    assert [(task.area, task.deadline) for task in read.tasks] == [
        ("institutions", date(2026, 5, 31)), ("procedures", date(2026, 12, 31)),
    ]  # fmt: skip
    assert read.faulty == ()


def workbook(*rows: tuple) -> bytes:
    made, out = Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def test_a_workbook_with_days_as_days(plan: Plan):
    head = tuple(HEAD.split(","))
    row = ("Cải cách thể chế", "=1+1", JUSTICE, None, date(2026, 6, 30), "Danh mục", None)
    read = read_sheet(workbook(("UBND PHƯỜNG", None), (), head, row), plan)
    assert [line.number for line in read.faulty] == [4]
    read = read_sheet(workbook(head, (*row[:1], "Rà soát", *row[2:])), plan)
    assert read.tasks[0].deadline == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x00\x01\x02", "Không đọc được tệp"),
        (b"PK\x03\x04broken", "XLSX này hỏng"),
        (b"x" * (5 * 1024 * 1024 + 1), "nhiều nhất 5 MB"),
        ("Cột này,Cột kia\n1,2".encode(), "Không thấy hàng tiêu đề"),
        (HEAD.encode(), "không có nhiệm vụ nào"),
        (b"", "Không thấy hàng tiêu đề"),
        ("\n".join([HEAD, *[GOOD] * 1100]).encode(), "nhiều nhất 1000"),
    ],
)
def test_what_is_no_sheet_is_refused_in_a_sentence(plan: Plan, cast: Cast, content: bytes, sentence: str):
    with pytest.raises(PlanRefused, match=sentence):
        import_tasks(plan, content, by=cast.controller, at=DRAFTED)
    assert not PlanTask.objects.exists()


def test_only_the_keeper_imports_and_only_into_a_draft(cast: Cast, plan: Plan):
    with pytest.raises(NotYours):
        import_tasks(plan, sheet(GOOD), by=cast.case_officer, at=DRAFTED)
    plan.delete()
    done, _task = issued(cast)
    with pytest.raises(PlanRefused, match="đã ban hành"):
        import_tasks(done, sheet(GOOD), by=cast.leader, at=DRAFTED)


def test_the_page_takes_an_upload_and_a_paste_and_loses_nothing(cast: Cast, plan: Plan):
    keeper, address = logged_in("kiemsoat"), f"/reform/plans/{plan.pk}/import/"
    assert keeper.post(address, {"pasted": "  "}).status_code == 422
    bad = GOOD.replace(JUSTICE, "Phòng Lạ").replace("Rà soát văn bản", "<b>Việc</b>")
    upload = SimpleUploadedFile("bang.csv", sheet(SECOND, bad), "text/csv")
    page = keeper.post(address, {"sheet": upload})
    assert (page.status_code, plan.tasks.count()) == (422, 1)
    assert "Đã nhập 1 nhiệm vụ" in page.text
    assert "Cơ quan không có đơn vị “Phòng Lạ”" in page.text
    assert "<b>Việc</b>" not in page.text
    assert "Phòng Lạ\t" in page.text
    mended = "\n".join((HEAD.replace(",", "\t"), bad.replace("Phòng Lạ", JUSTICE).replace(",", "\t")))
    assert keeper.post(address, {"pasted": mended}).status_code == 302
    assert plan.tasks.count() == 2
    broken = keeper.post(address, {"sheet": SimpleUploadedFile("bang.xlsx", b"PK\x03\x04x")})
    assert (broken.status_code, "XLSX này hỏng" in broken.text) == (422, True)
    assert unit_of(cast, UnitFunction.JUSTICE).name == JUSTICE
