from django.urls import path

from motcua.intake.screens import views

urlpatterns = [
    path("screen/", views.screen, name="screen"),
    path("screen/now/", views.screen_now, name="screen-now"),
    path("screen/answer/", views.screen_answer, name="screen-answer"),
    path("assist/screen/", views.desk_screen, name="desk-screen"),
    path("assist/screen/<uuid:draft_id>/", views.draft_screen, name="draft-screen"),
]
