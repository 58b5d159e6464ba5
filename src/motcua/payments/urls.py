from django.urls import path

from motcua.payments import views

urlpatterns = [
    path("duties/", views.duties, name="duties"),
    path("duties/<uuid:duty_id>/settle/", views.settle, name="settle-duty"),
    path("duties/<uuid:duty_id>/cancel/", views.cancel, name="cancel-duty"),
    path("dossiers/<str:code>/money-notice.pdf", views.money_notice, name="money-notice"),
]
