"""The two real corpora of the search tests: what a commune handles, and the whole national index."""

import json
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from motcua.catalogue.search import SearchEntryInput, standing_of

PROVINCIAL = ("UBND", "Trung tâm", "Sở")


def commune(shared: Path) -> list[SearchEntryInput]:
    """The 285 procedures handled at commune level, all offered here."""
    procedures = json.loads((shared / "data" / "procedures-commune.json").read_text())["procedures"]
    return [
        SearchEntryInput(
            uuid5(NAMESPACE_URL, record["code"]), record["code"], record["name"], record["field"] or "",
            standing=standing_of(record["level"], offered=True), offered=True,
        )
        for record in procedures
    ]  # fmt: skip


def national(shared: Path) -> list[SearchEntryInput]:
    """The 5,670 entries of the national index and the commune ones missing from it; the 285 are offered here."""
    entries = {entry.code: entry for entry in commune(shared)}
    for record in json.loads((shared / "data" / "catalogue-index.json").read_text()):
        if record["code"] not in entries:
            handled = " ".join([*record["departments"], record["name"]]).lower()
            entries[record["code"]] = SearchEntryInput(
                uuid5(NAMESPACE_URL, record["code"]), record["code"], record["name"], ", ".join(record["categories"]),
                standing=standing_of(
                    ["commune"] if "cấp xã" in handled else [],
                    national=not record["departmentPromulgate"].startswith(PROVINCIAL),
                ),
            )  # fmt: skip
    return [*entries.values()]
