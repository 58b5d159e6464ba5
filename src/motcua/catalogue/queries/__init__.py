"""Reads of the catalogue."""

from motcua.catalogue.queries.offered import NotOffered, OfferedVersion, snapshot, version_by_id, version_in_force

__all__ = ["NotOffered", "OfferedVersion", "snapshot", "version_by_id", "version_in_force"]
