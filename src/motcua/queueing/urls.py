from django.urls import include, path

urlpatterns = [
    path("", include("motcua.queueing.boards.urls")),
    path("", include("motcua.queueing.kiosk.urls")),
    path("", include("motcua.queueing.bookings.urls")),
    path("", include("motcua.queueing.counters.urls")),
    path("", include("motcua.queueing.figures.urls")),
]
