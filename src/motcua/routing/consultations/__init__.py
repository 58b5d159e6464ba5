"""Asking another unit or agency for its opinion, by a deadline and with a rule for silence.

Words: `Consultation` (a question, to whom, by when), `consult`, `answer`, `withdraw`; `SilenceRule` says what it means
that nobody answers in time. The dossier's clock does not stop meanwhile. Law: Decree 61/2018/NĐ-CP art. 19.5.
"""
