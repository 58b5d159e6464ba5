"""The administrator's calendar page."""

from django.urls import path

from motcua.worktime import calendar_pages

urlpatterns = [
    path("calendar/", calendar_pages.calendar, name="calendar"),
]
