from django.urls import include, path

from motcua.routing import views

urlpatterns = [
    path("", include("motcua.routing.faults.urls")),
    path("", include("motcua.routing.bundles.urls")),
    path("", include("motcua.routing.confirmations.urls")),
    path("worklist/", views.worklist, name="worklist"),
    path("start/", views.start, name="start"),
    path("today/", views.today, name="today"),
    path("today/in-hands/", views.in_hands, name="in-hands"),
    path("time-spent/", views.time_spent, name="time-spent"),
    path("", include("motcua.routing.consultations.urls")),
    path("late/", views.late, name="late"),
    path("calendar/preview/", views.calendar_preview, name="calendar-preview"),
    path("dossiers/<str:code>/", views.dossier, name="dossier"),
    path("dossiers/<str:code>/reasons/", views.reasons, name="dossier-reasons"),
    path("dossiers/<str:code>/take/", views.take_step, name="take-step"),
    path("dossiers/<str:code>/release/", views.release_step, name="release-step"),
    path("dossiers/<str:code>/pass-on/", views.pass_on_step, name="pass-on-step"),
    path("dossiers/<str:code>/approve/", views.approve_step, name="approve-step"),
    path("dossiers/<str:code>/send-back/", views.send_back_step, name="send-back-step"),
    path("dossiers/<str:code>/detours/<str:slug>/", views.detour, name="detour"),
    path("dossiers/<str:code>/supplement-request.pdf", views.supplement_request_pdf, name="supplement-request"),
    path("dossiers/<str:code>/discontinuation.pdf", views.discontinuation_pdf, name="discontinuation"),
    path("dossiers/<str:code>/control-sheet.pdf", views.control_sheet_pdf, name="control-sheet"),
    path("tracking/", views.track, name="tracking"),
    path("tracking/<str:code>/<str:token>/", views.tracked, name="tracking-dossier"),
    path("tracking/<str:code>/<str:token>/record/", views.tracked_record, name="tracking-record"),
    path("tracking/<str:code>/<str:token>/proofs.json", views.tracked_proofs, name="tracking-proofs"),
    path("tracking/<str:code>/<str:token>/looks/", views.who_looked, name="who-looked"),
]
