"""Where the streams of the queue are found, and whose pages may listen."""

from pathlib import Path

import pytest
from django.http import HttpResponse

from motcua.config.env import SettingsError, read_environment
from motcua.config.live import origins
from motcua.queueing.boards.reaching import listening, stream_of_board, stream_of_ticket
from motcua.queueing.boards.voice import CLIPS, SHIPPED, clip

OFFICE = {
    "MOTCUA_MODE": "production", "MOTCUA_SECRET_KEY": "x" * 60, "DATABASE_URL": "postgresql:///motcua",
    "MOTCUA_HOSTS": "motcua.example.vn", "MOTCUA_BASE_URL": "https://motcua.example.vn",
}  # fmt: skip


def test_an_office_has_its_streams_at_its_own_address_the_demo_at_a_port():
    office, demo = read_environment(OFFICE), read_environment({"MOTCUA_PORT": "9000"})
    assert (office.live_url, office.live_port) == ("", 8001)
    assert (demo.live_url, demo.live_port) == ("http://127.0.0.1:9001", 9001)
    assert origins(office) == ["https://motcua.example.vn"]
    assert "http://localhost:9000" in origins(demo)


@pytest.mark.parametrize(
    ("name", "value"), [("MOTCUA_LIVE_URL", "http://live.example.vn"), ("MOTCUA_VOICE", "/no/such/folder")]
)
def test_a_wrong_address_or_folder_is_told(name: str, value: str):
    with pytest.raises(SettingsError, match=name):
        read_environment({**OFFICE, name: value})


def test_a_page_may_listen_there_and_nowhere_else(settings):
    settings.MOTCUA_LIVE_URL = "https://live.example.vn:8443/queue"
    policy = listening(HttpResponse()).headers["Content-Security-Policy"]
    assert policy.endswith("connect-src 'self' https://live.example.vn:8443")
    assert stream_of_board("mot-cua", 2, "vi").startswith("https://live.example.vn:8443/queue/live/halls/mot-cua/")
    settings.MOTCUA_LIVE_URL = ""
    assert "Content-Security-Policy" not in listening(HttpResponse()).headers
    assert stream_of_ticket("key") == "/live/tickets/key/"


def test_recordings_of_the_office_replace_the_shipped_voice(settings, tmp_path: Path):
    assert {one.stem for one in SHIPPED.glob("*.wav")} == CLIPS
    assert sum(one.stat().st_size for one in SHIPPED.glob("*.wav")) < 700_000
    (tmp_path / "a.wav").write_bytes(b"RIFF")
    settings.MOTCUA_VOICE = tmp_path
    assert clip("a") == tmp_path / "a.wav"
    assert clip("b") == SHIPPED / "b.wav"
