"""A small office with every kind of clock, and its pack unpacked in a folder."""

import io
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from motcua.core.events import Actor
from motcua.dossiers.access import dossier_for
from motcua.intake.submissions import accept, submit
from motcua.people.overseeing import overseen_from
from motcua.reporting.pack.sampling import PackOrder, SampleKind
from motcua.reporting.pack.writing import begin, stream
from motcua.routing.actions import detours
from tests.cast import BIRTH, MONDAY, MRS_LAN, Cast, filing, offered
from tests.routing.lives import AT_WORK, LATER, WISH, asked, at_officer, bring, finished, invited, on, returned

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)


def an_office(cast: Cast) -> None:
    """Returned, reopened, paused, resumed, withdrawn, late; one that came by post; somebody looked."""
    returned(cast)
    again = returned(cast)
    detours.reopen(again.id, reason="Sai tên", by=cast.leader, at=AT_WORK)
    waiting = asked(cast)
    resumed = asked(cast)
    bring(resumed, cast.receiver, LATER)
    invited(cast)
    finished(cast)
    gone = at_officer(cast)
    detours.withdraw(gone.id, wish=WISH, by=cast.receiver, at=on(28, 9, month=12))
    by = cast.receiver
    sent = submit(
        filing(BIRTH, MRS_LAN, by, channel="post"), offered=offered(BIRTH, by), desk=by, by=by.actor, at=MONDAY
    )
    accept(sent.id, by=by, at=MONDAY + timedelta(minutes=5))
    dossier_for(cast.records_clerk, waiting.row.code)


def ordered(cast: Cast, kind: SampleKind = SampleKind.ALL, **sample) -> PackOrder:
    return PackOrder(overseen_from(cast.leader.agency_id), FIRST, LAST, kind, **sample)


def packed(order: PackOrder, cast: Cast, into: Path) -> Path:
    """The pack of this order, unpacked."""
    by = Actor(cast.controller.account_id, cast.controller.name)
    pack = begin(order, by=by, agency_id=cast.leader.agency_id, desk="Văn phòng", at=timezone.now())
    content = b"".join(stream(pack))
    with zipfile.ZipFile(io.BytesIO(content)) as kept:
        assert kept.testzip() is None
        kept.extractall(into)
    return into / pack.name


def checked(folder: Path) -> tuple[int, str]:
    """What the shipped verifier says, run on its own: no path, no package, no network."""
    done = subprocess.run(
        [sys.executable, "-I", "-B", "verify.py"], cwd=folder, capture_output=True, text=True, timeout=60,
        env={"PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr
