"""The pages of filing from home."""
