from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "motcua.config"
    label = "config"
    verbose_name = "Cấu hình"

    def ready(self) -> None:
        # Only now are the tables loaded that the journey's actions stand on.
        import_module("motcua.config.journey").follow()
        import_module("motcua.config.recorded").keep_record()
