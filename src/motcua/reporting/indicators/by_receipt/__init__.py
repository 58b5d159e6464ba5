"""What became of the dossiers, by the day they came: digitized (indicators 4.1 to 4.3), paid online (3.6).

As it stands when it is asked, whatever the period: what is scanned or paid later counts for the day the dossier came.
The parts of days that are over are kept and read anew only where something touched a dossier of that day (`days.py`).
Law: Decree 61/2018/NĐ-CP art. 17, Decree 118/2025/NĐ-CP art. 17, Decree 45/2020/NĐ-CP art. 14 and 16.
"""
