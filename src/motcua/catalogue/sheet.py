"""The public page of a procedure in the order a citizen asks: plain values for the template, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.catalogue.models import ApplicantKind, Channel
from motcua.catalogue.queries.offered import OfferedVersion
from motcua.catalogue.rules import ComponentLine, FeeLine, LimitLine, StepLine, checklist, choose_limit
from motcua.catalogue.wording import doubt_text, fee_headline, fee_sublines, fee_text, figure, limit_text, paper_count
from motcua.people.models import UnitFunction
from motcua.worktime.phrases import hours_words
from motcua.worktime.rules import Amount, Calendar, CalendarGap, Reason, ReasonKind, Unit

HOURS_A_DAY = 8
HANDS = 4
# So many papers of one situation stand in the list; more of them fold away under their situation.
FEW = 2


@dataclass(frozen=True, slots=True)
class DueExample:
    """When a dossier handed in at `start` would be promised; or the sentence that says why not.

    `skipped`: the days off by law or decision that are counted out between, each with its name.
    """

    start: datetime | None = None
    due: datetime | None = None
    now: bool = False
    sentence: str = ""
    skipped: tuple[tuple[date, str], ...] = ()


def due_example(version: OfferedVersion, calendar: Calendar, at: datetime) -> DueExample | None:
    """The promise for a dossier handed in now, or when the office next opens; None without a limit."""
    limit = choose_limit(version.limits, channel=Channel.COUNTER)
    if limit is None:
        return None
    try:
        open_now = calendar.is_working(at)
        # One minute of work past now lies one minute after the next opening.
        start = at if open_now else calendar.after(at, 1) - timedelta(minutes=1)
        amount = Amount(limit.number, Unit(limit.unit))
        due = calendar.due(start, amount, cut_off=version.cut_off)
        # From now, and not from the next opening: the day off that keeps the office shut today is one of them.
        skipped = calendar.explain_until(at, due, amount.unit, begins_at=start)
    except CalendarGap as gap:
        return DueExample(sentence=str(gap))
    return DueExample(start, due, now=open_now, skipped=_named_days_off(skipped))


def _named_days_off(reasons: Sequence[Reason]) -> tuple[tuple[date, str], ...]:
    """Each day off with a name of its own, once; nights and weekly rest need no word."""
    found: dict[date, str] = {}
    for reason in reasons:
        if not reason.counted and reason.kind in (ReasonKind.HOLIDAY, ReasonKind.COMPENSATION_OFF, ReasonKind.CLOSED):
            day, last = localdate(reason.start), localdate(reason.end - timedelta(minutes=1))
            while day <= last:
                found.setdefault(day, reason.name or reason.text)
                day += timedelta(days=1)
    return tuple(found.items())


def route_ribbon(route: Sequence[StepLine], limit: LimitLine | None) -> dict[str, Any]:
    """The route as a ribbon: one segment per stay in a room, as wide as its share of the time limit."""
    stays: list[tuple[str, int]] = []
    for step in route:
        if not step.share:
            continue
        if stays and stays[-1][0] == step.function:
            stays[-1] = (step.function, stays[-1][1] + step.share)
        else:
            stays.append((step.function, step.share))
    hands = {function: number for number, function in enumerate(dict.fromkeys(name for name, _share in stays))}
    rooms = dict(UnitFunction.choices)
    labels = [f"{rooms[function]} · {share_text(share, limit)}" for function, share in stays]
    segments = [
        {"kind": f"hand-{hands[function] % HANDS + 1}", "width": float(share), "label": label}
        for (function, share), label in zip(stays, labels, strict=True)
    ]
    text = _("Đường đi của hồ sơ: %(stays)s.") % {"stays": "; ".join(labels)}
    return {"segments": segments, "now": None, "due": None, "text": text, "reason_url": ""}


def share_text(share: int, limit: LimitLine | None) -> str:
    """A share of the time limit in hours or days of work; as a percentage when the limit counts calendar days."""
    if limit is None or limit.unit == "day":
        return _("%(share)d %%") % {"share": share}
    hours = limit.number * (HOURS_A_DAY if limit.unit == "working_day" else 1) * share / 100
    if hours < 1:
        return hours_words(round(hours * 60))
    if hours < HOURS_A_DAY * 2:
        return ngettext("%(n)s giờ", "%(n)s giờ", _plural(hours)) % {"n": figure(hours)}
    days = hours / HOURS_A_DAY
    return ngettext("%(n)s ngày", "%(n)s ngày", _plural(days)) % {"n": figure(days)}


def _plural(amount: float) -> int:
    """Which plural a number with a decimal takes: only exactly one is singular."""
    return 1 if round(amount, 1) == 1 else 2


def papers(lines: Sequence[ComponentLine]) -> list[dict[str, str]]:
    """Papers as rows of the checklist."""
    return [{"name": line.name, "note": line.note, "count": paper_count(line)} for line in lines]


def sheet_context(version: OfferedVersion) -> dict[str, Any]:
    """Everything the page says about a version, in words."""
    content = version.content
    general = choose_limit(version.limits, channel=Channel.COUNTER)
    asked = checklist(version.components)
    kinds, channels = dict(ApplicantKind.choices), dict(Channel.choices)
    others = [limit for limit in version.limits if limit is not general]
    return {
        "who": [kinds[kind] for kind in content.applicant_kinds if kind in kinds],
        "limit": limit_text(general) if general else "",
        "other_limits": [(_situation(limit, channels), limit_text(limit)) for limit in others],
        "fee": fee_headline(version.fees),
        "fee_lines": fee_sublines(version.fees),
        "fees": [_fee_row(fee) for fee in version.fees],
        "papers": papers(asked.always),
        "few": [(when, papers(lines)) for when, lines in asked.by_situation if not when or len(lines) <= FEW],
        "many": [(when, papers(lines)) for when, lines in asked.by_situation if when and len(lines) > FEW],
        "channels": [channels[channel] for channel in version.channels if channel in channels],
        "online": "online" in version.channels,
        "doubts": [doubt_text(line) for line in content.unverified],
        "ribbon": route_ribbon(version.route, general),
    }


def _situation(limit: LimitLine, channels: dict[str, Any]) -> str:
    said = [limit.when] if limit.when else []
    if limit.channel:
        said.append(_("nộp %(channel)s") % {"channel": str(channels[limit.channel]).lower()})
    return ", ".join(said)


def _fee_row(fee: FeeLine) -> dict[str, str]:
    return {"name": fee.name, "when": fee.when, "amount": fee_text(fee), "note": fee.note}


def public_address(code: str) -> str:
    """The address printed in QR codes: the office's own, whatever name the request came under."""
    return f"{settings.MOTCUA_BASE_URL}{reverse('procedure', args=[code])}"
