"""Every row that a dossier leaves behind, without what differs from one writing to the next."""

from typing import Any, Final

from motcua.core.sql import fetch_all

# Ids made anew each time, what points to them, the citizen's random key, and when the database wrote it down.
LEFT_OUT: Final = {
    "id", "dossier_id", "submission_id", "applicant_id", "tracking_token", "recorded_at", "sequence", "subject_id",
    "bundle_id", "about_id", "package", "sent_hash", "received_hash",
}  # fmt: skip
TABLES: Final = (
    "people_party", "dossiers_dossier", "dossiers_clockentry", "dossiers_dossiercomponent", "routing_step",
    "result_result", "result_delivery", "intake_submission", "routing_bundle", "routing_bundlemember",
    "core_numberseries", "documents_issuedpaper",
)  # fmt: skip


def written() -> dict[str, list[str]]:
    """Table by table, each row as text in an order that ids do not decide; the events of dossiers and filings too."""
    found: dict[str, list[Any]] = {}
    for table in TABLES:
        names = [
            row[0]
            for row in fetch_all(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY column_name",
                (table,),
            )
        ]
        kept = ", ".join(f'"{name}"' for name in names if name not in LEFT_OUT)
        found[table] = [row[0] for row in fetch_all(f"SELECT row({kept})::text FROM {table} ORDER BY 1")]  # type: ignore[arg-type]
    found["core_event"] = [
        row[0]
        for row in fetch_all(
            "SELECT row(kind, subject_kind, agency_id, actor_id, actor_name, at, request_id, before, "
            "after - 'packages' - 'package')::text FROM core_event "
            "WHERE subject_kind IN ('dossier', 'submission', 'bundle', 'party') ORDER BY at, kind, 1"
        )
    ]
    return found
