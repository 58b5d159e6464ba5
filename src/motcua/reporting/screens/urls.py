from django.urls import path

from motcua.reporting.screens import counted, dashboard, digitized, results, tables

urlpatterns = [
    path("reports/", dashboard.dashboard, name="reports"),
    path("reports/ii06a/", tables.table_06a, name="report-ii06a"),
    path("reports/ii07a/", tables.table_07a, name="report-ii07a"),
    path("reports/ii07b/", tables.table_07b, name="report-ii07b"),
    path("reports/results/", results.results, name="report-results"),
    path("reports/durations/", results.durations, name="report-durations"),
    path("reports/digitization/", digitized.digitized, name="report-digitization"),
    path("reports/dossiers/", counted.counted, name="counted"),
    path("reports/procedures/", results.counted_procedures, name="counted-procedures"),
]
