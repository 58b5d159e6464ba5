"""Which limit, which fees, which papers apply to one dossier."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from motcua.catalogue.rules.content import ComponentLine, FeeLine, LimitLine, VersionContent


def choose_limit(limits: Sequence[LimitLine], *, channel: str, when: str = "") -> LimitLine | None:
    """The most exact limit for a channel and a situation; None when the version states none.

    A limit for situation and channel beats one for the situation, that one for the channel, that the general.
    """
    fitting = [limit for limit in limits if limit.channel in ("", channel) and limit.when in ("", when)]
    return max(fitting, key=lambda limit: (bool(limit.when), bool(limit.channel)), default=None)


def fee_lines(fees: Iterable[FeeLine], whens: Collection[str] = ()) -> tuple[FeeLine, ...]:
    """The fees of a dossier: those always asked, and those of the chosen situations."""
    return tuple(fee for fee in fees if not fee.when or fee.when in whens)


def fee_total(lines: Iterable[FeeLine]) -> tuple[int, bool]:
    """The sum in đồng of the stated amounts, and whether it is the whole (no amount left open)."""
    amounts = [line.amount for line in lines]
    return sum(amount for amount in amounts if amount is not None), None not in amounts


@dataclass(frozen=True, slots=True)
class Checklist:
    """Papers everybody brings, and those asked only in a named situation (or, under "", if there are any)."""

    always: tuple[ComponentLine, ...]
    by_situation: tuple[tuple[str, tuple[ComponentLine, ...]], ...]


def checklist(components: Iterable[ComponentLine]) -> Checklist:
    """Sort the papers into what everybody brings and what a situation asks for, in the order stated."""
    always: list[ComponentLine] = []
    conditional: dict[str, list[ComponentLine]] = {}
    for component in components:
        if component.required and not component.when:
            always.append(component)
        else:
            conditional.setdefault(component.when, []).append(component)
    return Checklist(tuple(always), tuple((when, tuple(lines)) for when, lines in conditional.items()))


def papers_for(components: Iterable[ComponentLine], whens: Collection[str] = ()) -> tuple[ComponentLine, ...]:
    """The papers a dossier must hold: the required ones and those of the chosen situations."""
    return tuple(c for c in components if (c.required and not c.when) or (c.when and c.when in whens))


def situations(content: VersionContent) -> tuple[str, ...]:
    """Every situation the version names, once, in the order limits, fees, papers state them."""
    named = [line.when for lines in (content.limits, content.fees, content.components) for line in lines if line.when]
    return tuple(dict.fromkeys(named))
