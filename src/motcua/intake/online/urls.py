from django.urls import path

from motcua.intake.online.views import assisting, checking, desk, filling, mine, start, supplement

urlpatterns = [
    path("me/filings/", mine.my_filings, name="my-filings"),
    path("file/mine/", mine.guest_filings, name="guest-filings"),
    path("file/mine/forget/", start.forget_here, name="forget-guest"),
    path("file/open/<str:key>/", start.open_by_key, name="open-guest"),
    path("file/draft/<uuid:draft_id>/", filling.draft, name="draft"),
    path("file/draft/<uuid:draft_id>/<int:number>/", filling.page, name="draft-page"),
    path("file/draft/<uuid:draft_id>/papers/", filling.papers, name="draft-papers"),
    path("file/draft/<uuid:draft_id>/check/", checking.check, name="draft-check"),
    path("file/draft/<uuid:draft_id>/done/", checking.done, name="draft-done"),
    path("file/draft/<uuid:draft_id>/acknowledgement.pdf", checking.acknowledgement, name="draft-acknowledgement"),
    path("tracking/<str:code>/<str:token>/supplement/", supplement.supplement, name="send-supplement"),
    path("file/draft/<uuid:draft_id>/drop/", checking.drop_draft, name="drop-draft"),
    path("assist/<str:code>/", assisting.assist, name="assist"),
    path("file/<str:code>/", start.start, name="file"),
    path("submissions/<str:number>/papers/<uuid:use_id>.pdf", desk.submission_paper, name="submission-paper"),
    path("dossiers/<str:code>/papers/<uuid:use_id>.pdf", desk.dossier_paper, name="dossier-paper"),
]
