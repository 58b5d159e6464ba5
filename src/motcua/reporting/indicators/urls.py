from django.urls import path

from motcua.reporting.indicators import views
from motcua.reporting.indicators.self_evaluation import views as self_evaluation

urlpatterns = [
    path("reports/index/", views.index, name="service-index"),
    path("reports/index/<str:indicator>/", views.indicator, name="indicator"),
    path("reports/self-evaluation/", self_evaluation.evaluation, name="self-evaluation"),
    path("reports/self-evaluation/<int:index_number>/", self_evaluation.one_index, name="self-evaluation-index"),
    path(
        "reports/self-evaluation/officials/<uuid:official_id>/",
        self_evaluation.one_official,
        name="self-evaluation-official",
    ),
]
