"""A reason sheet made short enough to read."""

from dataclasses import replace

from motcua.worktime.rules.reasons import Reason, ReasonKind


def condense(reasons: list[Reason]) -> list[Reason]:
    """The same sheet for reading: working time of many days in one row, nights and breaks folded in.

    Rows stay contiguous and their counted minutes sum to the same. A night or break between two
    rows of the same kind disappears into them; before a day off it belongs to the day off.
    """
    rows: list[Reason] = []
    glue: list[Reason] = []
    for reason in reasons:
        if reason.kind in {ReasonKind.NIGHT, ReasonKind.BREAK}:
            glue.append(reason)
            continue
        previous = rows[-1] if rows else None
        if previous and _same_row(previous, reason):
            rows[-1] = replace(previous, end=reason.end, minutes=previous.minutes + reason.minutes)
        elif glue and not reason.counted:
            rows.append(replace(reason, start=glue[0].start))
        elif glue and previous:
            rows[-1] = replace(previous, end=glue[-1].end)
            rows.append(reason)
        else:
            rows.extend(_as_one(glue))
            rows.append(reason)
        glue = []
    if rows and glue:
        rows[-1] = replace(rows[-1], end=glue[-1].end)
        return rows
    return rows + _as_one(glue)


def _same_row(one: Reason, other: Reason) -> bool:
    return (one.kind, one.text, one.decision) == (other.kind, other.text, other.decision)


def _as_one(glue: list[Reason]) -> list[Reason]:
    return [replace(glue[0], end=glue[-1].end)] if glue else []
