"""A paper taken from the store for a second filing: the desk takes both in, and the index counts the second one."""

from http import HTTPStatus

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.documents.papers.models import Paper
from motcua.dossiers.models import Dossier
from motcua.intake.models import Submission
from motcua.people.citizens.models import Citizen
from motcua.reporting.indicators.measures import SETS, Scope, count_of, members_of
from motcua.reporting.rules.periods import days
from tests.cast import Cast
from tests.intake.online.steps import begun, filled, papers_sent

Citizens = tuple[Client, Citizen]


def sent_and_taken_in(client: Client, desk: Client, draft_id: object) -> str:
    """The dossier's code."""
    before = set(Submission.objects.values_list("pk", flat=True))
    answer = client.post(reverse("draft-check", args=(draft_id,)), {"return_method": "counter"})
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    filed = Submission.objects.exclude(pk__in=before).get()
    assert desk.post(reverse("submission", args=(filed.number,)), {"answer": "accept"}).status_code == HTTPStatus.FOUND
    return Dossier.objects.get(submission_id=filed.pk).code


def test_a_paper_of_the_store_handed_in_again_is_used_again(cast: Cast, lan: Citizens, desk: Client):
    client, _who = lan
    first = begun(client)
    filled(client, first)
    papers_sent(client, first)
    one = sent_and_taken_in(client, desk, first.pk)
    second = begun(client)
    filled(client, second, child_name="Trần Minh Khoa")
    page = client.get(reverse("draft-papers", args=(second.pk,)))
    for row in page.context["rows"]:
        if row["wanted"].required:
            paper = Paper.objects.get()
            took = client.post(
                reverse("draft-papers", args=(second.pk,)),
                {"component": str(row["wanted"].id), "from_store": str(paper.pk)},
            )
            assert took.status_code == HTTPStatus.FOUND, took.text
    two = sent_and_taken_in(client, desk, second.pk)
    scope = Scope((cast.leader.agency_id,), days(localdate(), localdate()), timezone.now())
    told = {member.code: member.part for member in members_of(SETS["reused_papers"], scope.values())}
    assert told == {one: "first_use", two: "reused"}
    count = count_of(SETS["reused_papers"], scope.values())
    assert (count.numerator, count.denominator) == (1, 2)
