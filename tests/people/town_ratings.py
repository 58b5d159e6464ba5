"""The rows of ratings that an address of the ward may name."""

from datetime import datetime
from uuid import UUID

from motcua.dossiers.models import Dossier
from motcua.feedback.keys import rating_token
from motcua.feedback.models import FollowUp, Rating

RATINGS_OF_ONE_AGENCY = {"rating-desk", "rating-follow-up"}
POSTED_RATINGS = {"rating-remark"}


def rating_rows(dossier_id: UUID, at: datetime) -> dict[str, str]:
    """A bad rating of the ward, and the key of its dossier's rating page."""
    rating = Rating.objects.create(
        dossier_id=dossier_id, agency_id=Dossier.objects.get(pk=dossier_id).agency_id, scale="tt32-2017",
        answers={"overall": "not"}, is_bad=True, way="link", rated_at=at, month=at.date().replace(day=1),
    )  # fmt: skip
    FollowUp.objects.create(rating=rating, agency_id=rating.agency_id, opened_at=at)
    return {"<str:rating_token>": rating_token(dossier_id), "<uuid:rating_id>": str(rating.pk)}
