"""How the desk judges itself: nine indices of 0, 1 or 2 points, for each dossier that ended or once for the agency.

Sets as in the service index; of a dossier index the *part* of a dossier is its points. An index without data is left
out, so a class is said as the worst and the best that what is measured still allows.
Law: Circular 01/2018/TT-VPCP art. 13, Decree 61/2018/NĐ-CP art. 31.
"""
