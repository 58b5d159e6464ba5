"""Words are sent compressed; what is compressed already, or streams, is sent as it is."""

from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from motcua.core.middleware import LighterMiddleware

PLENTY = "Ông bà cần làm thủ tục gì? " * 100


def sent(answer):
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip, deflate, br"})
    return LighterMiddleware(lambda _request: answer)(request)


def test_words_are_compressed():
    for kind in ("text/html; charset=utf-8", "application/json", "text/javascript", "image/svg+xml"):
        answer = sent(HttpResponse(PLENTY, content_type=kind))
        assert answer["Content-Encoding"] == "gzip"
        assert int(answer["Content-Length"]) < len(PLENTY.encode()) / 5
        assert "Accept-Encoding" in answer["Vary"]


def test_papers_and_streams_stay_as_they_are():
    for answer in (
        HttpResponse(PLENTY, content_type="application/pdf"),
        HttpResponse(PLENTY, content_type="application/zip"),
        StreamingHttpResponse([PLENTY.encode()], content_type="text/csv"),
    ):
        assert "Content-Encoding" not in sent(answer).headers


def test_a_browser_that_cannot_read_it_gets_it_plain():
    request = RequestFactory().get("/")
    answer = LighterMiddleware(lambda _request: HttpResponse(PLENTY))(request)
    assert answer.content.decode() == PLENTY
