from django.urls import path

from motcua.result import views

urlpatterns = [
    path("results/", views.results, name="results"),
    path("dossiers/<str:code>/return/", views.hand_over, name="return-result"),
    path("dossiers/<str:code>/result/", views.result_copy, name="result-copy"),
    path("dossiers/<str:code>/result.pdf", views.result_paper, name="result-paper"),
    path("dossiers/<str:code>/arrived/", views.note_arrived, name="note-arrived"),
    path("dossiers/<str:code>/refusal.pdf", views.refusal_pdf, name="refusal-letter"),
    path("tracking/<str:code>/<str:token>/result/", views.download, name="download-result"),
    path("file/results/<uuid:submission_id>/", views.own_download, name="own-result"),
]
