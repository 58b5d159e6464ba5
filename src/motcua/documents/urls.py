from django.urls import path

from motcua.documents.papers import upload_views, views

urlpatterns = [
    path("me/papers/", views.store, name="papers"),
    path("me/papers/<uuid:paper_id>/remove/", views.remove, name="remove-paper"),
    path("me/papers/<uuid:paper_id>/pages/", views.add_pages, name="add-pages"),
    path("papers/<uuid:paper_id>.pdf", views.paper, name="paper"),
    path("papers/uploads/", upload_views.uploads, name="uploads"),
    path("papers/uploads/<uuid:upload_id>/", upload_views.upload, name="upload"),
]
