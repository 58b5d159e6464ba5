"""The pages of ratings: what anybody opens (`rating`), and what the office works on (`desk`)."""
