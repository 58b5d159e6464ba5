from motcua.people.forms.log_in import StaffLoginForm

__all__ = ["StaffLoginForm"]
