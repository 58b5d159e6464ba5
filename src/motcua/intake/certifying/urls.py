from django.urls import path

from motcua.intake.certifying import views

urlpatterns = [
    path("certify/", views.certify_copies, name="certify"),
    path("dossiers/<str:code>/certified/", views.certified, name="certified"),
]
