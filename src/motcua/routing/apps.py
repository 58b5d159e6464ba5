from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "motcua.routing"
    label = "routing"
    verbose_name = "Luân chuyển hồ sơ"
