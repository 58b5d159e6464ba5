"""A ward that posts three procedures of two sectors."""

import pytest
import yaml
from django.test import Client

from motcua.catalogue.actions import post_all
from motcua.catalogue.importing import import_catalogue
from motcua.catalogue.models import Procedure
from motcua.people.models import Agency, Role
from tests.catalogue.conftest import AT, IMPORTER, ROW, SINCE, official, ward

__all__ = ["ward"]

MARRIAGE, COPY = "1.000894", "2.000815"
LONG_NAME = "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của Việt Nam " * 3


@pytest.fixture
def controller(ward: Agency) -> Client:
    return official(ward, "kiemsoat", Role.PROCEDURE_CONTROLLER)


@pytest.fixture
def posted(ward: Agency, controller: Client, tmp_path) -> list[Procedure]:
    """Birth, marriage and certified copies, posted at the ward of this office."""
    rows = {
        ("ho-tich", "Hộ tịch"): [
            ROW,
            ROW | {"code": MARRIAGE, "name": "Đăng ký kết hôn", "everyday_words": ["lấy vợ"]},
        ],
        ("chung-thuc", "Chứng thực"): [ROW | {"code": COPY, "name": LONG_NAME.strip(), "everyday_words": ["sao y"]}],
    }
    for (code, name), found in rows.items():
        path = tmp_path / f"{code}.yaml"
        told = {"sector": {"code": code, "name": name}, "procedures": found}
        path.write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
        import_catalogue(path, by=IMPORTER, at=AT)
    procedures = list(Procedure.objects.all())
    post_all(procedures, ward, by=IMPORTER, valid_from=SINCE, at=AT)
    return procedures
