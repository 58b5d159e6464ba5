from django.urls import path

from motcua.routing.warnings import views

urlpatterns = [
    path("reminders/", views.reminders, name="reminders"),
    path("reminders/read/", views.read_reminders, name="read-reminders"),
]
