from django.urls import path

from motcua.payments import views
from motcua.payments.accounts import views as accounts
from motcua.payments.orders import pay
from motcua.payments.orders import views as orders
from motcua.payments.refunds import views as refunds
from motcua.payments.statements import views as statements
from motcua.payments.statements import webhook

urlpatterns = [
    path("duties/", views.duties, name="duties"),
    path("duties/<uuid:duty_id>/settle/", views.settle, name="settle-duty"),
    path("duties/<uuid:duty_id>/cancel/", views.cancel, name="cancel-duty"),
    path("dossiers/<str:code>/money-notice.pdf", views.money_notice, name="money-notice"),
    path("pay/<str:pay_token>/", pay.pay, name="pay"),
    path("pay/<str:pay_token>/qr.png", pay.pay_qr, name="pay-qr"),
    path("money/", orders.money, name="money"),
    path("money/day/", orders.takings, name="takings"),
    path("dossiers/<str:code>/orders/new/", orders.new_order, name="new-order"),
    path("money/orders/<uuid:order_id>/", orders.order, name="order"),
    path("money/orders/<uuid:order_id>/cash/", orders.cash, name="order-cash"),
    path("money/orders/<uuid:order_id>/cancel/", orders.cancel, name="cancel-order"),
    path("money/orders/<uuid:order_id>/let-go/", orders.let_go, name="let-go-order"),
    path("money/receipts/<uuid:receipt_id>/", orders.receipt, name="money-receipt"),
    path("money/receipts/<uuid:receipt_id>/void/", orders.void, name="void-receipt"),
    path("money/statements/", statements.statements, name="statements"),
    path("money/statements/<uuid:statement_id>/", statements.statement, name="statement"),
    path("money/lines/<uuid:line_id>/", statements.bank_line, name="bank-line"),
    path("money/lines/<uuid:line_id>/decide/", statements.decide, name="decide-line"),
    path("money/refunds/<uuid:refund_id>/done/", refunds.refunded, name="refund-done"),
    path("money/accounts/", accounts.account, name="collecting-account"),
    path("money/accounts/<uuid:account_id>/settle/", accounts.settle, name="settle-account"),
    path("bank/transfers/", webhook.told_by_bank, name="told-by-bank"),
]
