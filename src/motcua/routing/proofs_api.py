"""The proof of one event for programs, with the key of the receipt."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Field, P, PathEx, QueryEx, Router, Schema

from motcua.core.api import UNREADABLE, Problem, Refused
from motcua.core.record.api import SealFacts
from motcua.core.throttle import address_of, allow
from motcua.routing.proofs import proof_for
from motcua.routing.views.tracking import TRIES, WINDOW

router = Router(tags=["record"])


class EventFacts(Schema):
    """The event as its leaf knows it. `actor` and `told` are SHA-256 digests of what the citizen is not shown."""

    sequence: int
    id: UUID
    kind: str
    subject_kind: str
    subject_id: UUID
    agency_id: str
    at: str
    recorded_at: str
    actor: str
    told: str


class OpenedFacts(Schema):
    """What the event told, in clear: with these three lines the digest `told` is computed again."""

    request_id: str
    before: str | None = Field(description="JSON as PostgreSQL prints it.")
    after: str | None


class StepUp(Schema):
    """A neighbour on the way from the leaf to the root."""

    side: str = Field(description='On which side the neighbour stands: "left" or "right".')
    hash: str


class EventProof(Schema):
    """SHA-256 of a zero byte and `preimage` is `leaf`; climbing `path` from it leads to the root of `seal`."""

    format: str
    event: EventFacts
    opened: OpenedFacts | None = Field(description="What was told, where the citizen may read it; else null.")
    preimage: str
    leaf: str
    position: int | None
    path: list[StepUp] = Field(description="From the leaf up.")
    seal: SealFacts | None = Field(description="Null while the event waits for its seal.")
    sound: bool = Field(description="Whether all of this was found to be so just now.")


@router.get(
    "/proofs/{event_id}",
    response={200: EventProof, 404: Problem, 429: Problem, **UNREADABLE},
    summary=gettext_noop("Chứng cứ của một sự kiện"),
    description="The proof of an event of a dossier, for who holds its receipt. A wrong token is answered like an "
    "unknown event. Tries are counted per caller together with the tracking page's.",
    operation_id="get_proof",
    url_name="record-proof",
    openapi_extra={
        "responses": {
            429: {"headers": {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}}
        }
    },
)
def get_proof(
    request: HttpRequest,
    response: HttpResponse,
    event_id: PathEx[UUID, P(description="The event's id, from the file of proofs on the tracking page.")],
    token: QueryEx[
        str, P(default="", max_length=40, description="The 20 letters and digits after the code in the QR address.")
    ] = "",
) -> dict[str, Any]:
    if not allow(what="record-proofs", who=address_of(request), limit=TRIES * 6, window=WINDOW):
        sentence = _("Địa chỉ này đã tra quá nhiều lần trong ít phút. Xin đợi 10 phút rồi gọi lại.")
        raise Refused(429, sentence, retry_after=int(WINDOW.total_seconds()))
    found = proof_for(event_id, token)
    if found is None:
        raise Refused(404, _("Không thấy sự kiện nào khớp. Xem lại mã sự kiện và khóa tra cứu in trên giấy hẹn."))
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return found.told()
