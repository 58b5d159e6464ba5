"""What is done after a request bears nothing of it."""

import pytest
from django.test import Client

from motcua.core.logs import request_id


@pytest.mark.django_db
def test_an_answered_request_leaves_no_id_behind() -> None:
    answer = Client().get("/due-date/", headers={"X-Request-ID": "mot-cua-thu-1"})
    assert answer["X-Request-ID"] == "mot-cua-thu-1"
    assert request_id() == ""
