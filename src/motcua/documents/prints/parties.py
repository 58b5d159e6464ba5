"""How papers name the people and offices on them, and who signs."""

from dataclasses import dataclass
from typing import Any

from motcua.documents.prints.wording import legible


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedParty:
    """A person or organisation as a paper names it; an empty value leaves dots to write on."""

    name: str
    is_organisation: bool = False
    identifier: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSignatory:
    """Who signs for an office (Decree 30/2020, annex I): `authority` is the line above the title, if any.

    Example: authority "TM. Ủy ban nhân dân", title "Chủ tịch".
    """

    name: str
    title: str
    authority: str = ""


def party_values(party: PrintedParty) -> dict[str, Any]:
    """A party with the label its number bears and the word it is spoken to with."""
    return {
        "name": legible(party.name),
        "is_organisation": party.is_organisation,
        "spoken_to": "quý tổ chức" if party.is_organisation else "ông/bà",
        "identifier_label": identifier_label(party.is_organisation),
        "identifier": legible(party.identifier),
        "address": legible(party.address),
        "phone": legible(party.phone),
        "email": legible(party.email),
    }


def identifier_label(is_organisation: bool) -> str:
    """How forms call the number of a person or an organisation."""
    return "Mã số định danh tổ chức" if is_organisation else "Số định danh cá nhân"


def own_signature(party: PrintedParty) -> str:
    """The name under a party's signature: a person's own; empty for an organisation, whose bearer writes his."""
    return legible("" if party.is_organisation else party.name)


def signatory_values(signatory: PrintedSignatory) -> dict[str, str]:
    """The lines above and below the place to sign."""
    return {
        "name": legible(signatory.name),
        "title": legible(signatory.title),
        "authority": legible(signatory.authority),
    }
