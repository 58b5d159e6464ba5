"""What keeps two writers of one office from undoing each other."""

from uuid import UUID

from motcua.core.sql import execute


def one_at_a_time(agency_id: UUID) -> None:
    """Whoever writes the roster or the roles of this agency waits here for the one before him.

    So a substitute cannot go on leave, nor the last administrator be stripped, between another's check and write.
    """
    execute("SELECT 1 FROM people_agency WHERE id = %s FOR NO KEY UPDATE", (agency_id,))
