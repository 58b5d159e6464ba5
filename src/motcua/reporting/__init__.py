"""What the office can be asked about itself: counts kept as things happen, reports of them, signs of what is wrong.

Words: `DayCount`, `MonthCount` (how many, by what), `Counted` (the dossiers behind a count), `Figure` (a number of a
report with the list it counts), `Period`. Reads only: nothing here changes a dossier.
Law: Circulars 02/2017 and 01/2020/TT-VPCP (forms II.06, II.07), Decree 09/2019/NĐ-CP art. 12 (cut-offs), Decision
766/QĐ-TTg (service index), Decree 118/2025/NĐ-CP (checking how procedures are handled).
"""
