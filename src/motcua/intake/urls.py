from django.urls import path

from motcua.intake import views

urlpatterns = [
    path("intake/", views.choose_procedure, name="choose-procedure"),
    path("intake/<str:code>/", views.intake, name="intake"),
    path("dossiers/<str:code>/receipt.pdf", views.receipt_pdf, name="receipt"),
]
