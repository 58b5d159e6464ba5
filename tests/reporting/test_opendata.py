"""Open tables: three shapes with the same rows, harmless in a spreadsheet, cacheable, described for machines."""

import csv
import io
import json
from datetime import UTC, date, datetime
from itertools import count, islice

import pyarrow.parquet
import pytest
from django.test import Client

from motcua.reporting.opendata.columns import DATASETS, MONTHLY, PROCEDURES, Kind
from motcua.reporting.opendata.parquet import GROUP, parquet_pieces
from motcua.reporting.opendata.writing import PIECE, csv_pieces, harmless, json_pieces, plain
from tests.architecture.sources import PRODUCT, name_of, python_files, text_of
from tests.reporting.made_up import counted, settled_year

# What the columns of a version are. Whoever changes a column gives the table a new version, and a new line here;
# a line that stands here is never changed.
FROZEN = {
    "monthly-counts-v1": "0f5bae4ab2ba2e57",
    "procedures-v1": "4667abbf5177a4d5",
    "seals-v1": "e18566058ca84cd4",
}


def test_columns_change_only_with_a_new_version():
    assert {one.name: one.mark for one in DATASETS} == FROZEN


def taken(address: str, **headers: str) -> bytes:
    answer = Client().get(f"/open-data/{address}", headers=headers)
    assert answer.status_code == 200, (address, answer.status_code)
    return b"".join(answer.streaming_content)


def moment(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).isoformat()


def as_read(name: str) -> tuple[list[dict], list[dict], list[dict]]:
    said = list(csv.DictReader(io.StringIO(taken(f"{name}.csv").decode("utf-8-sig"))))
    told = json.loads(taken(f"{name}.json"))
    assert f"{told['dataset']}-v{told['version']}" == name
    table = pyarrow.parquet.read_table(io.BytesIO(taken(f"{name}.parquet")))
    return said, told["rows"], table.to_pylist()


@pytest.mark.django_db
def test_the_three_shapes_have_the_same_rows(cast):
    settled_year(cast.leader.agency_id, 2025, late=2)
    for dataset in DATASETS:
        said, told, kept = as_read(dataset.name)
        names = [one.name for one in dataset.columns]
        assert len(said) == len(told) == len(kept)
        for line, row, typed in zip(said, told, kept, strict=True):
            assert list(line) == list(row) == list(typed) == names
            assert [str(harmless(row[name])) for name in names] == list(line.values())
            assert {name: plain(value) for name, value in typed.items()} == {
                name: moment(value) if name == "sealed_at" else value for name, value in row.items()
            }
            for column in dataset.columns:
                assert column.may_be_empty or row[column.name] is not None, (column.name, row)
                assert not column.values or row[column.name] in (*column.values, None), (column.name, row)


@pytest.mark.django_db
def test_the_monthly_counts_keep_back_what_is_small(cast):
    settled_year(cast.leader.agency_id, 2025, late=2)
    rows = json.loads(taken(f"{MONTHLY.name}.json"))["rows"]
    found = {(row["measure"], row["breakdown"], row["code"], row["time"]): row for row in rows}
    assert found["received", "all", None, "2025"]["count"] == 720
    late = found["late", "all", None, "2025-03"]
    assert (late["count"], late["at_least"], late["status"]) == (None, 1, "under")
    assert not [row for row in rows if row["count"] is not None and 0 < row["count"] < 5]
    kept_back = [row for row in rows if row["status"] == "more"]
    assert kept_back
    assert all(row["count"] is None and row["at_least"] >= 5 for row in kept_back)
    march = found["received", "sector", "dat-dai", "2025-03"]
    assert (march["count"], march["first_day"], march["last_day"]) == (30, "2025-03-01", "2025-03-31")


@pytest.mark.django_db
def test_the_month_under_way_is_in_no_table(cast, monkeypatch):
    settled_year(cast.leader.agency_id, 2025, months=8)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2025, 8, 20))
    times = {row["time"] for row in json.loads(taken(f"{MONTHLY.name}.json"))["rows"]}
    assert times == {f"2025-0{month}" for month in range(1, 8)} | {"2025-Q1", "2025-Q2"}


@pytest.mark.django_db
def test_published_procedures_stand_there_once(cast):
    rows = json.loads(taken(f"{PROCEDURES.name}.json"))["rows"]
    codes = [row["code"] for row in rows]
    assert "1.001193" in codes
    assert len(codes) == len(set(codes)) > 10
    birth = next(row for row in rows if row["code"] == "1.001193")
    assert (birth["time_limit"], birth["time_limit_unit"], birth["posted_at"]) == (1, "working_day", 1)


