"""A NUL character is refused at the door, in the path, the query and the form."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/tracking/?code=%00", "/procedures/%00/", "/procedures/?q=a%00b"])
def test_a_nul_in_an_address_is_a_bad_request(client, address: str):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()


def test_a_nul_in_a_form_is_a_bad_request(client):
    assert client.post("/accounts/login/", {"login": "a\x00b", "password": "x"}).status_code == 400
