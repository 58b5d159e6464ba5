"""The catalogue of open tables for machines: DCAT-AP as JSON-LD."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from motcua.reporting.opendata.columns import DATASETS, LICENCE, Dataset
from motcua.reporting.opendata.rows import days_of

AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
SHAPES: Final = {"csv": ("text/csv", "CSV"), "json": ("application/json", "JSON"),
                 "parquet": ("application/vnd.apache.parquet", "PARQUET")}  # fmt: skip
CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip


def catalogue(publisher: str, today: date, url: Callable[[str], str]) -> dict[str, Any]:
    """The whole catalogue; `url` makes an address of the product absolute. Asked in Vietnamese."""
    office = {"@type": "foaf:Agent", "foaf:name": publisher or _("Một Cửa")}
    return {
        "@context": CONTEXT,
        "@id": url("/open-data/catalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": _vi(_("Dữ liệu mở về giải quyết thủ tục hành chính")),
        "dct:description": _vi(_("Số hồ sơ theo tháng, thủ tục đang công khai, niêm phong của nhật ký.")),
        "dct:publisher": office,
        "dct:license": {"@id": LICENCE},
        "dct:language": {"@id": f"{AUTHORITY}/language/VIE"},
        "foaf:homepage": {"@id": url("/open-data/")},
        "dcat:dataset": [_dataset(one, office, today, url) for one in DATASETS],
    }


def _dataset(one: Dataset, office: dict[str, Any], today: date, url: Callable[[str], str]) -> dict[str, Any]:
    said = {
        "@id": url(f"/open-data/#{one.code}"),
        "@type": "dcat:Dataset",
        "dct:identifier": one.code,
        "dcat:version": str(one.version),
        "dct:title": _vi(str(one.title)),
        "dct:description": _vi(str(one.about)),
        "dct:publisher": office,
        "dct:accrualPeriodicity": {"@id": f"{AUTHORITY}/frequency/{one.refreshed}"},
        "dcat:theme": {"@id": f"{AUTHORITY}/data-theme/GOVE"},
        "dct:accessRights": {"@id": f"{AUTHORITY}/access-right/PUBLIC"},
        "dcat:landingPage": {"@id": url("/open-data/")},
        "foaf:page": {"@id": url("/open-data/dictionary/")},
        "dcat:distribution": [_distribution(one, shape, url) for shape in SHAPES],
    }
    days = days_of(one, today)
    if days:
        said["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@type": "xsd:date", "@value": days[0].isoformat()},
            "dcat:endDate": {"@type": "xsd:date", "@value": days[1].isoformat()},
        }
    return said


def _distribution(one: Dataset, shape: str, url: Callable[[str], str]) -> dict[str, Any]:
    media, name = SHAPES[shape]
    address = url(f"/open-data/{one.name}.{shape}")
    return {
        "@id": f"{address}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": _vi(f"{one.title} ({name})"),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
        "dct:format": {"@id": f"{AUTHORITY}/file-type/{name}"},
        "dct:license": {"@id": LICENCE},
        "dct:conformsTo": {"@id": url("/open-data/dictionary.json")},
    }


def _vi(text: str) -> dict[str, str]:
    return {"@language": "vi", "@value": text}
