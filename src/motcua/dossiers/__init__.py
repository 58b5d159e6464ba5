"""The dossier (hồ sơ): what it is, where it stands, what is due when.

Words: `Dossier`, `DossierComponent` (a paper handed in), `State` (the ten codes of the national portal),
`Timeliness` (early, on time, late), `Ribbon` (a dossier's working time, drawn). Law: Decree 118/2025/NĐ-CP;
code per Circular 03/2025/TT-VPCP art. 13; states per the national portal's exchange.
"""
