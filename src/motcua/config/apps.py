from importlib import import_module

from django.apps import AppConfig

from motcua.config.recorded import keep_record


class ConfigConfig(AppConfig):
    name = "motcua.config"
    label = "config"
    verbose_name = "Cấu hình"

    def ready(self) -> None:
        keep_record()
        # Only now are the tables loaded that the journey's actions stand on.
        import_module("motcua.config.journey").follow()
