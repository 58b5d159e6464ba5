"""What the demo bank shows: paste the QR, look, press, see what became of it."""

import html
from collections.abc import Mapping, Sequence
from string import Template
from typing import Final
from uuid import uuid4

from motcua.payments.orders.tables import banks
from motcua.payments.twin.bank import Answer, Booked
from motcua.payments.vietqr import LONGEST_PURPOSE, Transfer

ANSWERS: Final = {
    Answer.TAKEN: "Văn phòng đã nhận báo có.",
    Answer.KNOWN: "Văn phòng đã biết khoản này từ trước, không tính lần nữa.",
    Answer.REFUSED: "Văn phòng không nhận báo có này: không thu phí vào tài khoản ấy, hoặc khóa báo có khác.",
    Answer.SILENT: "Chưa báo được cho văn phòng. Tiền vẫn ở trong sao kê; báo lại được.",
}
_PAGE: Final = Template("""<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title · Ngân hàng trình diễn</title>
<style>
*{box-sizing:border-box}
body{margin:0;background:#F4F6F8;color:#1B1B1F;font:18px/1.5 "Be Vietnam Pro",system-ui,sans-serif}
header{background:#1F3B4D;color:#fff;padding:14px 20px;font-weight:600}
header a{color:inherit;text-decoration:none}
main{max-width:38rem;margin:0 auto;padding:28px 20px 64px}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 12px}
h2{font-size:1.15rem;margin:40px 0 8px}
label{display:block;font-weight:600;margin:20px 0 4px}
small,.soft{color:#55545C;font-size:1rem;font-weight:400}
input,textarea,select{width:100%;padding:10px 12px;font:inherit;border:1px solid #6B7280;background:#fff;color:inherit}
textarea{min-height:7.5rem;overflow-wrap:anywhere}
button{margin:24px 0 0;padding:12px 28px;font:inherit;font-weight:600;border:0;background:#1F3B4D;color:#fff;
cursor:pointer}
button.quiet{margin:0;padding:6px 12px;background:#fff;color:#1F3B4D;border:1px solid #1F3B4D}
a{color:#1F3B4D}
:focus-visible{outline:3px solid #E3B23C;outline-offset:2px}
dl{background:#fff;border:1px solid #D5DAE0;padding:8px 20px 20px;margin:0}
dt{color:#55545C;font-size:1rem;margin-top:12px}
dd{margin:0;font-weight:600;overflow-wrap:anywhere}
.sum{font-size:1.9rem;font-weight:700;font-variant-numeric:tabular-nums}
.fault{border-left:4px solid #B42318;background:#fff;padding:12px 16px}
ul{list-style:none;margin:0;padding:0}
li{background:#fff;border:1px solid #D5DAE0;padding:12px 16px;margin:0 0 8px;overflow-wrap:anywhere}
</style></head><body><header><a href="/">Ngân hàng trình diễn</a></header><main>
$body
</main></body></html>
""")
_ASK: Final = Template("""<h1>Chuyển tiền bằng mã QR</h1>
<p>Ở đây không có tiền thật. Dán chữ đọc được từ mã QR nộp tiền, xem lại, rồi chuyển.</p>
$fault
<form method="post" action="/look">
<label for="qr">Nội dung mã QR <small>bắt đầu bằng 000201</small></label>
<textarea id="qr" name="qr" spellcheck="false" required>$qr</textarea>
<button type="submit">Xem</button>
</form>
<h2>Không quét được mã</h2>
<form method="post" action="/look">
<label for="bank">Ngân hàng nhận</label><select id="bank" name="bank">$banks</select>
<label for="number">Số tài khoản nhận</label>
<input id="number" name="number" value="$number" autocomplete="off" required>
<label for="typed-amount">Số tiền (đồng)</label>
<input id="typed-amount" name="amount" value="$amount" inputmode="numeric" autocomplete="off" required>
<label for="typed-words">Nội dung chuyển khoản</label>
<input id="typed-words" name="words" value="$words" maxlength="$longest" autocomplete="off">
<button type="submit">Xem</button>
</form>
$made""")
_LOOK: Final = Template("""<h1>Xem lại rồi chuyển</h1>
$fault
<dl><dt>Chuyển đến</dt><dd>$bank</dd><dt>Số tài khoản</dt><dd>$number</dd></dl>
<form method="post" action="/transfer">
<input type="hidden" name="slip" value="$slip">
<input type="hidden" name="bank" value="$code"><input type="hidden" name="number" value="$number">
<label for="amount">Số tiền (đồng)</label>
<input class="sum" id="amount" name="amount" value="$amount" inputmode="numeric" autocomplete="off" required>
<label for="words">Nội dung chuyển khoản</label>
<input id="words" name="words" value="$words" maxlength="$longest" autocomplete="off">
<p class="soft">Đổi số tiền hay nội dung để thử nộp thiếu, nộp thừa, ghi nhầm mã.</p>
<button type="submit">Chuyển</button>
</form>
<p><a href="/">Thôi, quay lại</a></p>""")
_MADE: Final = Template("""<h1>Đã chuyển $amount đồng</h1>
<p>$answer</p>
<dl><dt>Đến</dt><dd>$bank $number</dd><dt>Nội dung</dt><dd>$words</dd><dt>Số giao dịch</dt><dd>$reference</dd>
<dt>Lúc</dt><dd>$at</dd><dt>Đã báo cho văn phòng</dt><dd>$tellings lần</dd></dl>
<form method="post" action="/tell"><input type="hidden" name="number" value="$reference">
<p><button class="quiet" type="submit">Báo lại cho văn phòng</button></p></form>
<p><a href="/">Chuyển khoản khác</a></p>""")


