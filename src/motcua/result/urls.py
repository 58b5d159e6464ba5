from django.urls import path

from motcua.result import views

urlpatterns = [
    path("results/", views.results, name="results"),
    path("dossiers/<str:code>/return/", views.hand_over, name="return-result"),
    path("dossiers/<str:code>/refusal.pdf", views.refusal_pdf, name="refusal-letter"),
]
