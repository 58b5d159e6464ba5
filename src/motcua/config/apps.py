from django.apps import AppConfig

from motcua.config.journey import follow


class ConfigConfig(AppConfig):
    name = "motcua.config"
    label = "config"
    verbose_name = "Cấu hình"

    def ready(self) -> None:
        follow()
