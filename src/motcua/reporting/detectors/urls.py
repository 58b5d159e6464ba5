from django.urls import path

from motcua.reporting.detectors import views

urlpatterns = [path("reports/signs/", views.signs, name="signs")]
