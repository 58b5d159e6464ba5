"""Identifiers that never collide, even between provinces."""

from uuid import UUID

import uuid_utils


def uuid7() -> UUID:
    """A time-ordered UUID, version 7 (RFC 9562 section 5.7), as the standard library's type."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


def uuid7_text() -> str:
    """The same as text, for rows written by the ten thousand."""
    return str(uuid_utils.uuid7())
