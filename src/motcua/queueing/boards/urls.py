from django.urls import path

from motcua.queueing.boards import views

urlpatterns = [
    path("halls/<slug:hall_code>/board/", views.hall, name="hall-board"),
    path("halls/<slug:hall_code>/board/now/", views.now, name="hall-board-now"),
    path("halls/<slug:hall_code>/counters/<int:counter_number>/board/", views.counter, name="counter-board"),
    path("halls/<slug:hall_code>/counters/<int:counter_number>/board/now/", views.now, name="counter-board-now"),
    path("halls/voice/<slug:clip_name>.wav", views.voice, name="board-voice"),
]
