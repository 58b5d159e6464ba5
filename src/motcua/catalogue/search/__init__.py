"""Search of the catalogue as people type: names, codes, everyday words, without diacritics, raw Telex or VNI, slips.

`index_procedures` tells `reindex` the entries of the catalogue; `find` answers. A *slot* is one word of a query with
all it may mean; a *reading* is the query put into official words by an everyday *expression*; *standing* ranks equals
(offered here, commune, national).
The law served: Decree 118/2025, the public look-up of administrative procedures.
"""

from motcua.catalogue.search.index import IndexCounts, SearchEntryInput, reindex, standing_of
from motcua.catalogue.search.queries import MOST_HITS, Found, Hit, find, search, suggest
from motcua.catalogue.search.upkeep import index_procedures

__all__ = [
    "MOST_HITS",
    "Found",
    "Hit",
    "IndexCounts",
    "SearchEntryInput",
    "find",
    "index_procedures",
    "reindex",
    "search",
    "standing_of",
    "suggest",
]
