from django.urls import path

from motcua.reporting.public import views

urlpatterns = [path("statistics/", views.statistics, name="statistics")]
