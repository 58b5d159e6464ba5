"""The rows and events of one dossier, as the actions of intake, routing and result write them one by one.

A test drives the same dossier by those actions and compares row by row; change both together.
"""

from datetime import datetime
from typing import Final

from motcua.core.ids import uuid7_text
from motcua.demo.places.copying import NULL, Sheets, text, told
from motcua.demo.places.lives import Life
from motcua.demo.places.offices import Crew, Hand
from motcua.demo.places.ways import Filed, Numbers, Way
from motcua.dossiers.rules import new_tracking_token
from motcua.dossiers.states import DossierOutcome, State
from motcua.people.actions import PartyFacts
from motcua.people.models import Role
from motcua.routing.models import Outcome

_SHUT: Final = {Role.APPROVER.value: Outcome.APPROVED.value}


def write_party(sheets: Sheets, who: PartyFacts, party_id: str) -> None:
    """A party the office meets for the first time."""
    sheets.add(
        "people_party",
        (party_id, who.kind, text(who.full_name), who.personal_id, who.birth_date, who.gender, text(who.address),
         who.phone, who.email),
    )  # fmt: skip


def write_dossier(
    sheets: Sheets, life: Life, *, way: Way, filed: Filed, who: PartyFacts, numbers: Numbers, crew: Crew, turn: int,
    told_by: Hand | None = None,
) -> None:  # fmt: skip
    """One dossier with all that happened to it. `told_by`: in whose name it was received, if not the receiver's own."""
    desk = crew.hand("one_stop", Role.RECEIVER.value, life.received_at, turn)
    _dossier(sheets, life, way, filed, who, numbers, crew, desk)
    for paper in way.paper_rows:
        sheets.add("dossiers_dossiercomponent", (uuid7_text(), numbers.dossier_id, *paper))
    _received(sheets, life, way, filed, numbers, crew, told_by or desk)
    _steps(sheets, life, way, numbers, crew, desk, turn, filed, who)


def _dossier(
    sheets: Sheets, life: Life, way: Way, filed: Filed, who: PartyFacts, numbers: Numbers, crew: Crew, desk: Hand
) -> None:
    whole, promised = life.is_whole, way.promised
    state = State.RETURNED if whole else State.PROCESSING
    sheets.add(
        "dossiers_dossier",
        (numbers.dossier_id, numbers.code, numbers.submission_id, new_tracking_token(), crew.agency_id,
         way.version_id, way.channel, filed.filed_by, filed.source, filed.standing, int(state),
         numbers.party_id, who.kind, text(who.full_name), who.personal_id, who.birth_date, text(who.address),
         who.phone, who.email, "", "", "", 1, filed.return_method, promised.number, promised.unit,
         promised.fee_total, life.received_at, desk.official_id, life.due_at, life.due_at,
         DossierOutcome.GRANTED.value if whole else "", life.finished_at if whole else None,
         life.done[-1] if whole else None),
    )  # fmt: skip


def _received(sheets: Sheets, life: Life, way: Way, filed: Filed, numbers: Numbers, crew: Crew, desk: Hand) -> None:
    offered, due = way.offered, life.due_at.isoformat()
    after = told({
        "state": int(State.RECEIVED), "procedure": offered.code, "version": way.version_id,
        "sector": offered.sector_code, "level": offered.content.online_level, "channel": way.channel,
        "filed_by": filed.filed_by, "source": filed.source, "standing": filed.standing, "due_at": due,
        "promised_at": due, "papers": len(way.papers), "code": numbers.code,
    })  # fmt: skip
    tell(sheets, "dossier.received", numbers.dossier_id, crew.agency_id, desk, life.received_at, NULL, after)


def _steps(
    sheets: Sheets, life: Life, way: Way, numbers: Numbers, crew: Crew, desk: Hand, turn: int, filed: Filed,
    who: PartyFacts,
) -> None:  # fmt: skip
    """Each step with the event that closes it; the one that still lies there is open."""
    since, last = life.received_at, len(life.legs) - 1
    for place, leg in enumerate(life.legs):
        is_done = place < len(life.done)
        if not is_done and place > len(life.done):
            return
        unit = crew.units[leg.function]
        start = since
        if not is_done:
            _step(sheets, way, numbers, place, leg.role, unit, None, start, leg.due_at, None, "")
            return
        at = since = life.done[place]
        hand = desk if place == 0 else crew.hand(leg.function, leg.role, at, turn)
        outcome = Outcome.RETURNED.value if place == last else _SHUT.get(leg.role, Outcome.PASSED_ON.value)
        _step(sheets, way, numbers, place, leg.role, unit, hand, start, leg.due_at, at, outcome)
        if place == last:
            _returned(sheets, life, numbers, crew, hand, filed, who)
            return
        if leg.role == Role.APPROVER:
            tell(sheets, "dossier.approved", numbers.dossier_id, crew.agency_id, hand, at, NULL,
                 way.approved[place])  # fmt: skip
            sheets.add(
                "result_result",
                (uuid7_text(), numbers.dossier_id, f"{numbers.code}-KQ1", way.result_name, hand.official_id, at),
            )
        if place == last - 1 and life.timing is not None:
            kind, after = "dossier.finished", way.finished[life.timing]
        else:
            kind, after = "step.passed_on", way.after[place]
        tell(sheets, kind, numbers.dossier_id, crew.agency_id, hand, at, way.before[place], after)


def _step(
    sheets: Sheets, way: Way, numbers: Numbers, place: int, role: str, unit: str, hand: Hand | None,
    start: datetime, due_at: datetime, at: datetime | None, outcome: str,
) -> None:  # fmt: skip
    sheets.add(
        "routing_step",
        (uuid7_text(), numbers.dossier_id, place + 1, way.names[place], role, unit, hand.official_id if hand else None,
         hand.absent if hand else None, start, due_at, at, outcome, ""),
    )  # fmt: skip


def _returned(
    sheets: Sheets, life: Life, numbers: Numbers, crew: Crew, hand: Hand, filed: Filed, who: PartyFacts
) -> None:
    at = life.done[-1]
    sheets.add(
        "result_delivery",
        (uuid7_text(), numbers.dossier_id, filed.return_method, text(who.full_name), who.personal_id, "t", at,
         hand.official_id),
    )  # fmt: skip
    timing = life.timing.value if life.timing else ""
    tell(
        sheets, "dossier.returned", numbers.dossier_id, crew.agency_id, hand, at,
        told({"state": int(State.FINISHED)}),
        told({"state": int(State.RETURNED), "method": filed.return_method, "timeliness": timing}),
    )  # fmt: skip


def tell(
    sheets: Sheets, kind: str, subject: str, agency: str, by: Hand, at: datetime, before: str, after: str,
    *, subject_kind: str = "dossier",
) -> None:  # fmt: skip
    """One event, as `core.events.record` writes it; `before` and `after` ready for COPY."""
    sheets.event(
        at,
        f"{uuid7_text()}\t{kind}\t{subject_kind}\t{subject}\t{agency}\t{by.account}\t{by.name}\t{at}\t\t{before}\t{after}",
    )
