from django.urls import path

from motcua.queueing.counters import halls, views

urlpatterns = [
    path("halls/", halls.halls, name="halls"),
    path("halls/arrange/new/", halls.new_hall, name="new-hall"),
    path("halls/<slug:hall_code>/arrange/", halls.hall, name="arrange-hall"),
    path("counter/", views.counter, name="counter"),
    path("counter/now/", views.counter_now, name="counter-now"),
    path("counter/<slug:what>/", views.act, name="counter-act"),
]
