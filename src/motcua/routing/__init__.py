"""The way a dossier goes: steps, who holds it, what each hand must do by when.

Words: `Step` (a stretch in one pair of hands), `take`, `pass_on`, `approve`, `send_back`, worklist. The
template of the way is `catalogue.RouteStep`; here are the live steps. Law: Decree 118/2025/NĐ-CP arts. 17–19.
"""
