"""One list of papers for a whole bundle: a paper that two members ask for is asked once, and goes to both."""

import re
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid5

from motcua.catalogue.queries import OfferedVersion
from motcua.catalogue.rules import ComponentLine, papers_for, situations
from motcua.dossiers.actions import PaperHandedIn
from motcua.dossiers.models import Standing
from motcua.intake.actions import FILED_BY, Filing, handed_in
from motcua.routing.bundles.definitions import MemberLine, ProcedureBundle

_NOT_A_WORD = re.compile(r"\W+")


def merged(bundle: ProcedureBundle, offers: Sequence[OfferedVersion]) -> OfferedVersion:
    """The bundle as if it were one procedure, for the counter's form. `offers` in the order of its members.

    Papers, situations and fees are those of all members; who may apply and how it may be filed, the first one's.
    A paper that somebody must bring always is asked always, whatever another member says.
    """
    chosen: dict[str, ComponentLine] = {}
    for line, offer in zip(bundle.members, offers, strict=True):
        for paper in offer.components:
            if paper.name in line.supplied:
                continue
            key = _key(bundle, paper)
            known = chosen.get(key)
            if known is None:
                chosen[key] = paper
            elif paper.required and not paper.when and (known.when or not known.required):
                chosen[key] = replace(known, required=True, when="")
    papers = tuple(sorted(chosen.values(), key=lambda paper: bool(paper.when) or not paper.required))
    first = offers[0]
    content = replace(
        first.content,
        name=bundle.name,
        components=papers,
        limits=tuple(limit for offer in offers for limit in offer.limits),
        fees=tuple(fee for offer in offers for fee in offer.fees),
    )
    return replace(first, code=bundle.code, name=bundle.name, components=papers, fees=content.fees, content=content)


def parts_of(filing: Filing, bundle: ProcedureBundle, offers: Sequence[OfferedVersion]) -> list[Filing]:
    """Each member's own filing, in order: its situations, its papers.

    The first member that asks for a paper gets it as its list says; the others get a copy made by the desk. A
    paper supplied by another member comes as no paper at all. The first part, the desk's own, counts for the bundle.
    """
    brought = {paper.component_id for paper in filing.papers}
    given: set[str] = set()
    here = {_key(bundle, paper) for offer in offers for paper in offer.components if paper.id in brought}
    return [_part(filing, bundle, line, offer, here, given) for line, offer in zip(bundle.members, offers, strict=True)]


def _part(
    filing: Filing, bundle: ProcedureBundle, line: MemberLine, offer: OfferedVersion, here: set[str], given: set[str]
) -> Filing:
    whens = tuple(when for when in filing.whens if when in situations(offer.content))
    papers: list[PaperHandedIn] = []
    for paper in offer.components:
        if paper.id is None:
            continue
        if paper.name in line.supplied:
            if paper in papers_for(offer.components, whens):
                papers.append(PaperHandedIn(paper.id, 0, 0))
            continue
        key = _key(bundle, paper)
        if key not in here:
            continue
        taken = handed_in(paper, paper.id)
        if key in given and taken.originals + taken.copies:
            taken = PaperHandedIn(paper.id, 0, 1)
        given.add(key)
        papers.append(taken)
    return replace(
        filing,
        submission_id=part_id(filing.submission_id, line.position),
        channel=filing.channel if filing.channel in offer.channels else offer.channels[0],
        filed_by=filing.filed_by or FILED_BY[filing.channel].value,
        standing=(Standing.LEAD if line.position == 1 else Standing.PART).value,
        papers=tuple(papers),
        whens=whens,
    )


def part_id(submission_id: UUID, position: int) -> UUID:
    """The submission number of one part: always the same for the same filing, so that no part opens twice."""
    return uuid5(submission_id, f"part {position}")


def _key(bundle: ProcedureBundle, paper: ComponentLine) -> str:
    for names in bundle.same_papers:
        if paper.name in names:
            return _folded(min(names))
    return _folded(paper.name)


def _folded(name: str) -> str:
    return _NOT_A_WORD.sub(" ", name).strip().casefold()
