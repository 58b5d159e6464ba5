from django.urls import path

from motcua.routing.confirmations import views

urlpatterns = [
    path("confirmations/", views.confirmations, name="confirmations"),
    path("confirmations/calendar/<uuid:proposal_id>/", views.calendar_proposal, name="calendar-proposal"),
    path("confirmations/calendar/<uuid:proposal_id>/drop/", views.drop_proposal, name="drop-calendar-proposal"),
]
