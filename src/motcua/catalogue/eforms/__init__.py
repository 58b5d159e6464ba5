"""E-forms: what a citizen is asked for a procedure, kept as files of facts, never as a line of Python.

Words: `EForm` (a numbered version with a JSON Schema 2020-12), `Question` (its id is permanent), `Repeat` (rows of
the same questions), `Condition` (when a question is asked), `Fault` (a sentence at a question).
Law: Decree 45/2020/NĐ-CP art. 11; Decree 118/2025/NĐ-CP (electronic forms); Circular 32/2017/TT-BTTTT art. 11.
"""
