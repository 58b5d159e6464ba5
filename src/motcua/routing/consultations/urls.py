from django.urls import path

from motcua.routing.consultations import views

urlpatterns = [
    path("consultations/", views.consultations, name="consultations"),
    path("consultations/<uuid:consultation_id>/", views.consultation, name="consultation"),
    path("consultations/<uuid:consultation_id>/withdraw/", views.withdraw, name="withdraw-consultation"),
    path("dossiers/<str:code>/consultations/new/", views.consult, name="consult"),
]
