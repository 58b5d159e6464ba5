from django.urls import path

from motcua.people import views

urlpatterns = [path("people/", views.people, name="people")]
