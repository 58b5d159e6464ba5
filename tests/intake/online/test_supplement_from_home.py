"""After the office asked: the papers come from home, in one go; an official looks, and only his act moves the clock."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.core.models import Event
from motcua.demo.office import PASSWORD
from motcua.documents.papers.models import Paper, PaperUse
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.intake.models import HomeSupplement, Submission
from motcua.intake.online.keeping import forget_drafts
from motcua.intake.submissions import WantedPaper, ask_papers, refuse
from motcua.intake.supplements import Asked, ask_supplement
from motcua.people.citizens.models import Citizen
from motcua.routing import actions as routing
from tests.cast import LAND, MR_QUANG, Cast, open_step, received
from tests.documents.papers.sent import part, photo
from tests.intake.online.conftest import citizen
from tests.intake.online.steps import begun, filled

Citizens = tuple[Client, Citizen]


def asked_before_intake(client: Client, cast: Cast) -> Submission:
    """A filing from home without papers, and the desk asked for the birth paper."""
    draft = begun(client)
    filled(client, draft)
    lines = [one.id for one, _said in client.get(reverse("draft-check", args=(draft.pk,))).context["absent"]]
    client.post(reverse("draft-check", args=(draft.pk,)), {f"lack-{line}": "to_desk" for line in lines})
    filed = Submission.objects.get()
    wanted = [WantedPaper(UUID(line), "chụp cả hai mặt") for line in filed.lacking]
    ask_papers(filed.id, wanted, reason="Chưa có giấy chứng sinh", by=cast.receiver, at=timezone.now())
    return Submission.objects.get()


def asked_in_work(cast: Cast) -> Dossier:
    """A dossier of the counter that waits for two things."""
    at = timezone.now() - timedelta(hours=1)
    dossier_id = received(LAND, cast, applicant=MR_QUANG, at=at).id
    routing.pass_on(open_step(dossier_id)[0], by=cast.receiver, at=at + timedelta(minutes=1))
    demands = [Asked(None, "Giấy chứng nhận đã cấp", "Luật Đất đai"), Asked(None, "Bản vẽ tay", "Luật Đất đai")]
    ask_supplement(
        dossier_id, demands, reason="Thiếu bản gốc", until=localdate() + timedelta(days=20), by=cast.case_officer,
        at=at + timedelta(minutes=2),
    )  # fmt: skip
    return Dossier.objects.get(pk=dossier_id)


def address(of: Submission | Dossier) -> str:
    code = of.code if isinstance(of, Dossier) else of.number
    return reverse("send-supplement", args=(code, of.tracking_token))


def laid(client: Client, of: Submission | Dossier, parts: list[SimpleUploadedFile] | None = None) -> None:
    for line, _papers in client.get(address(of)).context["rows"]:
        answer = client.post(address(of), {"line": line.key, "parts": parts or [photo()]})
        assert answer.status_code == HTTPStatus.FOUND, answer.text


def test_before_intake_the_papers_come_from_home_and_the_desk_takes_them(lan: Citizens, desk: Client, cast: Cast):
    client, _who = lan
    filed = asked_before_intake(client, cast)
    tracking = client.get(reverse("tracking-dossier", args=(filed.number, filed.tracking_token))).text
    assert address(filed) in tracking
    assert address(filed) in client.get(reverse("my-filings")).text
    page = client.get(address(filed)).text
    assert "Chưa có giấy chứng sinh" in page
    assert "Chụp cả hai mặt" in page
    assert "không phải ngay khi ông/bà gửi" in page
    early = client.post(address(filed), {"send": "yes"})
    assert early.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Còn thiếu: Giấy chứng sinh" in early.text
    laid(client, filed)
    due = filed.answer_due_at
    assert client.post(address(filed), {"send": "yes"}).status_code == HTTPStatus.FOUND
    assert "Đã gửi lúc" in client.get(address(filed)).text
    filed.refresh_from_db()
    assert (filed.answer_due_at, filed.papers_came_at) == (due, None), "an upload moves nothing"
    assert filed.number in desk.get(reverse("submissions")).text
    shown = desk.get(reverse("submission", args=(filed.number,)))
    assert "Người nộp đã gửi bổ sung từ nhà" in shown.text
    use = PaperUse.objects.get(submission_id=filed.id)
    paper = desk.get(reverse("submission-paper", args=(filed.number, use.pk)))
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    lines = [str(use.component_id)]
    assert shown.context["answers"]["papers"]["papers"].value() == lines, "ticked beforehand"
    desk.post(reverse("submission", args=(filed.number,)), {"answer": "papers", "papers-papers": lines})
    filed.refresh_from_db()
    assert filed.papers_came_at is not None
    assert HomeSupplement.objects.get().taken_at is not None
    assert client.get(address(filed)).status_code == HTTPStatus.NOT_FOUND, "nothing is waited for any more"
    assert desk.post(reverse("submission", args=(filed.number,)), {"answer": "accept"}).status_code == HTTPStatus.FOUND
    assert PaperUse.objects.filter(dossier_id=Dossier.objects.get().pk).exists()


def test_what_is_no_good_is_said_and_sent_again(lan: Citizens, desk: Client, cast: Cast):
    client, _who = lan
    filed = asked_before_intake(client, cast)
    laid(client, filed)
    client.post(address(filed), {"send": "yes"})
    there = reverse("submission", args=(filed.number,))
    assert desk.post(there, {"answer": "fault", "fault-reason": ""}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    desk.post(there, {"answer": "fault", "fault-reason": "Ảnh mờ, không đọc được ngày"})
    assert "Ảnh mờ, không đọc được ngày" in client.get(address(filed)).text
    laid(client, filed)
    assert client.post(address(filed), {"send": "yes"}).status_code == HTTPStatus.FOUND
    events = Event.objects.filter(subject_id=filed.id).exclude(kind="submission.viewed").order_by("sequence")
    kinds = list(events.values_list("kind", flat=True))
    assert kinds[-3:] == ["submission.supplement_sent", "submission.supplement_faulted", "submission.supplement_sent"]
    assert PaperUse.objects.filter(submission_id=filed.id).count() == 2, "each paper is handed in once"


def test_a_paper_of_his_own_store_is_offered_and_laid_out(lan: Citizens, cast: Cast):
    """As when he filed: nobody photographs again what lies in his store."""
    client, who = lan
    filed = asked_before_intake(client, cast)
    client.post(reverse("papers"), {"name": "Giấy chứng sinh của con", "parts": [photo()]})
    paper = Paper.objects.get(citizen_id=who.pk)
    page = client.get(address(filed))
    assert "Lấy từ kho giấy tờ của tôi" in page.text
    assert "Giấy chứng sinh của con" in page.text
    assert "Giấy chứng sinh của con" not in Client().get(address(filed)).text, "the receipt's key opens nobody's store"
    key = page.context["rows"][0][0].key
    for _twice in range(2):
        answer = client.post(address(filed), {"line": key, "from_store": str(paper.pk)})
        assert answer.status_code == HTTPStatus.FOUND
    assert [len(papers) for _line, papers in client.get(address(filed)).context["rows"]] == [1]
    assert "Lấy từ kho" not in client.get(address(filed)).text, "what is laid out is not offered again"
    client.post(reverse("remove-paper", args=(paper.pk,)))
    assert client.post(address(filed), {"send": "yes"}).status_code == HTTPStatus.FOUND
    use = PaperUse.objects.get(submission_id=filed.id)
    assert (use.name, use.stored_id) == ("Giấy chứng sinh của con", paper.stored_id)


def test_a_strangers_paper_is_not_laid_out(lan: Citizens, cast: Cast):
    client, _who = lan
    filed = asked_before_intake(client, cast)
    stranger, other = citizen("0905999888", "Trần Thị Mai", "001196099999")
    stranger.post(reverse("papers"), {"name": "Của người khác", "parts": [photo()]})
    foreign = Paper.objects.get(citizen_id=other.pk)
    key = client.get(address(filed)).context["rows"][0][0].key
    for who in (client, Client()):
        assert (
            who.post(address(filed), {"line": key, "from_store": str(foreign.pk)}).status_code == HTTPStatus.NOT_FOUND
        )
    assert HomeSupplement.objects.filter(papers={}).count() == HomeSupplement.objects.count()


def test_who_was_refused_meanwhile_is_not_asked_to_send_again(lan: Citizens, desk: Client, cast: Cast):
    client, _who = lan
    filed = asked_before_intake(client, cast)
    laid(client, filed)
    client.post(address(filed), {"send": "yes"})
    refuse(filed.id, reason="Sai nơi nộp", legal_basis="Luật Hộ tịch, Điều 13", by=cast.receiver, at=timezone.now())
    desk.post(reverse("submission", args=(filed.number,)), {"answer": "fault", "fault-reason": "Ảnh mờ"})
    assert HomeSupplement.objects.get().sent_at is not None
    assert not Event.objects.filter(kind="submission.supplement_faulted").exists()


def test_a_dossier_of_the_counter_gets_its_papers_by_the_receipts_key(cast: Cast, desk: Client):
    dossier, anybody = asked_in_work(cast), Client()
    assert address(dossier) in anybody.get(
        reverse("tracking-dossier", args=(dossier.code, dossier.tracking_token))
    ).text  # fmt: skip
    laid(anybody, dossier)
    forget_drafts(timezone.now() + timedelta(days=40))
    assert Paper.objects.filter(forgotten_at=None).count() == 2, "what is waited for is not swept away"
    anybody.post(address(dossier), {"send": "yes"})
    anybody.post(address(dossier), {"send": "yes"})
    assert Event.objects.filter(subject_id=dossier.pk, kind="dossier.supplement_sent").count() == 1
    dossier.refresh_from_db()
    assert dossier.state == State.SUPPLEMENT_ASKED
    assert dossier.paused_at is not None
    page = desk.get(reverse("dossier", args=(dossier.code,))).text
    assert "Người nộp đã gửi bổ sung từ nhà" in page
    assert page.count("/papers/") == 2
    take = reverse("detour", args=(dossier.code, "take-supplement"))
    brought = [value for value, _name in desk.get(take).context["form"].fields["brought"].choices]
    desk.post(take, {"brought": brought})
    dossier.refresh_from_db()
    assert (dossier.state, dossier.paused_at) == (State.PROCESSING, None), "the official's act moves the clock"
    assert HomeSupplement.objects.get().taken_at is not None


def test_the_case_officer_sees_in_his_list_that_it_is_his_turn_again(cast: Cast):
    dossier, anybody, officer = asked_in_work(cast), Client(), Client()
    officer.post(reverse("account_login"), {"login": "thuly", "password": PASSWORD})
    other = received(LAND, cast, applicant=MR_QUANG, at=timezone.now() - timedelta(minutes=50))
    routing.pass_on(open_step(other.id)[0], by=cast.receiver, at=timezone.now() - timedelta(minutes=40))
    before = officer.get(reverse("worklist")).text
    assert "đã gửi bổ sung" not in before
    assert before.index(other.code) < before.index(dossier.code), "what waits for the applicant comes last"
    laid(anybody, dossier)
    assert "đã gửi bổ sung" not in officer.get(reverse("worklist")).text, "laid out is not sent"
    anybody.post(address(dossier), {"send": "yes"})
    after = officer.get(reverse("worklist")).text
    assert "đã gửi bổ sung" in after
    assert after.index(dossier.code) < after.index(other.code)
    page = officer.get(reverse("dossier", args=(dossier.code,))).text
    assert "Người nộp đã gửi bổ sung từ nhà" in page
    officer.post(reverse("detour", args=(dossier.code, "fault-supplement")), {"reason": "Thiếu trang 2"})
    assert "đã gửi bổ sung" not in officer.get(reverse("worklist")).text


def test_a_dossiers_papers_that_are_no_good_go_back(cast: Cast, desk: Client):
    dossier, anybody = asked_in_work(cast), Client()
    way = reverse("detour", args=(dossier.code, "fault-supplement"))
    assert desk.get(way).status_code == HTTPStatus.FOUND, "nothing was sent yet"
    laid(anybody, dossier)
    anybody.post(address(dossier), {"send": "yes"})
    desk.post(way, {"reason": "Thiếu trang 2"})
    assert "Thiếu trang 2" in anybody.get(address(dossier)).text
    dossier.refresh_from_db()
    assert dossier.state == State.SUPPLEMENT_ASKED


def test_a_wrong_key_and_a_wrong_kind_of_bytes(cast: Cast):
    dossier = asked_in_work(cast)
    wrong = reverse("send-supplement", args=(dossier.code, "A" * 20))
    assert Client().get(wrong).status_code == HTTPStatus.NOT_FOUND
    line, _papers = Client().get(address(dossier)).context["rows"][0]
    svg = part(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "../../x.svg")
    answer = Client().post(address(dossier), {"line": line.key, "parts": [svg]})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'href="#line-{line.key}"' in answer.text
    assert not Paper.objects.exists()


def test_half_sent_papers_find_their_request_by_the_receipts_key(cast: Cast):
    dossier = asked_in_work(cast)
    metadata = {"Upload-Length": "10", "Upload-Metadata": "filename YS5wZGY=", "Tus-Resumable": "1.0.0"}
    right = metadata | {"Motcua-Draft": f"{dossier.code}:{dossier.tracking_token}"}
    wrong = metadata | {"Motcua-Draft": f"{dossier.code}:{'A' * 20}"}
    assert Client().post(reverse("uploads"), headers=right).status_code == HTTPStatus.CREATED
    assert Client().post(reverse("uploads"), headers=wrong).status_code == HTTPStatus.NOT_FOUND
