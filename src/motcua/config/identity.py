"""Where citizens prove who they are: an OpenID Connect provider, named by `MOTCUA_OIDC_…`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

APP_ID: Final = "identity"
SCOPES: Final = ("openid", "profile", "email", "phone", "address")
DEMO_CLIENT: Final = "motcua-demo"


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """The provider's issuer, what this office is called there, and the claim that holds the personal number."""

    server: str
    client: str
    secret: str
    name: str
    personal_id_claim: str

    def settings(self) -> dict[str, Any]:
        """As the log-in library wants it. Who somebody is comes from the signed token, facts from userinfo."""
        return {
            "provider_id": APP_ID, "name": self.name, "client_id": self.client, "secret": self.secret,
            "settings": {"server_url": self.server, "personal_id_claim": self.personal_id_claim,
                         "oauth_pkce_enabled": True, "scope": [*SCOPES]},
        }  # fmt: skip


def read_identity(values: Mapping[str, str], *, production: bool) -> tuple[IdentityProvider | None, list[str]]:
    """The provider of the environment, None when it names none; and what is wrong with it, in sentences."""

    def said(name: str) -> str:
        return values.get(name, "").strip()

    server, client = said("MOTCUA_OIDC_SERVER").rstrip("/"), said("MOTCUA_OIDC_CLIENT")
    secret, name = said("MOTCUA_OIDC_SECRET"), said("MOTCUA_OIDC_NAME")
    if not server:
        return None, []
    faults = []
    if production and not server.startswith("https://"):
        faults.append("MOTCUA_OIDC_SERVER phải là địa chỉ https:// của nơi định danh điện tử.")
    if production and not (client and secret):
        faults.append("MOTCUA_OIDC_CLIENT và MOTCUA_OIDC_SECRET phải là mã và khóa mà nơi định danh đã cấp.")
    provider = IdentityProvider(
        server=server, client=client or DEMO_CLIENT, secret=secret or "demo", name=name or "định danh điện tử",
        personal_id_claim=said("MOTCUA_OIDC_PERSONAL_ID") or "personal_id",
    )  # fmt: skip
    return provider, faults
