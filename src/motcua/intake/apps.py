from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "motcua.intake"
    label = "intake"
    verbose_name = "Tiếp nhận"
