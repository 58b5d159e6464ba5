from motcua.payments.models.accounts import CollectingAccount
from motcua.payments.models.duties import LONGEST, OWED, FinancialDuty
from motcua.payments.models.lines import BankLine, LineState, LineWay, Refund, Statement, StatementState
from motcua.payments.models.orders import MoneyReceipt, OrderState, Payment, PaymentOrder, PaymentWay

__all__ = [
    "LONGEST",
    "OWED",
    "BankLine",
    "CollectingAccount",
    "FinancialDuty",
    "LineState",
    "LineWay",
    "MoneyReceipt",
    "OrderState",
    "Payment",
    "PaymentOrder",
    "PaymentWay",
    "Refund",
    "Statement",
    "StatementState",
]
