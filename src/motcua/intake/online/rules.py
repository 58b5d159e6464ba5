"""Pure rules of filing from home: which papers are wanted, what the answers make of a filing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.catalogue.eforms.shapes import EForm
from motcua.catalogue.models import Channel, ComponentUse
from motcua.catalogue.queries import OfferedVersion
from motcua.catalogue.rules import ComponentLine, papers_for, situations
from motcua.dossiers.actions import PaperHandedIn
from motcua.people.actions import PartyFacts
from motcua.people.models import PartyKind

FILED_ONLINE = ("full", "partial")
PERSONAL_ID_DIGITS = 12


class Way(StrEnum):
    """How a paper of the list gets to the desk."""

    EFORM = "eform"
    ATTACH = "attach"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper of the list: how it gets here, and whether the desk needs it.

    `barring`: nothing is sent from home without it, by the e-form's own word. Any other may come later: the law lets
    the desk ask for what is missing, once (Decree 61/2018/NĐ-CP art. 17.1).
    """

    id: UUID
    line: ComponentLine
    way: Way
    required: bool
    barring: bool = False


def is_filed_online(offered: OfferedVersion) -> bool:
    """Whether the law lets this be filed from home (Decree 42/2022/NĐ-CP: full or partial service)."""
    return Channel.ONLINE in offered.channels and offered.content.online_level in FILED_ONLINE


def whens_of(offered: OfferedVersion, told: Collection[str]) -> tuple[str, ...]:
    """The circumstances that the answers tell and this version knows."""
    return tuple(when for when in situations(offered.content) if when in told)


def wanted_papers(offered: OfferedVersion, eform: EForm, whens: Collection[str]) -> list[Wanted]:
    """The papers for these circumstances, in the order of the list; then those that may be added."""
    needed = papers_for(offered.components, whens)
    spare = [line for line in offered.components if not line.required and not line.when]
    found = []
    for line in (*needed, *spare):
        if line.id is None:
            continue
        way = Way.SHOW if line.use != ComponentUse.SUBMIT else Way.ATTACH
        if line.name in eform.stands_for:
            way = Way.EFORM
        required = line in needed and way is Way.ATTACH
        found.append(Wanted(line.id, line, way, required, required and line.name in eform.sent_only_with))
    return found


def missing(
    wanted: Collection[Wanted], attached: Mapping[str, Sequence[str]], on_paper: Collection[str] = ()
) -> list[Wanted]:
    """What has to be attached, or taken in on paper, and is not."""
    return [one for one in wanted if one.required and str(one.id) not in on_paper and not attached.get(str(one.id))]


TO_DESK: Final = "to_desk"
"""Said of a paper that he brings to the desk himself; anything else is his reason, in his own words."""
LONGEST_SAID: Final = 300


def unsaid(missing_ones: Collection[Wanted], lacking: Mapping[str, str]) -> list[Wanted]:
    """What cannot be sent like this: a paper that bars, or one of which he has not said why it is not here."""
    return [one for one in missing_ones if one.barring or not lacking.get(str(one.id))]


def lacking_words(said: str) -> str:
    """What was said of a paper, in words."""
    return _("sẽ nộp bản giấy tại Bộ phận Một cửa") if said == TO_DESK else said


def lacking_told(lacking: Mapping[str, str], offered: OfferedVersion) -> list[tuple[str, str]]:
    """The papers a filing was sent without, by name in the order of the list, and what was said of each."""
    return [(line.name, lacking_words(lacking[str(line.id)])) for line in offered.components if str(line.id) in lacking]


def handed_in(
    wanted: Collection[Wanted], attached: Mapping[str, Sequence[str]], on_paper: Collection[str] = ()
) -> tuple[PaperHandedIn, ...]:
    """The papers as the desk counts them: an upload is one copy, what is only shown is not kept."""
    found = []
    for one in wanted:
        if one.way is Way.ATTACH and str(one.id) in on_paper:
            found.append(PaperHandedIn(one.id, one.line.originals, one.line.copies))
            continue
        if one.way is Way.EFORM:
            found.append(PaperHandedIn(one.id, 1, 0))
        elif attached.get(str(one.id)):
            found.append(PaperHandedIn(one.id, 0, 1))
        elif one.way is Way.SHOW:
            found.append(PaperHandedIn(one.id, 0, 0))
    return tuple(found)


def applicant_from(
    summary: Mapping[str, Any], known: Mapping[str, Any], *, is_organisation: bool = False
) -> PartyFacts:
    """Who asks: as the answers say it, and where they do not ask, as it was known before."""

    def said(name: str, longest: int) -> str:
        return str(summary.get(name) or known.get(name) or "")[:longest]

    born = summary.get("birth_date", known.get("birth_date"))
    names_a_person = len(said("personal_id", 14)) == PERSONAL_ID_DIGITS
    return PartyFacts(
        kind=PartyKind.ORGANISATION if is_organisation and not names_a_person else PartyKind.PERSON,
        full_name=said("full_name", 200),
        personal_id=said("personal_id", 14),
        birth_date=date.fromisoformat(born) if isinstance(born, str) and born else born or None,
        gender="" if is_organisation else said("gender", 6),
        address=said("address", 300),
        phone=said("phone", 20),
        email=said("email", 254),
    )


Of = TypeVar("Of")


def renamed_lines(said: Mapping[str, Of], before: OfferedVersion, now: OfferedVersion) -> dict[str, Of]:
    """What is kept by papers of the list, carried to another version of the procedure by the names of its list."""
    there = {line.name: str(line.id) for line in now.components}
    named = {str(line.id): line.name for line in before.components}
    return {there[named[line]]: kept for line, kept in said.items() if named.get(line) in there}


def version_changes(
    before: OfferedVersion, now: OfferedVersion, attached: Mapping[str, Sequence[str]], on_paper: Collection[str]
) -> list[str]:
    """What another version of the procedure means for a draft, in sentences: papers that fell out, papers that came."""
    said = [_("Thủ tục này vừa có phiên bản mới: giấy tờ, phí và thời hạn dưới đây theo phiên bản mới.")]
    there, had = {line.name for line in now.components}, {line.name for line in before.components}
    for line in before.components:
        if line.name in there:
            continue
        if attached.get(str(line.id)):
            said.append(
                _("Không còn cần giấy tờ “%(name)s”: tệp ông/bà đã gửi kèm được bỏ khỏi hồ sơ, vẫn còn ở kho giấy tờ.")
                % {"name": line.name}
            )
        elif str(line.id) in on_paper:
            said.append(_("Không còn cần giấy tờ “%(name)s”: trả lại bản giấy đã nhận.") % {"name": line.name})
    for line in now.components:
        if line.name not in had and line.required:
            said.append(_("Nay cần thêm giấy tờ “%(name)s”.") % {"name": line.name})
    return said
