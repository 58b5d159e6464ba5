"""The record that cannot be prettied up: events, and imprints of the rows they wrote, sealed batch by batch.

Words: `leaf` (the hash of one event, or of one subject's rows), `seal` (a batch of leaves under one root, chained to
the seal before), `floor` (the sequence below which nothing can still be written), `imprint` (what a subject's rows
hashed to when last sealed), `witness` (the seals as kept outside the database), `proof` (the way from a leaf to its
seal). What a seal proves and what not stands in docs/decisions/0013. Law: Decree 118/2025 art. 3; level 3 systems
keep important records with integrity codes (TCVN 14423:2026 section 5.4).
"""
