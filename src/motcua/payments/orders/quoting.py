"""What a filing costs, by the procedure's version it is filed under."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from motcua.catalogue.queries import OfferedVersion, version_by_id
from motcua.core.sql import fetch_one
from motcua.payments.orders.rules import Asked, Quote, Stated, quote
from motcua.payments.orders.tables import fee_tables

_CODE = (
    "SELECT code FROM people_agencycode WHERE agency_id = %(agency)s AND valid_from <= %(day)s "
    "AND (valid_to IS NULL OR valid_to >= %(day)s) ORDER BY scheme = 'qd20' DESC, valid_from DESC LIMIT 1"
)


def quote_for(
    version: OfferedVersion | UUID, *, agency_id: UUID, channel: str, on: date, whens: Collection[str] = (),
    counts: Mapping[str, int] | None = None, exemption: str = "", stated: Mapping[int, Stated] | None = None,
) -> Quote:  # fmt: skip
    """The fees of a filing under this version at this agency, by the tables of the day.

    `whens`: the chosen situations; `counts`: how many of each unit (copy, page, paper, person); `exemption`: the code
    of a group in `data/payments/exemptions.yaml`; `stated`: what the desk typed for fees left open, by their place.
    """
    offered = version if isinstance(version, OfferedVersion) else version_by_id(version)
    found = fetch_one(_CODE, {"agency": agency_id, "day": on})
    asked = Asked(
        procedure=offered.code, sector=offered.sector_code, channel=channel, on=on, whens=whens, counts=counts or {},
        exemption=exemption, agency_code=found[0] if found else "", stated=stated or {},
    )  # fmt: skip
    return quote(offered.fees, asked, fee_tables())


def situations(version: OfferedVersion | UUID, *, agency_id: UUID, channel: str, on: date) -> list[str]:
    """The situations among which the desk has to choose, in their order; empty when nothing is to be chosen."""
    first = quote_for(version, agency_id=agency_id, channel=channel, on=on)
    if not first.to_choose:
        return []
    return list(dict.fromkeys((*first.to_choose, *(line.when for line in first.lines if line.when))))
