"""What expired goes: sessions, remembered values, counted tries, and the record of runs themselves."""

from datetime import datetime, timedelta
from typing import Final

from motcua.core.recurring.rules import Counts
from motcua.core.sessions import SessionStore
from motcua.core.sql import execute, fetch_one

LONGEST_WINDOW: Final = timedelta(days=1)
RUNS_KEPT: Final = timedelta(days=14)


def purge(at: datetime) -> Counts:
    """Delete what nobody will ask for again; how many sessions, values, tries and runs went.

    Sessions, values and tries end by the database's clock and the web's, so that a machine whose clock runs ahead
    throws nobody out: only what both clocks call over is deleted.
    """
    now = fetch_one("SELECT LEAST(now(), %s)", (at,))
    until: datetime = now[0] if now else at
    sessions = SessionStore.get_model_class().objects.filter(expire_date__lt=until).delete()[0]
    return {
        "sessions": sessions,
        "values": execute("DELETE FROM core_cache WHERE expires < %s", (until,)),
        "tries": execute("DELETE FROM core_throttle WHERE window_started_at < %s", (until - LONGEST_WINDOW,)),
        "runs": execute("DELETE FROM core_rulerun WHERE started_at < %s", (until - RUNS_KEPT,)),
    }
