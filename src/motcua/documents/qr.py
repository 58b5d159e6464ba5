"""QR codes: as SVG for pages and prints, as PNG for screens that need pixels."""

import io

import segno

# Any of the eight mask patterns can be read; choosing the best takes four fifths of the time. This one is the best
# for more than half of our addresses, so papers made one per dossier take it unseen.
_USUAL_MASK = 4


def qr_svg(url: str, *, title: str = "", quick: bool = False) -> str:
    """Inline SVG of a QR code (level M, quiet zone included) that scales with its box.

    `title` is read out by screen readers; without it the address itself is. `quick` skips the search for the mask
    pattern that is easiest to read from afar (1 ms instead of 5): right for what is held in the hand.
    """
    code = _code(url, _USUAL_MASK if quick else None)
    return code.svg_inline(omitsize=True, svgclass="qr", title=title or url)


def qr_png(url: str, *, module_pixels: int = 8) -> bytes:
    """PNG of the same code; `module_pixels` is the side of one module in pixels."""
    target = io.BytesIO()
    _code(url).save(target, kind="png", scale=module_pixels)
    return target.getvalue()


def _code(url: str, mask: int | None = None) -> segno.QRCode:
    return segno.make_qr(url, error="m", mask=mask, boost_error=False)