def ask_page(
    booked: Sequence[Booked], accounts: Sequence[tuple[str, str]], said: Mapping[str, str], *, fault: str = ""
) -> str:
    """Where a QR is pasted, or plain facts are typed; below it what was transferred, and the statements."""
    options = "".join(
        f'<option value="{code}"{" selected" if said.get("bank") == code else ""}>{html.escape(name)}</option>'
        for code, name in banks().items()
    )
    typed = {name: html.escape(said.get(name, "")) for name in ("qr", "number", "amount", "words")}
    body = _ASK.substitute(
        typed, fault=_fault(fault), banks=options, longest=LONGEST_PURPOSE, made=_made(booked, accounts)
    )
    return _PAGE.substitute(title="Chuyển tiền", body=body)


def look_page(to: Transfer, *, amount: str, words: str, slip: str = "", fault: str = "") -> str:
    """Payee, sum and words before the press."""
    body = _LOOK.substitute(
        fault=_fault(fault), slip=html.escape(slip or str(uuid4())), bank=html.escape(bank_name(to.bank)),
        code=html.escape(to.bank), number=html.escape(to.number), amount=html.escape(amount),
        words=html.escape(words), longest=LONGEST_PURPOSE,
    )  # fmt: skip
    return _PAGE.substitute(title="Xem lại", body=body)


def made_page(one: Booked) -> str:
    """One transfer, and what the office made of it."""
    body = _MADE.substitute(
        amount=dong(one.amount), answer=html.escape(ANSWERS[one.answer]), bank=html.escape(bank_name(one.to.bank)),
        number=html.escape(one.to.number), words=html.escape(one.words), reference=one.number,
        at=f"{one.at:%H:%M:%S %d/%m/%Y}", tellings=one.tellings,
    )  # fmt: skip
    return _PAGE.substitute(title="Đã chuyển", body=body)


def _made(booked: Sequence[Booked], accounts: Sequence[tuple[str, str]]) -> str:
    if not booked:
        return '<h2>Sao kê</h2><p class="soft">Chưa có khoản nào. Chuyển xong thì tải sao kê ở đây.</p>'
    sheets = "".join(
        f"<p>{html.escape(bank_name(bank))} {html.escape(number)}: "
        f'<a href="/statement/{bank}/{number}.csv">tải CSV</a> · '
        f'<a href="/statement/{bank}/{number}.xlsx">tải XLSX</a></p>'
        for bank, number in accounts
    )
    rows = "".join(
        f'<li><a href="/made/{one.number}">{one.at:%H:%M:%S}</a> <b>{dong(one.amount)} đồng</b> '
        f'{html.escape(one.words)}<br><span class="soft">{ANSWERS[one.answer]}</span></li>'
        for one in reversed(booked)
    )
    return f"<h2>Sao kê</h2>{sheets}<h2>Đã chuyển</h2><ul>{rows}</ul>"


def bank_name(code: str) -> str:
    """The bank's name, or its number where the table has none."""
    return banks().get(code, code)


def dong(amount: int) -> str:
    """16.000"""
    return f"{amount:,}".replace(",", ".")


def _fault(sentence: str) -> str:
    return f'<p class="fault" role="alert">{html.escape(sentence)}</p>' if sentence else ""
