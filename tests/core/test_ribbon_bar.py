"""What busy pages are drawn with: the ribbon, the state, the worklist's rows, and that only escaped words get in."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override

from motcua.core.templatetags.moments import clock, moment, weekday
from motcua.core.templatetags.ribbon import ribbon_bar, state_label
from motcua.core.templatetags.worklist import work_rows

EVENING = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # half past one on Monday morning here
HOSTILE = "<b>\"Lan\" & 'co'</b>"


def drawn(*segments: tuple[str, float], text="Một cửa 2 giờ", now=None, due=None, thin=False) -> str:
    parts = [{"kind": kind, "width": width} for kind, width in segments]
    return str(ribbon_bar({"segments": parts, "text": text, "now": now, "due": due}, thin=thin))


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


def test_the_band_is_one_picture_with_its_sentence():
    assert drawn(("hand-1", 100), thin=True).startswith(
        '<div class="ribbon ribbon-thin" role="img" aria-label="Một cửa 2 giờ"><svg class="seg seg-hand-1"'
    )
    assert 'aria-label="&lt;b&gt;&quot;Lan&quot; &amp; &#x27;co&#x27;&lt;/b&gt;"' in drawn(text=HOSTILE)


def test_a_state_is_told_by_a_shape_of_its_own_and_by_words():
    shapes = {state_label(kind, "").split("<svg")[1] for kind in ("ok", "near", "late", "paused", "done", "plain")}
    assert len(shapes) == 6
    assert state_label("late", "Trễ 2 giờ").endswith("</svg> Trễ 2 giờ</span>")
    assert "<b>" not in state_label("ok", HOSTILE)


def test_components_draw_with_the_same_markup():
    ribbon = {"segments": [{"kind": "hand-1", "width": 100, "label": ""}], "text": HOSTILE, "now": None, "due": None}
    band = Template('{% cotton ribbon :ribbon="ribbon" size="band" / %}').render(Context({"ribbon": ribbon}))
    assert ribbon_bar(ribbon) in band
    state = Template('{% cotton state kind="near" %}<b>2 giờ</b>{% endcotton %}').render(Context({}))
    assert state.strip() == state_label("near", mark_safe("<b>2 giờ</b>"))
    assert "<b>2 giờ</b>" in state


@dataclass
class Row:
    """A dossier as the worklist reads it."""

    code: str = "H17.21-261123-0001"
    applicant: str = "Võ Đình Quang"
    procedure: str = "Đăng ký khai sinh"
    step: str = "Ghi sổ hộ tịch"
    unit: str = "Tư pháp – hộ tịch"
    official_id: UUID | None = None
    official: str = ""
    due_at: datetime = EVENING
    paused_at: datetime | None = None


READER = uuid4()


def row_of(step_late: bool = False, came: bool = False, **changes) -> str:
    item = {
        "row": Row(**changes), "ribbon": {"segments": (), "text": "…", "now": None, "due": None},
        "standing": {"kind": "ok", "words": "2 giờ"}, "step_late": step_late, "came": came,
    }  # fmt: skip
    labels = {"step_label": "Bước", "due_label": "Hẹn & trả", "left_label": "Còn lại", "paused": "tạm dừng từ"}
    labels |= {"step_late": "bước đã quá hạn", "came": "đã gửi bổ sung"}
    return str(work_rows([item], reader=READER, me="tôi", **labels))


def test_what_came_from_home_is_said_in_the_row():
    assert "đã gửi bổ sung" not in row_of(paused_at=EVENING)
    assert state_label("near", "đã gửi bổ sung") in row_of(came=True, paused_at=EVENING)


def test_a_step_past_its_own_date_is_said_in_a_calm_word():
    assert "bước đã quá hạn" in row_of(step_late=True)
    assert "bước đã quá hạn" not in row_of()


def test_a_row_opens_its_dossier_and_says_when_it_is_due_here():
    row = row_of()
    assert '<a data-open href="/dossiers/H17.21-261123-0001/"><span class="code">H17.21-261123-0001</span></a>' in row
    assert '<time datetime="2026-11-23T01:30:00+07:00">01:30 23/11</time>' in row
    assert 'data-label="Hẹn &amp; trả"' in row


def test_a_row_names_the_unit_until_somebody_took_it_and_the_reader_me():
    assert "Ghi sổ hộ tịch · Tư pháp – hộ tịch<" in row_of()
    assert "Ghi sổ hộ tịch · Lê Thị Hà<" in row_of(official_id=uuid4(), official="Lê Thị Hà")
    assert "Ghi sổ hộ tịch · tôi<" in row_of(official_id=READER, official="Lê Thị Hà")


@pytest.mark.parametrize("field", ["code", "applicant", "procedure", "step", "unit", "official"])
def test_nothing_a_person_typed_gets_into_the_markup_of_a_row(field):
    row = row_of(**{field: HOSTILE})
    assert HOSTILE[:3] not in row
    assert "&lt;b&gt;&quot;Lan&quot; &amp; &#x27;co&#x27;&lt;/b&gt;" in row


def test_an_instant_is_shown_as_it_is_here():
    assert moment(EVENING, "%d/%m %H:%M") == '<time datetime="2026-11-23T01:30:00+07:00">23/11 01:30</time>'
    assert clock(EVENING) == (
        '<span class="clock">Thứ Hai 23/11/2026, <time data-clock="2026-11-23T01:30:00+07:00">01:30</time></span>'
    )


def test_weekdays_are_in_the_readers_language():
    page = Template("{% load moments %}{{ at|weekday }}")
    assert page.render(Context({"at": EVENING})) == "Thứ Hai"
    assert weekday(date(2026, 11, 29)) == "Chủ nhật"
    with override("en"):
        assert page.render(Context({"at": EVENING})) == "Monday"


def test_what_never_changes_is_kept_for_each_language_and_sees_nobodys_page():
    page = Template("{% load i18n unchanging %}{% unchanging %}{% translate 'Đóng' %} {{ name }}{% endunchanging %}")
    assert page.render(Context({"name": "Lan"})) == "Đóng "
    with override("en"):
        assert page.render(Context({"name": "Quang"})) == f"{gettext('Đóng')} " != "Đóng "
    assert page.render(Context({"name": "Hà"})) == "Đóng "


def test_a_page_cannot_fill_what_never_changes():
    with pytest.raises(TemplateSyntaxError, match="kept as the first page filled it"):
        Template("{% load unchanging %}{% unchanging %}{% block title %}{% endblock %}{% endunchanging %}")
