"""The hot statements are really prepared: planned once per connection, not once per call."""

import pytest

from motcua.core.sql import fetch_all, fetch_one


@pytest.mark.django_db
def test_a_statement_of_core_sql_is_prepared_on_the_server():
    for number in range(3):
        fetch_one("SELECT %s::int + 41", (number,))
    prepared = fetch_all("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%%+ 41'")
    assert len(prepared) == 1
    assert fetch_one("SHOW plan_cache_mode") == ("force_generic_plan",)
