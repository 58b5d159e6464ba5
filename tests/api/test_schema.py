"""The whole schema against the running application: whatever is sent, the answer is one that the schema declares."""

import json
from itertools import count

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig

from motcua.config.api import api
from motcua.config.wsgi import application

CONFIG = SchemathesisConfig.from_dict({
    "seed": 20261123,
    "generation": {"allow-x00": False},
    # A real moment may lie in a year nobody has loaded, and no pattern can say which days exist.
    "operations": [
        {
            "include-path": "/api/v1/due",
            "checks": {"positive_data_acceptance": {"expected-statuses": ["200", "404", "422"]}},
        },
        # The door is before the house: a stranger is told to log in, whatever he wants to do there.
        {"include-path-regex": "^/api/v1/reports", "checks": {"unsupported_method": {"enabled": False}}},
    ],
})  # fmt: skip
callers = count(1)
# Called without a network between, nobody unpacks what the application packs.
PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture
def one_connection():
    """A served request closes its connection when it ends, and with it the ward's open transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def many_callers(dossier, one_connection, settings):
    """Each call comes from another address, so that the throttle does not answer for the rest."""
    settings.MOTCUA_PROXIES = 1


schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(), default=str)), config=CONFIG)
schema.app = application


@pytest.mark.usefixtures("many_callers")
@schema.parametrize()
@settings(
    max_examples=60, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_every_answer_is_declared(case):
    number = next(callers)
    caller = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    case.call_and_validate(headers={"X-Forwarded-For": caller, **PLAIN})


def test_the_schema_is_complete(client):
    raw = client.get("/api/v1/openapi.json").json()
    assert raw["openapi"].startswith("3.1")
    declared = {path: set(part["get"]["responses"]) for path, part in raw["paths"].items()}
    assert declared == {
        "/api/v1/procedures": {"200", "400", "404", "422"},
        "/api/v1/procedures/{code}": {"200", "400", "404", "422"},
        "/api/v1/due": {"200", "400", "404", "422"},
        "/api/v1/dossiers/{code}": {"200", "400", "404", "422", "429"},
        "/api/v1/record/seals": {"200", "400", "422"},
        "/api/v1/record/proofs/{event_id}": {"200", "400", "404", "422", "429"},
        "/api/v1/reports/dossiers": {"200", "400", "401", "403", "404", "422"},
        "/api/v1/reports/{report}": {"200", "400", "401", "403", "404", "422"},
    }
    for part in raw["paths"].values():
        assert part["get"]["summary"]
        assert part["get"]["description"]
        assert all(parameter.get("description") for parameter in part["get"]["parameters"])


@pytest.mark.parametrize("query", ["", "?token={token}"])
def test_a_real_dossier_answers_as_declared(many_callers, dossier, query):
    operation = schema["/api/v1/dossiers/{code}"]["GET"]
    case = operation.Case(
        path_parameters={"code": dossier.code}, query={"token": dossier.tracking_token} if query else {}
    )
    assert case.call_and_validate(headers=PLAIN).status_code == 200
