"""GET /api/v1/procedures: the search of the page and the facts of a version, for programs."""

import pytest
from django.utils import timezone

from motcua.catalogue.models import Procedure, Sector
from motcua.catalogue.queries import procedure_sheet
from motcua.catalogue.search import find

pytestmark = pytest.mark.usefixtures("ward", "db")
BIRTH = "1.001193"


def procedures(client, **asked):
    return client.get("/api/v1/procedures", asked)


@pytest.mark.parametrize(
    "q", ["đăng ký khai sinh", "dang ky khai sinh", "dawng ky khai sinh", "đăng ký kai sinh", BIRTH]
)
def test_the_search_is_the_pages(client, q):
    answer = procedures(client, q=q, limit=5).json()
    assert [item["code"] for item in answer["items"]] == [hit.code for hit in find(q, limit=5).hits]
    assert answer["items"][0]["code"] == BIRTH
    assert answer["count"] == find(q).count


def test_an_item_says_what_a_row_says(client):
    item = procedures(client, q=BIRTH).json()["items"][0]
    assert item["name"] == "Đăng ký khai sinh"
    assert (item["sector"], item["sector_name"], item["level"]) == ("ho-tich", "Hộ tịch", "commune")
    assert item["time_limit"] == {"number": 1, "unit": "working_day", "channel": "", "when": ""}
    assert item["posted_here"] is True
    assert client.get(item["url"]).status_code == 200


def test_without_words_the_list_can_be_paged_through(client):
    whole = procedures(client, limit=100).json()
    assert whole["count"] == len(whole["items"]) > 40
    pages = [procedures(client, limit=10, offset=start).json()["items"] for start in range(0, whole["count"], 10)]
    assert [item for page in pages for item in page] == whole["items"]
    assert len(procedures(client).json()["items"]) == 20


def test_a_sector_by_code_and_by_name(client):
    by_code, by_name = procedures(client, sector="ho-tich").json(), procedures(client, sector="hộ tịch").json()
    assert by_code == by_name
    assert {item["sector"] for item in by_code["items"]} == {"ho-tich"}
    found = procedures(client, sector="ho-tich", q="khai").json()["items"]
    assert found
    assert {item["sector"] for item in found} == {"ho-tich"}


@pytest.mark.parametrize(
    ("asked", "status", "parameter"),
    [
        ({"limit": 0}, 422, "limit"),
        ({"limit": 101}, 422, "limit"),
        ({"limit": "x"}, 422, "limit"),
        ({"q": "a" * 201}, 422, "q"),
        ({"offset": -1}, 422, "offset"),
        ({"sector": "khong-co"}, 404, "sector"),
        ({"page": 2}, 400, "page"),
        ({"q": "a\x00b"}, 400, None),
    ],
)
def test_what_is_refused(client, asked, status, parameter):
    answer = procedures(client, **asked)
    assert (answer.status_code, answer.json()["parameter"]) == (status, parameter)
    assert answer.json()["detail"].endswith(".")


def test_one_procedure_with_everything_that_is_published(client):
    facts = client.get(f"/api/v1/procedures/{BIRTH}").json()
    version = procedure_sheet(BIRTH, timezone.localdate()).version
    assert facts["standing"] == "in_force"
    assert facts["valid_from"] == version.valid_from.isoformat()
    assert [paper["name"] for paper in facts["components"]] == [line.name for line in version.components]
    assert [(limit["number"], limit["unit"]) for limit in facts["time_limits"]] == [(1, "working_day")]
    assert [basis["number"] for basis in facts["legal_bases"]] == [line.number for line in version.content.legal_bases]
    assert facts["results"] == list(version.results)
    assert sum(step["share"] for step in facts["route"]) == 100
    assert [step["unit"] for step in facts["route"]] == [step.function for step in version.route]
    assert facts["posted_at"][0]["name"]


def test_money_that_the_province_sets_is_null_and_never_free(client):
    codes = Procedure.objects.filter(versions__fees__set_by_province=True).values_list("national_code", flat=True)
    facts = client.get(f"/api/v1/procedures/{codes[0]}").json()
    open_fees = [fee for fee in facts["fees"] if fee["set_by_province"]]
    assert open_fees
    assert {fee["amount"] for fee in open_fees} == {None}


def test_a_procedure_without_published_facts_states_none(client):
    sector = Sector.objects.first()
    Procedure.objects.create(national_code="9.999999", name="Thủ tục chỉ có tên", sector=sector, levels=["province"])
    facts = client.get("/api/v1/procedures/9.999999").json()
    assert (facts["standing"], facts["level"], facts["version"]) == ("no_details", "province", None)
    assert (facts["components"], facts["fees"], facts["time_limits"], facts["route"]) == (None, None, None, None)


@pytest.mark.parametrize("code", ["9.000000", "không có", "%00", "1.001193%00"])
def test_an_unknown_code(client, code):
    answer = client.get(f"/api/v1/procedures/{code}")
    assert answer.status_code == (400 if "%00" in code else 404)
    assert answer.json()["detail"].endswith(".")


def test_an_address_that_is_not_there_answers_in_json(client):
    answer = client.get("/api/v1/nothing/here")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("application/json")
