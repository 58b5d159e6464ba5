"""What people of the demo ward do from home: an account, filings and drafts, papers, fees by transfer, ratings.

All by the acts that a real person's clicks end in, at the times they would have been.
"""
