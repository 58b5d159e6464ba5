"""What a fraud would look like: signs that ask for a look, never proofs.

A `Sign` is a pattern with its innocent explanations; its thresholds are dated rows of `data/detectors.yaml`; what it
finds is a list of `Found` dossiers with the moments that made it speak. Pure rules in `rules.py`, one statement a
sign in `queries.py`. The law behind: Decree 118/2025/NĐ-CP on checking the handling of procedures.
"""
