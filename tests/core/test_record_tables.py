"""Every table of the database is one of those the record guards, holds, or leaves alone for a reason that is said."""

from collections import Counter
from pathlib import Path

import pytest

from motcua.config.recorded import APART, HELD, RECORDED, REMADE, SEALED
from motcua.config.touching import TOUCHING
from motcua.core.sql import fetch_all

GUARDED = frozenset(one.table for tables in RECORDED.values() for one in tables)
ALL = (GUARDED, SEALED, HELD, REMADE, APART)
DOCS = Path(__file__).parents[2] / "docs" / "record.md"


@pytest.mark.django_db
def test_every_table_of_the_database_is_classified_once():
    there = {
        name
        for (name,) in fetch_all(
            "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace "
            "AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
        )
    }
    said = Counter(table for several in ALL for table in several)
    assert there == said.keys(), "say in config/recorded.py what a new table is"
    assert {table for table, times in said.items() if times > 1} == set()


def test_every_table_stands_in_the_page_about_the_record():
    page = DOCS.read_text()
    assert [table for several in ALL for table in sorted(several) if f"`{table}`" not in page] == []


def test_every_guarded_table_may_be_changed_by_some_event_and_no_other_table_by_any():
    assert frozenset().union(*TOUCHING.values()) == GUARDED


@pytest.mark.django_db
def test_rows_are_named_by_ids_the_record_can_keep():
    """A UUID, or a whole number where the screen says so."""
    types = dict(
        fetch_all(
            "SELECT table_name::text, data_type::text FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND column_name = 'id' AND table_name = ANY(%s)",
            (sorted(GUARDED),),
        )
    )
    numbered = {one.table for tables in RECORDED.values() for one in tables if one.numbered}
    assert types == {table: "bigint" if table in numbered else "uuid" for table in GUARDED}
