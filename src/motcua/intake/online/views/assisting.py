"""Citizens do not write: an official fills the same e-form for whoever stands at the counter, or helps him file."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.dossiers.looking import listed
from motcua.dossiers.models import FiledBy
from motcua.intake.models import Draft
from motcua.intake.online.access import Filer, drafts_of
from motcua.intake.online.actions import Beginning, begin
from motcua.intake.online.keys import key_hash, new_key
from motcua.intake.online.offering import offered_online
from motcua.intake.online.tickets import remember_ticket
from motcua.intake.queries import known_contact
from motcua.intake.screens.actions import show, take_away
from motcua.people.access import ActingOfficial, official_of
from motcua.people.citizens.access import MandateRefused
from motcua.people.citizens.mandates import Principal, make_mandate_for
from motcua.people.citizens.models import MandateKind
from motcua.people.id_card import IdCardError, read_id_card
from motcua.people.looking import Purpose, Task
from motcua.people.models import Role
from motcua.queueing.queries.served import served_by

WAYS = (FiledBy.OFFICER, FiledBy.HELPED)


@officials()
def assist(request: HttpRequest, code: str) -> HttpResponse:
    """Read the card, say how one helps, and begin; drafts of this procedure that wait.

    Whoever helps from outside (youth team, community digital team, post office) has an account without any role: he
    files for others under his own name, and nothing of the desk is open to him.
    """
    by, at, sentence = official_of(request), timezone.now(), ""
    ways = WAYS if by.holds(Role.RECEIVER) else WAYS[1:]
    chosen = request.POST.get("filed_by", ways[0])
    take_away(by=by, at=at)  # whoever comes next sees nothing of the one before
    try:
        offered, _eform = offered_online(code, by.agency_id, at)
        if request.method == "POST" and chosen in ways:
            known = _known(request.POST.get("scanned", "").strip(), by)
            with transaction.atomic():
                draft = _begun(code, chosen, known, request.POST.get("evidence", ""), by=by, at=at)
            if chosen == FiledBy.OFFICER:
                show(draft, by=by, at=at)
                remember_ticket(request, draft.pk)
            return redirect("draft-page", draft.pk, 1)
    except MandateRefused as no:
        sentence = str(no)
    except IdCardError as fault:
        sentence = str(fault)
    except Refusal as no:
        return render(request, "intake/not_offered.html", {"sentence": str(no), "code": code}, status=404)
    waiting = drafts_of(Filer(official=by)).filter(submitted_at=None, version__procedure__national_code=code)
    served = served_by(by)
    context = {
        "ticket": request.POST.get("ticket", served.id if served else ""),
        "evidence": request.POST.get("evidence", ""), "scanned": request.POST.get("scanned", ""), "offered": offered,
        "drafts": waiting[:50], "sentence": sentence, "chosen": chosen,
        "ways": [(way, words) for way, words in _ways_words() if way in ways], "is_desk": by.holds(Role.RECEIVER),
    }  # fmt: skip
    return render(request, "intake/online/assist.html", context, status=422 if sentence else 200)


def _ways_words() -> list[tuple[str, str]]:
    return [
        (FiledBy.OFFICER, _("Người dân đang ở quầy: tôi nhập, người dân xem lại và ký, tiếp nhận ngay")),
        (FiledBy.HELPED, _("Tôi giúp người dân nộp từ xa: hồ sơ chờ quầy trả lời")),
    ]


def _begun(
    code: str, filed_by: str, known: dict[str, Any], evidence: str, *, by: ActingOfficial, at: datetime
) -> Draft:
    """A new draft; who helps files under his own name, by a mandate. Raises `MandateRefused` and as `begin`."""
    mandate_id = None
    if filed_by == FiledBy.HELPED:
        if not known or not evidence.strip():
            raise MandateRefused(_("Nộp thay thì ông/bà quét thẻ của người được giúp và ghi căn cứ làm thay."))
        said = Principal(
            kind=MandateKind.OTHER, full_name=known["full_name"], evidence=evidence.strip()[:500],
            valid_from=localdate(at), personal_id=known["personal_id"], birth_date=known["birth_date"],
            gender=known["gender"], address=known["address"], procedure_code=code,
        )  # fmt: skip
        mandate_id = make_mandate_for(by, said, at=at).id
    beginning = Beginning(code, by.agency_id, mandate_id=mandate_id, known=known, filed_by=filed_by)
    return begin(beginning, filer=Filer(official=by, guest_hash=key_hash(new_key())), at=at)


def _known(scanned: str, by: ActingOfficial) -> dict[str, Any]:
    """What the card says, and to the desk what the office's last dossier of its holder says; nothing without a card.

    Raises `IdCardError`.
    """
    if not scanned:
        return {}
    card = read_id_card(scanned, today=localdate())
    phone, email, remembered = "", "", None
    if by.holds(Role.RECEIVER):
        phone, email, remembered = known_contact(by.agency_id, card)
    if remembered is not None:
        listed(by, (remembered,), Task(Purpose.DESK))
    return {
        "full_name": card.full_name, "personal_id": card.personal_id, "birth_date": card.birth_date,
        "gender": card.gender.value, "address": card.address, "phone": phone, "email": email,
    }  # fmt: skip
