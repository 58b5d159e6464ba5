from django.urls import path

from motcua.reporting.exports import behind, queue, views

urlpatterns = [
    path("reports/dossiers.<slug:shape>", views.export_dossiers, name="export-dossiers"),
    path("reports/index/<str:indicator>/list.<slug:shape>", behind.export_indicator, name="export-indicator"),
    path(
        "reports/self-evaluation/<int:index_number>/list.<slug:shape>",
        behind.export_self_evaluation,
        name="export-self-evaluation",
    ),
    path(
        "reports/self-evaluation/officials/<uuid:official_id>/list.<slug:shape>",
        behind.export_official,
        name="export-official",
    ),
    path("reports/queue/tickets.<slug:shape>", queue.export_tickets, name="export-queue-tickets"),
    path("reports/<slug:report>.<slug:shape>", views.export, name="export"),
]
