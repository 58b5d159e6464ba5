"""Filings by post and online that the demo desk has not yet answered, has asked about, or has refused."""

from collections.abc import Iterator
from datetime import datetime
from random import Random
from uuid import UUID

from django.utils.timezone import localdate

from motcua.catalogue.queries import OfferedVersion, version_in_force
from motcua.catalogue.rules import papers_for
from motcua.demo.cast import citizen
from motcua.intake.actions import Filing, handed_in
from motcua.intake.queries import desk_of
from motcua.intake.submissions import WantedPaper, ask_papers, refuse, submit
from motcua.people.access import ActingOfficial
from motcua.worktime.rules import Calendar

# Procedure, channel, working minutes ago, and what the desk did: nothing yet, asked, refused.
FILED = (
    ("1.004873", "post", 60, ""),
    ("1.001193", "online", 200, ""),
    ("1.004222", "online", 30, ""),
    ("1.001612", "post", 900, "asked"),
    ("1.000656", "online", 1200, "refused"),
)


def build_filings(
    receiver: ActingOfficial, *, random: Random, calendar: Calendar, now: datetime, days_back: datetime
) -> Iterator[str]:
    """Make them, yielding each number. `days_back` is an office moment early enough to count forward from."""
    lived = calendar.elapsed(days_back, now)
    for code, channel, ago, answer in FILED:
        at = calendar.after(days_back, max(lived - ago, 1))
        offered = version_in_force(code, receiver.agency_id, localdate(at))
        if channel not in offered.channels:
            continue
        yield _filed(offered, channel, answer, receiver, random, at, min(calendar.after(at, 20), now))


def _filed(
    offered: OfferedVersion,
    channel: str,
    answer: str,
    by: ActingOfficial,
    random: Random,
    at: datetime,
    later: datetime,
) -> str:
    required = [paper for paper in papers_for(offered.components) if paper.id is not None]
    brought = required[:-1] if answer == "asked" else required
    filing = Filing(
        submission_id=UUID(int=random.getrandbits(128), version=4), channel=channel, applicant=citizen(random),
        papers=tuple(handed_in(paper, paper.id) for paper in brought if paper.id),
    )  # fmt: skip
    desk = desk_of(by.agency_id, localdate(at))
    if desk is None:
        raise LookupError(by.agency_id)
    postal = by.id if channel == "post" else None
    found = submit(filing, offered=offered, desk=desk, by=by.actor, at=at, registered_by=postal)
    if answer == "asked" and required[-1].id:
        wanted = [WantedPaper(required[-1].id, "Chưa thấy trong phong bì.")]
        ask_papers(found.id, wanted, reason="Thiếu giấy tờ bắt buộc.", by=by, at=later)
    if answer == "refused":
        refuse(
            found.id, reason="Thửa đất không thuộc địa bàn phường.", legal_basis="Điều 16 Nghị định 118/2025/NĐ-CP",
            by=by, at=later,
        )  # fmt: skip
    return found.number
