"""What newspapers printed about an office, beside what its own counters say.

Words: `Claim` (a printed figure with its place and period, from `data/press.yaml`), `Answer` (what is computed),
`Verdict` (do they agree, and why not to the letter). Printed figures are never read by any other statistic.
"""
