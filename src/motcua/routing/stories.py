"""The story of a dossier: what happened to it, read from its events."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_all


@dataclass(frozen=True, slots=True)
class StoryRow:
    """An event of the dossier: when, who, what changed."""

    at: datetime
    kind: str
    actor: str
    after: dict[str, Any]
    before: dict[str, Any]

    @property
    def told_before(self) -> datetime | None:
        """The date the citizen had been told until then."""
        text = self.before.get("appointed_at") or self.before.get("due_at")
        return datetime.fromisoformat(text) if text else None

    @property
    def told_now(self) -> datetime | None:
        """The date the citizen was told from then on."""
        return self.after_appointed or self.after_due

    @property
    def after_due(self) -> datetime | None:
        """The date the citizen was told then."""
        return self._moment("due_at")

    @property
    def after_appointed(self) -> datetime | None:
        """The re-appointment made then."""
        return self._moment("appointed_at")

    @property
    def after_void_from(self) -> datetime | None:
        """From when on a pause was taken back then."""
        return self._moment("void_from")

    @property
    def after_void_to(self) -> datetime:
        """Until when a pause was taken back then."""
        return self._moment("void_to") or self.at

    @property
    def after_until(self) -> date | None:
        """The last day given to the applicant then."""
        text = self.after.get("until")
        return date.fromisoformat(text) if text else None

    def _moment(self, name: str) -> datetime | None:
        text = self.after.get(name)
        return datetime.fromisoformat(text) if text else None


_STORY: Final[LiteralString] = (
    "SELECT at, kind, actor_name, after::text, before::text FROM core_event "
    "WHERE subject_kind = 'dossier' AND subject_id = %s AND kind <> 'dossier.viewed' "
)


def story_of(dossier_id: UUID) -> list[StoryRow]:
    """Everything that happened to a dossier, newest first."""
    rows = _story(fetch_all(_STORY + "ORDER BY sequence DESC LIMIT 200", (dossier_id,)))
    demanded = {row.at for row in rows if row.kind == "duty.demanded"}  # its line says that the clock stands still
    return [row for row in rows if row.kind != "dossier.paused" or row.at not in demanded]


def events_of(dossier_id: UUID, *kinds: str) -> list[StoryRow]:
    """Each time something of these kinds happened to a dossier, oldest first."""
    return _story(fetch_all(_STORY + "AND kind = ANY(%s) ORDER BY sequence", (dossier_id, list(kinds))))


def last_pause(dossier_id: UUID) -> StoryRow | None:
    """What a stopped dossier waits for, as it was said to its applicant; None when it never stopped."""
    rows = fetch_all(_STORY + "AND kind = 'dossier.paused' ORDER BY sequence DESC LIMIT 1", (dossier_id,))
    return _story(rows)[0] if rows else None


def _story(rows: Iterable[Sequence[Any]]) -> list[StoryRow]:
    return [
        StoryRow(at, kind, actor, json.loads(after or "{}"), json.loads(before or "{}"))
        for at, kind, actor, after, before in rows
    ]
