"""Django's database sessions, read by one prepared statement: every page of an official starts with this."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from motcua.core.sql import fetch_one


class SessionStore(DatabaseStore):
    """As Django's own in all but how a session is loaded."""

    def load(self) -> dict[str, Any]:
        """What the session holds; an unknown or expired key becomes a new, empty session."""
        row = fetch_one(
            "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s",
            (self.session_key, timezone.now()),
        )
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])
