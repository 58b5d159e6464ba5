"""How the office serves, by the measures that the State sets: the service index, and the nine indices of the desk.

An `Indicator` is a dated row of `data/indicators/`; its formula names a *set* of dossiers or procedures (`sets.py`), of
which some are counted. Numerator and denominator are that set's sizes and the drill-down lists it, so a figure and its
list cannot differ. What nothing here counts is said to be not measured, with the reason.
Law: Decision 766/QĐ-TTg, Circular 01/2018/TT-VPCP art. 13.
"""
