"""What the stories of ratings share: a dossier whose result was handed over, and what is said of it."""

from datetime import datetime
from uuid import UUID

from django.test import Client

from motcua.feedback.actions import Said
from motcua.result.actions import Recipient, return_result
from tests.cast import MONDAY, Cast, minutes_later
from tests.result.test_return import finished

GOOD = Said({"overall": "very", "manner": "fairly"})
BAD = Said({"overall": "fairly", "time": "not"}, "Chờ ba buổi mới xong.")
LATER = minutes_later(MONDAY, 120)


def returned(cast: Cast, *, at: datetime = MONDAY) -> UUID:
    """A dossier worked to its end, its result in Mrs Lan's hands."""
    dossier_id = finished(cast, at=at)
    recipient = Recipient("Nguyễn Thị Lan", "000184001234", "counter", True)
    return_result(dossier_id, recipient=recipient, by=cast.receiver, at=minutes_later(at, 60))
    return dossier_id


def logged_in(username: str) -> Client:
    client = Client()
    answer = client.post("/accounts/login/", {"login": username, "password": "motcua-trinh-dien"})
    assert answer.status_code == 302
    return client
