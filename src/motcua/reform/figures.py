"""What newspapers print of reform, computed: tasks of a plan, agencies inspected, findings, people admonished."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Final

from motcua.reform.inspections.queries import InspectionFigures, figures_of, issued_by
from motcua.reform.plan.queries import tasks_of_issued
from motcua.reporting.press.claims import Answer, share_of
from motcua.reporting.press.computing import Asked, Query


def _years(asked: Asked) -> tuple[int, int]:
    return asked.first.year, (asked.until - timedelta(days=1)).year


def _tasks(asked: Asked) -> Answer | None:
    count = tasks_of_issued(asked.agency, *_years(asked))
    return Answer(Fraction(count)) if count else None


def _inspected(of: Callable[[InspectionFigures], Answer | None]) -> Query:
    def answer(asked: Asked) -> Answer | None:
        plans = issued_by(asked.agency, *_years(asked))
        return of(figures_of(plans)) if plans else None

    return answer


PRESS: Final[Mapping[str, Query]] = {
    "reform_tasks": _tasks,
    "agencies_inspected_share": _inspected(lambda found: share_of(found.held, found.planned)),
    "inspection_findings": _inspected(lambda found: Answer(Fraction(found.findings))),
    "people_admonished": _inspected(lambda found: Answer(Fraction(found.people))),
}
"""Of the plans an agency issued for the years asked about; without any plan there is no answer."""
