"""What cannot be done with a plan, a task or an inspection, each in its sentence."""

from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal


class PlanRefused(Refusal, ValueError):
    """A plan or task cannot be so; the sentence says why."""


class InspectionRefused(Refusal, ValueError):
    """An inspection or finding cannot be so; the sentence says why."""


class StaleTask(Refusal):
    """The task is not as the page showed it. Nothing was changed."""

    def __str__(self) -> str:
        return _(
            "Nhiệm vụ này vừa được người khác cập nhật nên việc của ông/bà chưa ghi. Ông/bà xem lại rồi gửi lần nữa."
        )


class StalePlan(Refusal):
    """The plan is not as the page showed it. Nothing was changed."""

    def __str__(self) -> str:
        return _(
            "Kế hoạch này vừa được người khác cập nhật nên việc của ông/bà chưa ghi. Ông/bà xem lại rồi gửi lần nữa."
        )


class StaleInspection(Refusal):
    """The inspection or finding is not as the page showed it. Nothing was changed."""

    def __str__(self) -> str:
        return _(
            "Cuộc kiểm tra này vừa được người khác cập nhật nên việc của ông/bà chưa ghi. "
            "Ông/bà xem lại rồi gửi lần nữa."
        )


class NotYours(Refusal):
    """Somebody without the duty."""
