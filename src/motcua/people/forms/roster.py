"""An absence as it is typed: from and to, why, and who takes over which duty."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.people.actions import Substitution
from motcua.people.forms.parts import choice, typed_day, typed_time
from motcua.people.models import AbsenceReason, Official, Role, RoleGrant


class AbsenceForm(forms.Form):
    """Whole days unless an hour is typed; one list of colleagues for each duty of the absent official."""

    reason = choice(
        gettext_lazy("Lý do"),
        AbsenceReason.choices,
        missing=gettext_lazy("Ông/bà chọn lý do vắng mặt."),
    )
    first_day = typed_day(gettext_lazy("Vắng từ ngày"), missing=gettext_lazy("Ông/bà nhập ngày bắt đầu vắng mặt."))
    first_time = typed_time(gettext_lazy("Từ giờ"), hint=gettext_lazy("Để trống: từ đầu ngày."))
    last_day = typed_day(gettext_lazy("Đến ngày"), missing=gettext_lazy("Ông/bà nhập ngày vắng mặt cuối cùng."))
    last_time = typed_time(gettext_lazy("Đến giờ"), hint=gettext_lazy("Để trống: hết ngày."))

    def __init__(
        self,
        posted: Mapping[str, Any] | None,
        *,
        grants: list[RoleGrant],
        colleagues: list[Official],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(posted, initial={"first_day": today, "last_day": today})
        self.duties: dict[str, tuple[UUID, str]] = {}
        choices = [("", _("Chưa có ai"))] + [(str(one.pk), f"{one.full_name} – {one.title}") for one in colleagues]
        for number, grant in enumerate(grants):
            name = f"stand_in_{number}"
            self.duties[name] = (grant.unit_id, grant.role)
            self.fields[name] = choice(f"{Role(grant.role).label} · {grant.unit.name}", choices)

    def stand_in_rows(self) -> list[forms.BoundField]:
        """One row for each duty."""
        return [self[name] for name in self.duties]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"first_day", "first_time", "last_day", "last_time"} <= cleaned.keys():
            first_at, last_at = self.period()
            if last_at <= first_at:
                self.add_error("last_day", _("Lúc trở lại phải sau lúc bắt đầu vắng mặt."))
        return cleaned

    def period(self) -> tuple[datetime, datetime]:
        """From the first moment away until just before the last; call once the days are clean."""
        values, zone = self.cleaned_data, get_default_timezone()
        first_at = datetime.combine(values["first_day"], values["first_time"] or time(), zone)
        if values["last_time"] is not None:
            return first_at, datetime.combine(values["last_day"], values["last_time"], zone)
        return first_at, datetime.combine(values["last_day"] + timedelta(days=1), time(), zone)

    def stand_ins(self) -> list[Substitution]:
        """The duties somebody takes over; call after `is_valid()`."""
        chosen = ((duty, self.cleaned_data[name]) for name, duty in self.duties.items())
        return [Substitution(unit_id, role, UUID(who)) for (unit_id, role), who in chosen if who]

    def place_of(self, duty: tuple[UUID, str]) -> str:
        """The list in which this duty was given away."""
        return next(name for name, one in self.duties.items() if one == duty)
