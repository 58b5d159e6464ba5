from django.urls import path

from motcua.queueing.figures import views, what_if

urlpatterns = [
    path("queue/figures/", views.figures, name="queue-figures"),
    path("queue/figures/tickets/", views.tickets, name="queue-tickets"),
    path("queue/what-if/", what_if.what_if, name="queue-what-if"),
    path("halls/<slug:hall_code>/figures/", views.open_figures, name="hall-figures"),
]
