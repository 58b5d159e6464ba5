"""What every other room of the house stands on: ids, SQL, the event log, numbering, page chrome.

Words: `Event` (something that happened, never edited or deleted), `Actor` (who did it),
`NumberSeries` (gap-free numbers per agency and day). Imports nothing of the product.
"""
