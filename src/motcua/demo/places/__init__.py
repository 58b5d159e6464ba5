"""Five places of five newspaper reports, simulated through the real rules and written in bulk.

A *place* is told in `data/places/<place>.yaml`: its agencies as they were, what they posted, and *streams*: so many
dossiers in such a time by such a way. The printed totals are targets of the generator and of nothing else; people,
addresses and numbers are invented. A *life* is what happened to one dossier, instant by instant.
Law: as in `intake`, `routing` and `dossiers`, whose rules are called here.
"""
