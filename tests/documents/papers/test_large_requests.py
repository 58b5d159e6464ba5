"""What is too large is refused by its own word, before anybody reads it."""

import io

import pytest
from django.test import Client

TOO_LARGE = 200 << 20


class Unread(io.BytesIO):
    """A body that must not be asked for."""

    def read(self, *size: int | None) -> bytes:
        raise AssertionError("the body was read")


@pytest.mark.parametrize("address", ["/me/papers/", "/procedures/", "/nowhere/"])
def test_two_hundred_megabytes_are_refused_before_a_byte_is_read(address: str, db: None):
    body = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(TOO_LARGE), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = Client(enforce_csrf_checks=True).post(address, **body)
    assert (answer.status_code, "lớn hơn 60 MB" in answer.text) == (413, True)


def test_a_program_is_told_so_in_json(db: None):
    answer = Client().post("/api/v1/procedures", **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(TOO_LARGE)})
    assert (answer.status_code, "lớn hơn 60 MB" in answer.json()["detail"]) == (413, True)


@pytest.mark.parametrize("length", ["", "-1", "x", "0"])
def test_a_length_that_is_none_is_not_our_matter(length: str, db: None):
    assert Client().get("/procedures/", CONTENT_LENGTH=length).status_code != 413
