"""Django's database sessions, read by one prepared statement: every page of an official starts with this."""

import re
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from motcua.core.sql import fetch_one

_KEY = re.compile(r"^[a-z0-9]{8,40}$")


class SessionStore(DatabaseStore):
    """As Django's own in all but how a session is loaded."""

    def load(self) -> dict[str, Any]:
        """What the session holds; an unknown or expired key becomes a new, empty session."""
        if not _KEY.match(str(self.session_key)):
            self._session_key = None
            return {}
        row = fetch_one(
            "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s",
            (self.session_key, timezone.now()),
        )
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])
