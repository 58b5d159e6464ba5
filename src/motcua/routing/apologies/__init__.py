"""Saying sorry for a promise that will not be kept, and giving one new date (form 04).

Words: a letter (`Apology`) is drafted when lateness is foreseen, signed by a leader, then told to the applicant;
a recorded exception says why a late dossier has no letter. Decree 61/2018/NĐ-CP art. 19.9: with the true reason,
at the latest one day before the date, one new date at most.
"""
