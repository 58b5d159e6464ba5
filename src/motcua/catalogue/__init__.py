"""The administrative procedures: what they ask, cost and take, and the way a dossier goes.

Words: `Procedure`, `ProcedureVersion` (frozen and dated), `Component` (a paper asked for), `Fee`,
`TimeLimit`, `LegalBasis`, `RouteStep`, `Posting` (made visible at an office). Law: Decree 63/2010/NĐ-CP
arts. 8, 17, 24 as amended; Decree 118/2025/NĐ-CP.
"""
