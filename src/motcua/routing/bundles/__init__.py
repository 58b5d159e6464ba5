"""Bundles (liên thông): one filing that opens a dossier at each agency concerned.

Words: `ProcedureBundle` (which procedures go together, dated data), `Bundle` (one filing), `BundleMember` (one agency's
part of it). Each part has its own dossier, clock and due date; papers travel as a sealed package.
Law: Decree 61/2018/NĐ-CP art. 19.6 and 19.7, kept by Decree 118/2025/NĐ-CP; Decree 63/2024/NĐ-CP.
"""