@pytest.mark.django_db
def test_whoever_has_it_is_not_sent_it_again(cast):
    settled_year(cast.leader.agency_id, 2025)
    for shape in ("csv", "json", "parquet"):
        address = f"/open-data/{MONTHLY.name}.{shape}"
        first = Client().get(address)
        assert "max-age" in first["Cache-Control"]
        assert "public" in first["Cache-Control"]
        again = Client().get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again["ETag"]) == (304, first["ETag"])
    counted(cast.leader.agency_id, date(2025, 12, 30), "received", 9)
    changed = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["monthly-counts.csv", "monthly-counts-v2.csv", "monthly-counts-v1.xml", "x.csv"])
def test_what_is_not_offered_is_not_found(address):
    assert Client().get(f"/open-data/{address}").status_code == 404


@pytest.mark.django_db
def test_only_reading_is_allowed():
    assert Client().post(f"/open-data/{MONTHLY.name}.csv").status_code == 405
    head = Client().head(f"/open-data/{MONTHLY.name}.csv")
    assert (head.status_code, head["Content-Type"]) == (200, "text/csv; charset=utf-8")


@pytest.mark.parametrize("text", ["=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_text_becomes_a_formula(text):
    assert harmless(text) == f"'{text}"
    line = b"".join(csv_pieces(PROCEDURES, [(text,) * len(PROCEDURES.columns)])).decode("utf-8-sig")
    (row,) = list(csv.reader(io.StringIO(line, newline="")))[1:]
    assert all(cell.startswith("'") for cell in row)


def test_numbers_and_days_stay_what_they_are():
    assert [harmless(value) for value in (-3, date(2025, 1, 2), None, True)] == [-3, "2025-01-02", "", "true"]


ROW = (None, "Phường A", "2025-01", date(2025, 1, 1), date(2025, 1, 31), "received", "all", None, None, 9, 9, "exact")


@pytest.mark.parametrize(("write", "at_once"), [(csv_pieces, PIECE), (json_pieces, PIECE), (parquet_pieces, GROUP)])
def test_a_table_without_end_is_sent_piece_by_piece(write, at_once):
    """The writer asks for no more rows than one piece needs, so that length costs no memory."""
    asked = count()
    endless = (ROW for _each in iter(lambda: next(asked), -1))
    sent = b"".join(islice(write(MONTHLY, endless), 3))
    assert len(sent) > 1_000
    assert next(asked) <= 3 * at_once + 1


@pytest.mark.django_db
def test_the_catalogue_for_machines_leads_to_every_table(cast):
    settled_year(cast.leader.agency_id, 2025)
    answer = Client().get("/open-data/catalog.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    said = json.loads(answer.content)
    assert said["@type"] == "dcat:Catalog"
    assert said["dct:license"]["@id"].startswith("https://creativecommons.org/")
    assert said["dct:publisher"]["foaf:name"]
    assert [one["dct:identifier"] for one in said["dcat:dataset"]] == [one.code for one in DATASETS]
    assert said["dcat:dataset"][0]["dct:temporal"]["dcat:startDate"]["@value"] == "2025-01-01"
    for one in said["dcat:dataset"]:
        for shape in one["dcat:distribution"]:
            address = shape["dcat:downloadURL"]["@id"]
            assert address.startswith("http://testserver/open-data/")
            assert Client().get(address.removeprefix("http://testserver")).status_code == 200


@pytest.mark.django_db
def test_every_column_is_explained_to_people_and_machines():
    page = Client().get("/open-data/dictionary/").text
    said = json.loads(Client().get("/open-data/dictionary.json").content)
    for dataset, told in zip(DATASETS, said["datasets"], strict=True):
        assert [one["name"] for one in told["columns"]] == [one.name for one in dataset.columns]
        for column in dataset.columns:
            assert f">{column.name}<" in page
            assert str(column.meaning)
            assert column.kind in set(Kind)


@pytest.mark.django_db
def test_the_page_leads_to_everything():
    page = Client().get("/open-data/").text
    for dataset in DATASETS:
        for shape in ("csv", "json", "parquet"):
            assert f'href="/open-data/{dataset.name}.{shape}"' in page
    assert 'rel="license external"' in page
    assert "/open-data/dictionary/" in page
    assert "/open-data/catalog.jsonld" in page


def test_only_one_place_knows_the_arrow_library():
    assert [name_of(path) for path in python_files(PRODUCT) if "pyarrow" in text_of(path)] == [
        "src/motcua/reporting/opendata/parquet.py"
    ]
