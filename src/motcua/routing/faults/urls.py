from django.urls import path

from motcua.routing.faults import views

urlpatterns = [
    path("system-faults/", views.faults, name="system-faults"),
    path("system-faults/<uuid:fault_id>/confirm/", views.confirm, name="confirm-fault"),
    path("system-faults/<uuid:fault_id>/withdraw/", views.withdraw, name="withdraw-fault"),
]
