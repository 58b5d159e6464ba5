from django.urls import path

from motcua.feedback.receptions import desk, views

PLAN = "receptions/plans/<uuid:reception_plan_id>"
urlpatterns = [
    path("receptions/", views.receptions, name="receptions"),
    path("receptions/calendar.ics", views.receptions_ics, name="receptions-ics"),
    path("receptions/desk/", desk.receptions_desk, name="receptions-desk"),
    path("receptions/plans/new/", desk.new_plan, name="new-reception-plan"),
    path(f"{PLAN}/end/", desk.end_plan, name="end-reception-plan"),
    path(f"{PLAN}/add/", desk.added_day, name="add-reception-day"),
    path(f"{PLAN}/days/<str:reception_day>/", desk.entry, name="enter-reception"),
    path(f"{PLAN}/days/<str:reception_day>/change/", desk.changed_day, name="change-reception-day"),
    path("receptions/changes/<uuid:reception_change_id>/undo/", desk.undone_change, name="undo-reception-change"),
    path("receptions/held/<uuid:reception_id>/undo/", desk.undone_entry, name="undo-reception"),
]
