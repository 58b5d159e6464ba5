from django.urls import path

from motcua.result import views
from motcua.result.older import views as older

urlpatterns = [
    path("results/", views.results, name="results"),
    path("dossiers/<str:code>/return/", views.hand_over, name="return-result"),
    path("dossiers/<str:code>/result/", views.result_copy, name="result-copy"),
    path("dossiers/<str:code>/result.pdf", views.result_paper, name="result-paper"),
    path("dossiers/<str:code>/arrived/", views.note_arrived, name="note-arrived"),
    path("dossiers/<str:code>/refusal.pdf", views.refusal_pdf, name="refusal-letter"),
    path("tracking/<str:code>/<str:token>/result/", views.download, name="download-result"),
    path("file/results/<uuid:submission_id>/", views.own_download, name="own-result"),
    path("dossiers/<str:code>/result/<uuid:copy_id>.pdf", views.replaced_paper, name="replaced-paper"),
    path("dossiers/<str:code>/result/except/", views.except_result, name="except-result"),
    path("results/older/", older.older_results, name="older-results"),
    path("results/older/new/", older.new_older, name="new-older"),
    path("results/older/list/", older.older_list, name="older-list"),
    path("results/older/<uuid:older_id>/", older.older_result, name="older-result"),
    path("results/older/<uuid:older_id>/correct/", older.correct_older, name="correct-older"),
    path("results/older/<uuid:older_id>/decide/", older.decide_older, name="decide-older"),
    path("results/older/<uuid:older_id>/<uuid:copy_id>.pdf", older.older_paper, name="older-paper"),
]
