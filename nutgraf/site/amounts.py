"""Figures as a person reads them."""

from nutgraf.model.brief import Figure

SIGNS = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "INR": "₹",
    "KRW": "₩",
    "BRL": "R$",
    "MXN": "MX$",
    "CAD": "C$",
    "AUD": "A$",
}
SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def amount(figure: Figure) -> str:
    """ "about 47,331", "€422,000", "1.6 %", "10–20 kilometres"."""
    if figure.value is not None:
        words = number(figure.value)
    elif figure.low is not None and figure.high is not None:
        words = f"{number(figure.low)}–{number(figure.high)}"
    elif figure.low is not None:
        words = f"{number(figure.low)} or more"
    else:
        words = f"up to {number(figure.high)}" if figure.high is not None else "?"
    told = with_unit(words, figure.unit, plural=figure.value not in (1, -1))
    return f"{figure.approx} {told}" if figure.approx else told


def number(value: float) -> str:
    """Thousands in groups, millions and more by name."""
    for scale, name in SCALES:
        if abs(value) >= scale and float(value / scale * 1000).is_integer():
            return f"{plain(value / scale)} {name}"
    return plain(value)


def plain(value: float) -> str:
    """With a comma between thousands and no superfluous zeros."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.6f}".rstrip("0").rstrip(".")


def with_unit(words: str, unit: str | None, plural: bool) -> str:
    """The number with the sign or name of its unit."""
    if not unit:
        return words
    if unit == "%":
        return f"{words} %"
    if unit in SIGNS:
        return f"{SIGNS[unit]}{words}"
    if unit.isupper() and len(unit) == 3:
        return f"{unit} {words}"
    return f"{words} {unit}{'s' if plural and not unit.endswith(('s', 'z')) and unit.isalpha() else ''}"


def sort_key(figure: Figure) -> float:
    """The value figures are sorted by."""
    return float(next((v for v in (figure.value, figure.low, figure.high) if v is not None), 0.0))
