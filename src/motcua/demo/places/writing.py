"""The rows and events of one dossier, as the actions of intake, routing and result write them one by one.

A test drives the same dossier by those actions and compares row by row; change both together.
"""

from datetime import datetime
from typing import Final, NamedTuple

from motcua.core.ids import uuid7_text
from motcua.demo.places.copying import NULL, Sheets, instant, text, told
from motcua.demo.places.lives import Life
from motcua.demo.places.offices import Crew, Hand
from motcua.demo.places.ways import FINISHED, Filed, Numbers, Way, returned
from motcua.documents.papers.refusals import shown_name
from motcua.dossiers.models import ReturnMethod
from motcua.dossiers.rules import new_tracking_token
from motcua.dossiers.states import DossierOutcome, State
from motcua.people.actions import PartyFacts
from motcua.people.models import Role
from motcua.result.models import Evidence
from motcua.routing.models import Outcome

_RECEIVER: Final = Role.RECEIVER.value
_APPROVER: Final = Role.APPROVER.value
_APPROVED: Final = Outcome.APPROVED.value
_PASSED_ON: Final = Outcome.PASSED_ON.value
_RETURNED: Final = Outcome.RETURNED.value
_COUNTER: Final = ReturnMethod.COUNTER.value
_ONLINE: Final = ReturnMethod.ONLINE.value
_AT_DESK: Final = Evidence.AT_DESK.value
_GRANTED: Final = DossierOutcome.GRANTED.value
_WHOLE, _UNDER_WAY = int(State.RETURNED), int(State.PROCESSING)


class Moments(NamedTuple):
    """When it was received, when each step was done and should have been, ready for COPY."""

    received: str
    due: str
    done: tuple[str, ...]
    dues: tuple[str, ...]


def write_party(sheets: Sheets, who: PartyFacts, party_id: str, *, agency: str, by: Hand, at: datetime) -> None:
    """A party the office meets for the first time, at this moment, at the desk of whoever receives the dossier."""
    sheets.add(
        "people_party",
        (party_id, who.kind, text(who.full_name), who.personal_id, who.birth_date, who.gender, text(who.address),
         who.phone, who.email),
    )  # fmt: skip
    tell(sheets, "party.met", party_id, agency, by, (at, instant(at)), NULL, NULL, subject_kind="party")


def write_dossier(
    sheets: Sheets, life: Life, *, way: Way, filed: Filed, who: PartyFacts, numbers: Numbers, crew: Crew, turn: int,
    told_by: Hand | None = None,
) -> None:  # fmt: skip
    """One dossier with all that happened to it. `told_by`: in whose name it was received, if not the receiver's own."""
    desk = crew.hand("one_stop", _RECEIVER, life.received_at, turn)
    moments = Moments(
        instant(life.received_at), instant(life.due_at), tuple(map(instant, life.done)),
        tuple([instant(leg.due_at) for leg in life.legs]),
    )  # fmt: skip
    _dossier(sheets, life, moments, way, filed, who, numbers, crew, desk)
    for paper in way.paper_rows:
        sheets.line("dossiers_dossiercomponent", f"{uuid7_text()}\t{numbers.dossier_id}\t{paper}")
    due = moments.due.replace(" ", "T")
    tell(sheets, "dossier.received", numbers.dossier_id, crew.agency_id, told_by or desk,
         (life.received_at, moments.received), NULL, way.received(filed, due, numbers.code))  # fmt: skip
    _steps(sheets, life, moments, way, numbers, crew, desk, turn, filed, who)


def _dossier(
    sheets: Sheets, life: Life, moments: Moments, way: Way, filed: Filed, who: PartyFacts, numbers: Numbers,
    crew: Crew, desk: Hand,
) -> None:  # fmt: skip
    whole, promised = life.is_whole, way.promised
    sheets.add(
        "dossiers_dossier",
        (numbers.dossier_id, numbers.code, numbers.submission_id, new_tracking_token(), crew.agency_id,
         way.version_id, way.channel, filed.filed_by, filed.source, filed.standing, _WHOLE if whole else _UNDER_WAY,
         numbers.party_id, who.kind, text(who.full_name), who.personal_id, who.birth_date, text(who.address),
         who.phone, who.email, "", "", "", 1, filed.return_method, promised.number, promised.unit,
         promised.fee_total, moments.received, desk.official_id, moments.due, moments.due,
         _GRANTED if whole else "", moments.done[-2] if whole else None, moments.done[-1] if whole else None),
    )  # fmt: skip


