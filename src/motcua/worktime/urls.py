from django.urls import path

from motcua.worktime import views

urlpatterns = [path("due-date/", views.due_date, name="due-date")]
