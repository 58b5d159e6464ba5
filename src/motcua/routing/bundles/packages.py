"""What travels to another agency: the filing as canonical JSON, sealed by its SHA-256."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from motcua.catalogue.rules import ComponentLine
from motcua.dossiers.actions import PaperHandedIn
from motcua.dossiers.models import Source, Standing
from motcua.intake.actions import Filing
from motcua.people.actions import PartyFacts


def packed(filing: Filing, *, bundle: str, procedure: str, papers: Sequence[ComponentLine]) -> dict[str, Any]:
    """One part's filing as plain JSON values; `papers` name what the filing counts."""
    names = {paper.id: paper.name for paper in papers}
    applicant = asdict(filing.applicant)
    birth: date | None = filing.applicant.birth_date
    applicant["birth_date"] = birth.isoformat() if birth else None
    return {
        "bundle": bundle,
        "procedure": procedure,
        "submission": str(filing.submission_id),
        "channel": filing.channel,
        "filed_by": filing.filed_by,
        "source": filing.source,
        "standing": filing.standing,
        "applicant": applicant,
        "submitter": {"name": filing.submitter_name, "personal_id": filing.submitter_personal_id},
        "request": filing.request,
        "copies": filing.copies,
        "return_method": filing.return_method,
        "return_address": filing.return_address,
        "whens": list(filing.whens),
        "papers": [
            {
                "component": str(paper.component_id),
                "name": names[paper.component_id],
                "originals": paper.originals,
                "copies": paper.copies,
            }
            for paper in filing.papers
        ],
    }


def sealed(package: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the package in canonical form: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(package, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def unpacked(package: Mapping[str, Any]) -> Filing:
    """The filing that a package holds. Raises KeyError, TypeError or ValueError for a package of another shape."""
    applicant = dict(package["applicant"])
    if applicant["birth_date"] is not None:
        applicant["birth_date"] = date.fromisoformat(applicant["birth_date"])
    return Filing(
        submission_id=UUID(package["submission"]),
        channel=package["channel"],
        filed_by=package.get("filed_by", ""),
        source=package.get("source", Source.OFFICE.value),
        standing=package.get("standing", Standing.PART.value),
        applicant=PartyFacts(**applicant),
        papers=tuple(
            PaperHandedIn(UUID(paper["component"]), paper["originals"], paper["copies"]) for paper in package["papers"]
        ),
        whens=tuple(package["whens"]),
        submitter_name=package["submitter"]["name"],
        submitter_personal_id=package["submitter"]["personal_id"],
        request=package["request"],
        copies=package["copies"],
        return_method=package["return_method"],
        return_address=package.get("return_address", ""),
    )
