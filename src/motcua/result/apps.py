from django.apps import AppConfig


class ResultConfig(AppConfig):
    name = "motcua.result"
    label = "result"
    verbose_name = "Kết quả"
