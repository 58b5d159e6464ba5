"""Warnings before and after a date passes, of questions nobody answers, and of duties that nobody does.

Words: `Reminder` (nhắc việc, one line to one official), `WarningRule` (dated, in `data/warning-rules.yaml`), holder,
head, leader. Which rule is owed is pure (`rules`), to whom is pure (`recipients`); a warning is sent once per rule,
due moment and official, however often the same round runs.
"""
