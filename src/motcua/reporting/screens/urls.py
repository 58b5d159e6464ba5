from django.urls import path

from motcua.reporting.screens import counted

urlpatterns = [
    path("reports/dossiers/", counted.counted, name="counted"),
]
