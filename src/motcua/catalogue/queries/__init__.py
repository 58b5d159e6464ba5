"""Reads of the catalogue."""

from motcua.catalogue.queries.lists import (
    CatalogueFigures,
    ListedProcedure,
    SectorCount,
    by_sector,
    catalogue_figures,
    listed,
    posted_ids,
    sector_ids,
    sectors,
)
from motcua.catalogue.queries.offered import (
    NotOffered,
    OfferedVersion,
    offered_at,
    snapshot,
    version_by_id,
    version_in_force,
)
from motcua.catalogue.queries.sheets import ProcedureSheet, PublishedPeriod, Standing, draft_sheet, procedure_sheet

__all__ = [
    "CatalogueFigures",
    "ListedProcedure",
    "NotOffered",
    "OfferedVersion",
    "ProcedureSheet",
    "PublishedPeriod",
    "SectorCount",
    "Standing",
    "by_sector",
    "catalogue_figures",
    "draft_sheet",
    "listed",
    "offered_at",
    "posted_ids",
    "procedure_sheet",
    "sector_ids",
    "sectors",
    "snapshot",
    "version_by_id",
    "version_in_force",
]
