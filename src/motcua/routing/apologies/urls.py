from django.urls import path

from motcua.routing.apologies import views

urlpatterns = [
    path("apologies/", views.apologies, name="apologies"),
    path("apologies/<uuid:apology_id>/", views.apology, name="apology"),
    path("apologies/<uuid:apology_id>/letter/", views.apology_letter, name="apology-letter"),
    path("dossiers/<str:code>/apology/", views.draft, name="draft-apology"),
    path("dossiers/<str:code>/late-exception/", views.late_exception, name="late-exception"),
    path("late-dossiers/", views.late_public, name="late-dossiers"),
]
