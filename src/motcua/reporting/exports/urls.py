from django.urls import path

from motcua.reporting.exports import views

urlpatterns = [
    path("reports/dossiers.<slug:shape>", views.export_dossiers, name="export-dossiers"),
    path("reports/<slug:report>.<slug:shape>", views.export, name="export"),
]
