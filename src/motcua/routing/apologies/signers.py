"""Who may draft, sign or except what."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import OPEN
from motcua.people.access import ActingOfficial
from motcua.people.models import Role, Unit, UnitFunction
from motcua.routing.apologies.drafting import DRAFTERS, ApologyRefused
from motcua.routing.apologies.models import Apology
from motcua.routing.apologies.queries import LetterRow
from motcua.routing.apologies.rules import MOST_LETTERS, is_halfway


def leaders_of(agency_id: UUID) -> list[UUID]:
    """The units of the agency's leaders: those who sign for the whole office."""
    units = Unit.objects.filter(agency_id=agency_id, function=UnitFunction.LEADERS)
    return list(units.values_list("pk", flat=True))


def signing_unit(letter: Apology, by: ActingOfficial) -> UUID:
    """The unit for which this official may sign this letter. Raises `ApologyRefused` when there is none."""
    if letter.ordinal > MOST_LETTERS:
        raise ApologyRefused(_("Hồ sơ đã được hẹn lại hai lần nên không hẹn lại nữa."))
    units = [*leaders_of(letter.agency_id), *([letter.unit_id] if letter.ordinal == 1 else [])]
    for unit_id in units:
        if by.serves(unit_id, Role.APPROVER):
            return unit_id
    if letter.ordinal > 1:
        raise ApologyRefused(_("Hẹn lại lần thứ hai phải do lãnh đạo cơ quan ký."))
    raise ApologyRefused(_("Thư này do lãnh đạo cơ quan hoặc người phụ trách đơn vị đang giữ hồ sơ ký."))


def open_ways(by: ActingOfficial, dossier: Dossier, letters: Sequence[LetterRow], at: datetime) -> dict[str, bool]:
    """What this official may begin on a dossier's page; the actions check again.

    A letter by hand is offered from half of the time on.
    """
    goal_at = dossier.appointed_at or dossier.due_at
    is_open, has_draft = dossier.state in OPEN, any(letter.number is None for letter in letters)
    halfway = is_halfway(dossier.received_at, goal_at, at)
    return {
        "draft": is_open and halfway and not has_draft and len(letters) < MOST_LETTERS and by.holds(*DRAFTERS),
        "except": is_open and (dossier.paused_at or at) > goal_at and by.holds(Role.APPROVER),
    }
