from django.urls import include, path

urlpatterns = [
    path("", include("motcua.reform.plan.urls")),
    path("", include("motcua.reform.inspections.urls")),
]
