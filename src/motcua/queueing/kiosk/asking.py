"""Who asks for a number, where and when: the machine of a hall or somebody's telephone."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils.timezone import localdate

from motcua.core.look import Look
from motcua.core.throttle import address_of
from motcua.queueing.models import Hall


@dataclass(frozen=True, slots=True)
class Asking:
    """A page of this way: who asks, where, for what. `dossier`: the code typed or scanned, where one is needed."""

    request: HttpRequest
    hall: Hall
    look: Look
    at: datetime
    dossier: str = ""

    @property
    def is_kiosk(self) -> bool:
        """Whether it is a machine of this hall."""
        return self.look.hall == self.hall.code

    @property
    def who(self) -> str:
        """By whom tries are counted: the machine, or the telephone's address."""
        return self.look.machine if self.is_kiosk else address_of(self.request)

    @property
    def day(self) -> date:
        """The day in the hall."""
        return localdate(self.at)
