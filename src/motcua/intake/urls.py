from django.urls import include, path

from motcua.intake import views

urlpatterns = [
    path("", include("motcua.intake.certifying.urls")),
    path("", include("motcua.intake.screens.urls")),
    path("", include("motcua.intake.online.urls")),
    path("intake/", views.choose_procedure, name="choose-procedure"),
    path("intake/<str:code>/", views.intake, name="intake"),
    path("intake/<str:code>/refuse/", views.refuse_counter, name="refuse-at-counter"),
    path("submissions/", views.waiting_submissions, name="submissions"),
    path("submissions/new/", views.choose_postal, name="choose-postal"),
    path("submissions/new/<str:code>/", views.register_postal, name="register-postal"),
    path("submissions/<str:number>/", views.submission, name="submission"),
    path("submissions/<str:number>/refusal.pdf", views.refusal_pdf, name="submission-refusal"),
    path("submissions/<str:number>/supplement-request.pdf", views.asked_pdf, name="submission-supplement-request"),
    path("dossiers/<str:code>/receipt.pdf", views.receipt_pdf, name="receipt"),
]
