"""At every instant a duty lies where an independent, slow reading of the roster says, whatever was written before."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.refusals import Refusal
from motcua.people.actions import Substitution, end_absence, record_absence
from motcua.people.models import Absence, Role, StandIn
from motcua.people.queries import away_officials, serves_now, uncovered_duties
from tests.people.small_office import SmallOffice, day

NAMES = ("mai", "nga", "ha", "nam", "an")
HOURS = 72
FIRST = day(1)
OWN = {
    "mai": Role.RECEIVER,
    "nga": Role.RECEIVER,
    "ha": Role.CASE_OFFICER,
    "nam": Role.APPROVER,
    "an": Role.ADMINISTRATOR,
}

hours = st.integers(0, HOURS)
WRITES = st.lists(
    st.one_of(
        st.tuples(st.just("away"), st.sampled_from(NAMES), hours, hours, st.sampled_from((None, *NAMES))),
        st.tuples(st.just("back"), st.integers(0, 5), hours),
    ),
    min_size=1,
    max_size=7,
)


def moment(hour: int) -> datetime:
    return FIRST + timedelta(hours=hour)


def unit_of(office: SmallOffice, name: str):
    return office.leaders if name == "nam" else office.one_stop


def write(office: SmallOffice, one: tuple[Any, ...]) -> str:
    """Do as drawn; what the office refuses leaves nothing behind but its sentence."""
    by = office.acting("an")
    try:
        if one[0] == "back":
            absences = list(Absence.objects.order_by("recorded_at", "pk"))
            if absences:
                end_absence(absences[one[1] % len(absences)].id, by=by, at=moment(one[2]))
        else:
            _word, who, first, last, substitute = one
            taken = [] if substitute is None else [
                Substitution(unit_of(office, who).id, OWN[who], office.id(substitute))
            ]  # fmt: skip
            record_absence(
                office.id(who), first_at=moment(first), last_at=moment(last), reason="leave", stand_ins=taken,
                by=by, at=FIRST,
            )  # fmt: skip
    except Refusal as refusal:
        return str(refusal)
    return ""


def is_away(rows: Iterable[Absence], official_id, at: datetime) -> bool:
    return any(row.official_id == official_id and row.first_at <= at < row.last_at for row in rows)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(writes=WRITES, instants=st.lists(hours, min_size=1, max_size=6))
def test_duties_go_over_and_back_by_themselves(office: SmallOffice, writes, instants):
    with transaction.atomic():
        for one in writes:
            assert write(office, one)[-1:] in {"", "."}
        rows, stand_ins = list(Absence.objects.all()), list(StandIn.objects.select_related("absence"))
        gaps = uncovered_duties(office.agency.id, FIRST, moment(HOURS + 1))
        edges = {instant for row in rows for instant in (row.first_at, row.last_at)}
        for at in {moment(hour) for hour in instants} | edges | {edge - timedelta(microseconds=1) for edge in edges}:
            if at >= FIRST:
                compare(office, rows, stand_ins, gaps, at)
        transaction.set_rollback(True)


def compare(office: SmallOffice, rows, stand_ins, gaps, at: datetime) -> None:
    """Every question the product may ask of this instant, against the plain reading of the rows."""
    assert away_officials(office.agency.id, at) == {
        office.id(name) for name in NAMES if is_away(rows, office.id(name), at)
    }
    done = set()
    for name in NAMES:
        me, own = office.id(name), (unit_of(office, name).id, str(OWN[name]))
        taken = {
            ((one.unit_id, one.role), one.official_id)
            for one in stand_ins
            if one.substitute_id == me
            and one.absence.first_at <= at < one.absence.last_at
            and not is_away(rows, me, at)
        }
        acting = office.acting(name, at)
        assert acting.duties == {own} | {duty for duty, _absent in taken}
        assert acting.stands_in_for == {absent for _duty, absent in taken}
        assert set(acting.stands_in) == acting.duties - {own}
        assert serves_now(me, *own, at) is not is_away(rows, me, at)
        done |= {duty for duty, _absent in taken} | (set() if is_away(rows, me, at) else {own})
    open_now = {(gap.unit_id, gap.role) for gap in gaps if gap.first <= at < gap.last}
    assert open_now == {(unit_of(office, name).id, str(OWN[name])) for name in NAMES} - done
