"""The ribbon's bar: what it draws, and that nothing else gets into the markup."""

import pytest

from motcua.core.templatetags.ribbon import ribbon_bar


def drawn(*segments: tuple[str, float], now: float | None = None, due: float | None = None, thin: bool = False) -> str:
    ribbon = {"segments": [{"kind": kind, "width": width} for kind, width in segments], "now": now, "due": due}
    return str(ribbon_bar(ribbon, thin=thin))


def test_segments_keep_their_widths_and_patterns():
    bar = drawn(("hand-1", 20), ("stop", 30.5), ("rest", 49.5), now=50.5)
    assert 'width="30.5%"' in bar
    assert "url(#weave-hand-1)" in bar
    assert "url(#weave-stop)" in bar
    assert "weave-rest" not in bar
    assert 'class="mark-now" x="50.5%"' in bar
    assert "mark-due" not in bar


def test_a_late_dossier_shows_the_promise_before_the_red_tail():
    assert 'class="mark-due" x="80.0%"' in drawn(("hand-2", 80), ("over", 20), due=80, thin=True)


def test_an_unknown_kind_is_refused_not_printed():
    with pytest.raises(ValueError, match="unknown ribbon segment"):
        drawn(('"><script>', 10))
