from django.urls import path

from motcua.dossiers import views

urlpatterns = [
    path("dossiers/", views.find_dossier, name="find-dossier"),
    path("register/", views.dossier_register, name="register"),
]
