"""Pure rules of reports: periods, what stands in a form, how a figure is made. No Django, no clock, no database."""