def _steps(
    sheets: Sheets, life: Life, moments: Moments, way: Way, numbers: Numbers, crew: Crew, desk: Hand, turn: int,
    filed: Filed, who: PartyFacts,
) -> None:  # fmt: skip
    """Each step with the event that closes it; the one that still lies there is open."""
    since, last, dossier_id, agency = moments.received, len(life.legs) - 1, numbers.dossier_id, crew.agency_id
    approved = ("", "")
    for place, leg in enumerate(life.legs):
        unit, role, due = crew.units[leg.function], leg.role, moments.dues[place]
        row = f"{uuid7_text()}\t{dossier_id}\t{place + 1}\t{way.names[place]}\t{role}\t{unit}\t"
        if place == len(life.done):
            sheets.line("routing_step", f"{row}{NULL}\t{NULL}\t{since}\t{due}\t{NULL}\t\t")
            return
        done, at = life.done[place], moments.done[place]
        hand = desk if place == 0 else crew.hand(leg.function, role, done, turn)
        outcome = _RETURNED if place == last else _APPROVED if role == _APPROVER else _PASSED_ON
        row += f"{hand.official_id}\t{hand.absent or NULL}\t{since}\t{due}\t{at}\t{outcome}\t"
        sheets.line("routing_step", row)
        since = at
        if place == last:
            if crew.scan:
                _digitized(sheets, (done, at), way, numbers, crew, hand, filed, approved)
            _given_back(sheets, life, at, numbers, agency, hand, filed, who)
            return
        if role == _APPROVER:
            tell(sheets, "dossier.approved", dossier_id, agency, hand, (done, at), NULL, way.approved[place])
            approved = (uuid7_text(), at[:10])
            sheets.line(
                "result_result",
                f"{approved[0]}\t{dossier_id}\t{numbers.code}-KQ1\t{way.result_name}\t{hand.official_id}\t{at}",
            )
        if place == last - 1 and life.timing is not None:
            kind, after = "dossier.finished", way.finished[life.timing]
        else:
            kind, after = "step.passed_on", way.after[place]
        tell(sheets, kind, dossier_id, agency, hand, (done, at), way.before[place], after)


def _digitized(
    sheets: Sheets, at: tuple[datetime, str], way: Way, numbers: Numbers, crew: Crew, hand: Hand, filed: Filed,
    approved: tuple[str, str],
) -> None:  # fmt: skip
    """The copy that the desk attaches before it hands the result over: sent online it was a PDF from the start."""
    (result_id, issued_on), kind = approved, "electronic" if filed.return_method == _ONLINE else "scanned"
    code = f"{numbers.code}-KQ1"
    sheets.line(
        "documents_issuedpaper",
        f"{uuid7_text()}\t{numbers.dossier_id}\t{NULL}\t{result_id}\t{kind}\t\t{issued_on}\t{NULL}\t{crew.scan}\t"
        f"{shown_name(f'{code} {way.result_name}'[:120])}\t{at[1]}\t{hand.official_id}",
    )
    after = told({"result": code, "sha256": crew.scan, "kind": kind, "issued_on": issued_on})
    tell(sheets, "dossier.result_attached", numbers.dossier_id, crew.agency_id, hand, at, NULL, after)


def _given_back(
    sheets: Sheets, life: Life, at: str, numbers: Numbers, agency: str, hand: Hand, filed: Filed, who: PartyFacts
) -> None:
    here = filed.return_method == _COUNTER
    collected = f"{at}\t{_AT_DESK}\t{hand.official_id}" if here else f"{NULL}\t\t{NULL}"
    sheets.line(
        "result_delivery",
        f"{uuid7_text()}\t{numbers.dossier_id}\t{filed.return_method}\t{text(who.full_name)}\t{who.personal_id}\tt\t"
        f"{at}\t{hand.official_id}\t{collected}",
    )
    timing = life.timing.value if life.timing else ""
    tell(sheets, "dossier.returned", numbers.dossier_id, agency, hand, (life.done[-1], at), FINISHED,
         returned(filed.return_method, timing))  # fmt: skip


def tell(
    sheets: Sheets, kind: str, subject: str, agency: str, by: Hand, at: tuple[datetime, str], before: str, after: str,
    *, subject_kind: str = "dossier",
) -> None:  # fmt: skip
    """One event, as `core.events.record` writes it; its moment as such and, like `before` and `after`, for COPY."""
    sheets.event(
        at[0],
        f"{kind}\t{subject_kind}\t{subject}\t{agency}\t{by.account}\t{by.name}\t{at[1]}\t\t{before}\t{after}",
    )
