"""Why a version may not be published yet, in sentences for the procedure controller."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from motcua.catalogue.rules.content import StepLine, VersionContent

LIMIT_UNITS = frozenset({"working_hour", "working_day", "day"})
RECEIVER = "receiver"
APPROVER = "approver"


def faults(content: VersionContent) -> list[str]:
    """What is missing or contradicts itself; empty when the version may be published.

    The elements are those a procedure must state (Decree 63/2010/NĐ-CP art. 8.2 as amended by 92/2017).
    """
    return [sentence for sentences in faults_by_element(content).values() for sentence in sentences]


def faults_by_element(content: VersionContent) -> dict[str, list[str]]:
    """The same sentences under the element (its name in `VersionContent`) that has to be mended."""
    found: dict[str, list[str]] = {}
    for element, sentence in _missing(content):
        found.setdefault(element, []).append(sentence)
    for element, sentences in (
        ("limits", _limit_faults(content)),
        ("fees", _fee_faults(content)),
        ("route", _route_faults(content.route)),
    ):
        for sentence in sentences:
            found.setdefault(element, []).append(sentence)
    return found


def _missing(content: VersionContent) -> Iterator[tuple[str, str]]:
    if not content.name.strip():
        yield "name", _("Thiếu tên thủ tục.")
    if not content.components:
        yield "components", _("Thiếu thành phần hồ sơ: cần ít nhất một giấy tờ.")
    if any(not line.name.strip() for line in content.components):
        yield "components", _("Có giấy tờ chưa ghi tên.")
    if not content.channels:
        yield "channels", _("Chưa ghi cách nộp (trực tiếp, trực tuyến hay bưu chính).")
    if not content.applicant_kinds:
        yield "applicant_kinds", _("Chưa ghi ai được nộp.")
    if not content.results:
        yield "results", _("Chưa ghi kết quả giải quyết.")
    if not content.legal_bases:
        yield "legal_bases", _("Chưa ghi căn cứ pháp lý.")


def _limit_faults(content: VersionContent) -> Iterator[str]:
    if not any(not line.channel and not line.when for line in content.limits):
        yield _("Thiếu thời hạn chung (không kèm trường hợp hay cách nộp).")
    for line in content.limits:
        if line.unit not in LIMIT_UNITS:
            yield _("Đơn vị thời hạn “%(unit)s” không dùng được; chọn giờ làm việc, ngày làm việc hoặc ngày.") % {
                "unit": line.unit
            }
        if line.number < 1:
            yield _("Thời hạn phải từ 1 trở lên.")
    seen = [(line.channel, line.when) for line in content.limits]
    if len(seen) != len(set(seen)):
        yield _("Có hai thời hạn cho cùng một trường hợp và cách nộp; giữ lại một.")


def _fee_faults(content: VersionContent) -> Iterator[str]:
    for line in content.fees:
        if line.amount is not None and line.set_by_province:
            yield _("Khoản “%(name)s” vừa có mức thu vừa ghi do tỉnh quy định; chọn một.") % {"name": line.name}


def _route_faults(route: tuple[StepLine, ...]) -> Iterator[str]:
    if not route:
        yield _("Thiếu quy trình nội bộ.")
        return
    total = sum(step.share for step in route if not step.parallel)
    if total != 100:
        yield _("Các bước của quy trình phải chia hết thời hạn: tổng đang là %(total)d %%, phải là 100 %%.") % {
            "total": total
        }
    if route[0].role != RECEIVER or route[-1].role != RECEIVER:
        yield _("Quy trình phải bắt đầu và kết thúc ở cán bộ tiếp nhận (Bộ phận Một cửa).")
    if route[-1].share:
        yield _("Bước trả kết quả không được chiếm thời hạn giải quyết.")
    if not any(step.role == APPROVER for step in route):
        yield _("Quy trình chưa có bước lãnh đạo ký.")
    yield from _parallel_faults(route)


def _parallel_faults(route: tuple[StepLine, ...]) -> Iterator[str]:
    """Steps done at the same time share the time of the step they run beside."""
    together: list[StepLine] = []
    for place, step in enumerate(route):
        if not step.parallel:
            together = [step]
            continue
        if place == 0 or step is route[-1] or APPROVER in (step.role, together[0].role):
            yield _("Bước tiếp nhận, bước lãnh đạo ký và bước trả kết quả không làm song song được.")
        if any((step.role, step.function) == (other.role, other.function) for other in together):
            yield _("Hai bước song song phải ở hai đơn vị hoặc hai vai trò khác nhau.")
        if step.share > together[0].share:
            yield _("Bước “%(name)s” song song nên phần thời hạn không lớn hơn bước cùng lúc.") % {"name": step.name}
        together.append(step)
