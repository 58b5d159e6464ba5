"""The inspector's pack: a period and a sample as one ZIP that proves itself on a laptop without the server.

Words: `PackOrder` (whose, which days, which sample), `sample` (all, so many by a seed, the late ones, those a sign
points to), `verifier` (the program inside the pack). `lateness`, `contents` and `verifier` need the standard library
only: together with `core/record/leaves.py` they are written into the pack as `verify.py`. Format: docs/record.md.
"""
