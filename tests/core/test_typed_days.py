"""Days as people type them, wherever a form asks for one."""

from datetime import date

import pytest
from django import forms

from motcua.core.typed import BAD_DAY, DAY_HINT, day_input, day_typed


class Asked(forms.Form):
    needed = day_input("Ngày", "Ông/bà ghi ngày.")
    other = day_input("Ngày khác", hint="Để trống nếu chưa có.")


@pytest.mark.parametrize("written", ["25/11/2026", " 25-11-2026 ", "25.11.2026", "25112026", "2026-11-25"])
def test_a_day_is_taken_as_people_write_it_and_shown_as_they_read_it(written: str):
    form = Asked({"needed": written})
    assert form.is_valid()
    assert form.cleaned_data == {"needed": date(2026, 11, 25), "other": None}
    assert 'value="25/11/2026"' in str(Asked(initial=form.cleaned_data)["needed"])
    assert day_typed(written) == date(2026, 11, 25)


@pytest.mark.parametrize("written", ["30/02/2026", "2511202", "ngày mai", "25/11", "11/25/2026"])
def test_what_is_no_day_is_said_and_stays_as_it_was_typed(written: str):
    form = Asked({"needed": written})
    assert form.errors == {"needed": [BAD_DAY]}
    assert written in str(form["needed"])
    assert 'type="date"' not in str(form["needed"])


def test_an_empty_day_is_asked_for_only_where_it_is_needed():
    assert Asked({"needed": " "}).errors == {"needed": ["Ông/bà ghi ngày."]}
    assert [str(Asked()[name].help_text) for name in ("needed", "other")] == [str(DAY_HINT), "Để trống nếu chưa có."]
