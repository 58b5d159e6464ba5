"""The hall as its people use it: everybody at his browser, on a day and at an hour of the story's choosing."""

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from motcua.catalogue.queries import version_in_force
from motcua.catalogue.rules import papers_for
from motcua.demo.office import PASSWORD
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.dossiers.tracking import tracking_url
from motcua.people.models import Account
from tests.cast import HANOI_TIME, open_step

HANDS = {"receiver": "tiepnhan", "case_officer": "thuly", "approver": "lanhdao", "records_clerk": "vanthu"}
CITIZEN = "Võ Đình Quang"


def on(written: str) -> datetime:
    """ "2026-11-23 09:15" here."""
    return datetime.fromisoformat(written).replace(tzinfo=HANOI_TIME)


class Hall:
    """Pages opened and forms sent through HTTP; `clock` sets the machine's clock for all of them."""

    def __init__(self, monkeypatch) -> None:
        self._monkeypatch = monkeypatch

    def clock(self, written: str) -> None:
        for place in ("django.utils.timezone.now", "motcua.people.access.now"):
            self._monkeypatch.setattr(place, lambda: on(written))

    def browser(self, username: str) -> Client:
        """Somebody who has just logged in."""
        client = Client()
        assert client.post("/accounts/login/", {"login": username, "password": PASSWORD}).status_code == 302
        return client

    def take_in(self, procedure: str, written: str) -> Dossier:
        """A citizen at the counter with every paper he must bring; the dossier that the receiver's page opened."""
        self.clock(written)
        receiver, address = self.browser("tiepnhan"), f"/intake/{procedure}/"
        agency_id = Account.objects.get(username="tiepnhan").official.unit.agency_id
        version = version_in_force(procedure, agency_id, on(written).date())
        papers = [str(paper.id) for paper in papers_for(version.components)]
        sent = {
            "submission_id": str(uuid4()), "applicant_kind": "person", "full_name": CITIZEN,
            "personal_id": "000075004321", "copies": "1", "channel": "counter", "return_method": "counter",
            "papers": papers, "receive": "1",
        }  # fmt: skip
        answer = receiver.post(address, sent)
        assert answer.status_code == 302, said_wrong(answer.text)
        return Dossier.objects.latest("received_at")

    def press(self, username: str, button: str, dossier: Dossier, **fields: Any) -> str:
        """What is on the page after a button of the open step was pressed, or that he may not press it."""
        sent = {"step": str(open_step(dossier.id)[0]), **fields}
        answer = self.browser(username).post(reverse(button, args=(dossier.code,)), sent, follow=True)
        assert answer.status_code in (200, 403)
        return answer.text

    def detour(self, username: str, slug: str, dossier: Dossier, **fields: Any) -> str:
        """What is on the page after the form of a detour was sent."""
        sent = {"step": str(open_step(dossier.id)[0]), **fields}
        answer = self.browser(username).post(reverse("detour", args=(dossier.code, slug)), sent, follow=True)
        assert answer.redirect_chain, said_wrong(answer.text)
        return answer.text

    def work_until(self, role: str, dossier: Dossier) -> None:
        """Every hand does its step now, until somebody of this role has it."""
        while open_step(dossier.id)[1] != role:
            self._work(dossier)

    def work_to_the_end(self, dossier: Dossier) -> None:
        """Every hand does its step now, until the result is ready at the desk."""
        while fresh(dossier).state != State.FINISHED:
            self._work(dossier)

    def _work(self, dossier: Dossier) -> None:
        step, role, _unit = open_step(dossier.id)
        self.press(HANDS[role], "approve-step" if role == "approver" else "pass-on-step", dossier)
        assert open_step(dossier.id)[0] != step, f"{HANDS[role]} could not do his step"

    def hand_over(self, dossier: Dossier) -> Dossier:
        """The citizen gets his result."""
        sent = {"method": "counter", "recipient_name": CITIZEN, "recipient_personal_id": "000075004321",
                "confirmed": "on", "shown": "id_card"}  # fmt: skip
        answer = self.browser("tiepnhan").post(reverse("return-result", args=(dossier.code,)), sent)
        assert answer.status_code == 302, said_wrong(answer.text)
        return fresh(dossier)

    def citizen_reads(self, dossier: Dossier) -> str:
        """The page behind the QR code of the receipt."""
        return Client().get(tracking_url(dossier)).text


def said_wrong(page: str) -> list[str]:
    """The sentences with which a page refused."""
    return re.findall(r"error-message[^>]*>(.*?)</p>", page, re.DOTALL)


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.select_related("agency").get(pk=dossier.pk)
