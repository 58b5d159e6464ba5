from motcua.intake.models.drafts import Draft
from motcua.intake.models.from_home import HomeSupplement
from motcua.intake.models.screens import SecondScreen
from motcua.intake.models.submissions import BEFORE_INTAKE, Submission
from motcua.intake.models.supplements import Demand, SupplementRequest

__all__ = ["BEFORE_INTAKE", "Demand", "Draft", "HomeSupplement", "SecondScreen", "Submission", "SupplementRequest"]
