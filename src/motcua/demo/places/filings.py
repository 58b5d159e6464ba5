"""What was filed online before the desk received it: the submission with its two events, as `intake` writes them."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from motcua.demo.places.copying import NULL, Sheets, instant, text, told
from motcua.demo.places.lives import Life
from motcua.demo.places.offices import Crew, Hand
from motcua.demo.places.ways import Filed, Numbers, Way
from motcua.demo.places.writing import tell
from motcua.dossiers.rules import new_tracking_token
from motcua.dossiers.states import State
from motcua.intake.answer_limits import answer_limit
from motcua.people.actions import PartyFacts
from motcua.worktime.rules import Calendar

# Before that day no law gives the desk a time to answer; what came online was taken over from the province's portal.
SINCE: Final = date(2020, 5, 22)
APPLICANT: Final = Hand("", NULL, "Người nộp hồ sơ")
EVENING: Final = 19
_SUBMITTED: Final = told({"state": int(State.SUBMITTED)})


def submitted_before(received_at: datetime, random: Random) -> datetime:
    """Some minutes before the desk took it in, or the evening before when the office had just opened."""
    ago = received_at - timedelta(minutes=random.randrange(3, 100))
    if ago.hour < 7:
        return (received_at - timedelta(days=1)).replace(hour=EVENING, minute=random.randrange(60))
    return ago


def write_submission(
    sheets: Sheets, life: Life, submitted_at: datetime, number: str, *, way: Way, filed: Filed, who: PartyFacts,
    numbers: Numbers, crew: Crew, desk: Hand, calendar: Calendar,
) -> None:  # fmt: skip
    """The submission that became this dossier. Raises `NoAnswerLimit` for a day before `SINCE`."""
    due_at = calendar.due(submitted_at, answer_limit(way.channel, submitted_at.date()).amount)
    sheets.add(
        "intake_submission",
        (numbers.submission_id, number, new_tracking_token(), crew.agency_id, way.version_id, way.channel,
         filed.filed_by, filed.source, int(State.RECEIVED), who.kind, text(who.full_name), who.personal_id,
         who.birth_date, who.gender, text(who.address), who.phone, who.email, "", "", "", 1, filed.return_method,
         way.papers_told, "[]", "{}", submitted_at, due_at, "[]", "", life.received_at, desk.official_id, "", "",
         numbers.dossier_id),
    )  # fmt: skip
    after = told({
        "state": int(State.SUBMITTED), "number": number, "procedure": way.offered.code, "channel": way.channel,
        "answer_due_at": due_at.isoformat(), "papers": len(way.papers),
    })  # fmt: skip
    _tell(sheets, "submission.submitted", numbers.submission_id, crew, APPLICANT, submitted_at, NULL, after)
    _tell(
        sheets, "submission.accepted", numbers.submission_id, crew, desk, life.received_at,
        _SUBMITTED, told({"state": int(State.RECEIVED), "dossier": numbers.code}),
    )  # fmt: skip


def _tell(sheets: Sheets, kind: str, subject: str, crew: Crew, by: Hand, at: datetime, before: str, after: str) -> None:
    tell(sheets, kind, subject, crew.agency_id, by, (at, instant(at)), before, after, subject_kind="submission")
