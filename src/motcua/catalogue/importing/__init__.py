"""Bringing procedures in: the product's own YAML, the national portal's records, the national index.

Every record is accounted for: new, changed, unchanged, or rejected with its reason.
"""

from motcua.catalogue.importing.actions import import_catalogue, run_import
from motcua.catalogue.importing.records import ImportFault, ImportReport

__all__ = ["ImportFault", "ImportReport", "import_catalogue", "run_import"]
