"""Two people at one task, or two plans of one year, at the same moment: on committed rows."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.management import call_command

from motcua.core.models import Event
from motcua.demo.office import build_office
from motcua.reform.models import Plan, PlanTask
from motcua.reform.plan.actions import write_plan
from motcua.reform.plan.following import drop_task, mark_done
from motcua.reform.plan.importing import import_tasks
from motcua.reform.refusals import PlanRefused, StaleTask
from tests.cast import Cast, the_cast
from tests.committed import django_on, own_database, together
from tests.reform.stories import DRAFTED, JUNE, issued, on
from tests.reform.test_plan_import import HEAD


@pytest.fixture(scope="module")
def cast(django_db_blocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("load_calendar")
        build_office()
        yield the_cast()


def test_a_task_is_marked_done_once(cast: Cast):
    _plan, task = issued(cast)
    told = {"on": JUNE, "seen": 1, "at": on(date(2026, 7, 1))}
    works = [
        lambda by=by: mark_done(task.pk, evidence=f"Theo {by.name}", by=by, **told)
        for by in (cast.case_officer, cast.controller, cast.leader)
    ]
    works.append(lambda: drop_task(task.pk, reason="Thôi", seen=1, by=cast.leader, at=told["at"]))
    came = together(works)
    assert sorted(type(one).__name__ for one in came) == ["NoneType", *[StaleTask.__name__] * 3]
    assert PlanTask.objects.get(pk=task.pk).revision == 2
    assert Event.objects.filter(kind__in=("plan.task_done", "plan.task_dropped")).count() == 1


def test_a_sheet_sent_twice_at_once_comes_in_once(cast: Cast):
    plan = write_plan(year=2028, title="Kế hoạch", by=cast.controller, at=DRAFTED)
    several = "".join(f"Cải cách thể chế,Việc {one},Tư pháp – hộ tịch,,30/06/2028,Báo cáo,\n" for one in range(60))
    content = f"{HEAD}\n{several}".encode()
    came = together([lambda: import_tasks(plan, content, by=cast.controller, at=DRAFTED)] * 3)
    assert sorted((one.added, one.known) for one in came) == [(0, 60), (0, 60), (60, 0)]
    assert plan.tasks.count() == 60


def test_a_year_gets_one_plan(cast: Cast):
    came = together([lambda: write_plan(year=2030, title="Kế hoạch", by=cast.controller, at=DRAFTED)] * 3)
    assert sorted(type(one).__name__ for one in came) == ["Plan", PlanRefused.__name__, PlanRefused.__name__]
    assert Plan.objects.filter(year=2030).count() == 1
