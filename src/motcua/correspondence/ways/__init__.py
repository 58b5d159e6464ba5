"""Who carries a message: the mail server, and the gateways of SMS and Zalo. Each speaks `Carrier`."""

from collections.abc import Mapping

from django.conf import settings

from motcua.correspondence.states import Way
from motcua.correspondence.ways.carrier import Carrier
from motcua.correspondence.ways.gateway import Gateway
from motcua.correspondence.ways.mail import Mail

__all__ = ["Carrier", "carriers"]


def carriers() -> Mapping[str, Carrier]:
    """Those this office has an address for (`MOTCUA_MAIL`, `MOTCUA_SMS_URL`, `MOTCUA_ZALO_URL`)."""
    found: dict[str, Carrier] = {}
    for way, (url, key) in settings.MOTCUA_GATEWAYS.items():
        if url:
            found[way] = Gateway(url, key)
    if settings.EMAIL_HOST:
        found[Way.EMAIL.value] = Mail()
    return found
