

def version_by_id(version_id: UUID) -> OfferedVersion:
    """The snapshot of the version a dossier was received under, in force or not."""
    found = _by_id.get(version_id)
    if found is None:
        found = _by_id[version_id] = _build(version_id)
    return found


_by_id: dict[UUID, OfferedVersion] = {}
