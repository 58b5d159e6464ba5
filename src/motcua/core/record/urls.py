from django.urls import path

from motcua.core.record import views
from motcua.core.record.witness import NAME

urlpatterns = [
    path("record/", views.record, name="record"),
    path(f"record/{NAME}", views.seals_kept, name="record-file"),
]
