"""The certificates that agencies of a place and their leaders held: as many as its table says."""

from collections.abc import Mapping
from datetime import datetime, time

from motcua.demo.certificates import register_demo
from motcua.demo.places.told import Certified, Place
from motcua.dossiers.rules import OFFICE_TIME
from motcua.people.models import Agency
from motcua.signing.models import DigitalCertificate
from motcua.signing.queries import leaders_of


def certify(place: Place, agencies: Mapping[str, Agency]) -> None:
    """Register what its table tells; an agency that has some already is left as it is."""
    for told in place.certificates:
        for key in told.agencies:
            if not DigitalCertificate.objects.filter(agency=agencies[key]).exists():
                _certify(agencies[key], told)


def _certify(agency: Agency, told: Certified) -> None:
    first, last = (datetime.combine(day, time(), OFFICE_TIME) for day in (told.first, told.last))
    register_demo(agency, None, first, last)
    for official in leaders_of([agency.pk], first)[: told.leaders]:
        register_demo(agency, official, first, last)
