"""The demo office: a ward with its people, and a few dozen dossiers driven through the real actions.

Everything here is invented: names, numbers, addresses. Nothing here is loaded in production.
"""
