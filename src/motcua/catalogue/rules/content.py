"""A version of a procedure as frozen plain values, and the fingerprint by which two are told apart."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import time
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """A paper: handed in (`submit`) or only shown (`show`); `when` names the situation that asks for it."""

    name: str
    use: str = "submit"
    originals: int = 1
    copies: int = 0
    required: bool = True
    when: str = ""
    note: str = ""
    id: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class LimitLine:
    """How long the office may take; without channel and `when` it is the general limit."""

    number: int
    unit: str
    channel: str = ""
    when: str = ""
    id: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class FeeLine:
    """Money asked, in đồng. `amount` None: set by the province, or not stated by the source; never free."""

    kind: str
    name: str
    amount: int | None
    set_by_province: bool = False
    when: str = ""
    note: str = ""
    id: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class BasisLine:
    """A legal text by its number."""

    number: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the route: role, unit function and share (percent) of the time limit.

    `parallel`: it runs at the same time as the step before it; the next step waits for both.
    """

    name: str
    role: str
    function: str
    share: int
    parallel: bool = False
    id: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class VersionContent:
    """All that a version says, without its dates, number and state."""

    name: str
    summary: str = ""
    decision: str = ""
    applicant_kinds: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    online_level: str = "information"
    cut_off: time | None = None
    supplement_rule: str = "restart"
    supplement_days: int | None = None
    results: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    how_to: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    components: tuple[ComponentLine, ...] = ()
    limits: tuple[LimitLine, ...] = ()
    fees: tuple[FeeLine, ...] = ()
    legal_bases: tuple[BasisLine, ...] = ()
    route: tuple[StepLine, ...] = ()


_LATER = {"supplement_rule": "restart", "supplement_days": None}


def fingerprint(content: VersionContent) -> str:
    """SHA-256 (hex) over everything the version says: equal exactly when the contents are equal.

    What came into the format later is left out while it says nothing new, so that older fingerprints stay true.
    """
    plain = asdict(content)
    for name, silent in _LATER.items():
        if plain[name] == silent:
            del plain[name]
    for line in plain["route"]:
        if not line["parallel"]:
            del line["parallel"]
    for lines in ("components", "limits", "fees", "route"):
        for line in plain[lines]:
            del line["id"]
    canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_text)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _text(value: object) -> str:
    if isinstance(value, time):
        return value.isoformat("minutes")
    raise TypeError(f"no canonical text for {type(value).__name__}")
