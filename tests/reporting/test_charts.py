"""Charts as shapes: what a phone has room for, and that nothing that is drawn goes unsaid."""

import pytest

from motcua.reporting.charts import LEFT, ON_A_PHONE, WIDTH, Series, columns


@pytest.mark.parametrize("groups", [1, 4, 5, 12, 13, 24])
def test_a_phone_shows_few_words_and_always_the_last(groups: int):
    names = [f"{number:02d}/26" for number in range(groups)]
    chart = columns("months", "Theo tháng", names, [Series("tiếp nhận", "one", range(groups))], "")
    shown = [mark.words for mark in chart.marks if not mark.is_minor]
    assert 1 <= len(shown) <= ON_A_PHONE
    assert shown[-1] == names[-1]
    assert [bar.words for bar in chart.bars] == [f"{name}, tiếp nhận: {n}" for n, name in enumerate(names)]
    assert all(LEFT <= bar.x <= bar.x + bar.width <= WIDTH for bar in chart.bars)
