from motcua.intake.models.submissions import BEFORE_INTAKE, Submission
from motcua.intake.models.supplements import Demand, SupplementRequest

__all__ = ["BEFORE_INTAKE", "Demand", "Submission", "SupplementRequest"]
