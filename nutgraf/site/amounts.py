"""Figures as a person reads them."""

from collections.abc import Mapping

from nutgraf.model.brief import Figure
from nutgraf.model.words import Words

SIGNS: Mapping[str, str] = {
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
"""Signs by ISO 4217 code; other currencies go by their code."""
PLURALS: Mapping[str, str] = {
    "foot": "feet",
    "inch": "inches",
    "hertz": "hertz",
    "lux": "lux",
    "stone": "stone",
    "day": "days",
    "ton": "tons",
    "bed": "beds",
    "job": "jobs",
}
"""Those that the rule does not give: irregular ones, and words as short as symbols."""
SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
LONGEST_SYMBOL = 3
"""Units of as many letters are symbols ("km", "kWh") and have no plural."""


def amount(figure: Figure, words: Words) -> str:
    """What a figure says: "about 47,331", "€422,000", "1.6 %", "10–20 kilometres", "up to CHF 10"."""
    low, high, value = figure.low, figure.high, figure.value
    approx = f"{words.get(_key(figure.approx), figure.approx)} " if figure.approx else ""
    if value is not None:
        return approx + with_unit(number(value, words), figure.unit, plural=abs(value) != 1)
    if low is not None and high is not None:
        return approx + with_unit(f"{number(low, words)}–{number(high, words)}", figure.unit)
    if low is not None:
        told = with_unit(number(low, words), figure.unit)
        return approx + told if approx else words["or_more"].format(amount=told)
    if high is not None:
        told = with_unit(number(high, words), figure.unit)
        return approx + told if approx else words["up_to"].format(amount=told)
    return "?"


def _key(approx: str) -> str:
    return f"approx_{approx.replace(' ', '_')}"


def number(value: float, words: Words) -> str:
    """Thousands in groups, millions and more by name where three decimals say all."""
    for scale, name in SCALES:
        if abs(value) >= scale and float(round(value / scale, 3) * scale) == value:
            return f"{plain(round(value / scale, 3), words)} {words[name]}"
    return plain(value, words)


def plain(value: float, words: Words) -> str:
    """With the language's signs between thousands and before decimals, a minus sign, and no superfluous zeros."""
    digits = f"{int(value):,}" if float(value).is_integer() else f"{value:,.6f}".rstrip("0").rstrip(".")
    return digits.translate({ord("-"): "−", ord(","): words["thousands"], ord("."): words["decimal"]})


def with_unit(words: str, unit: str | None, plural: bool = True) -> str:
    """The number with the sign or name of its unit."""
    if not unit:
        return words
    if unit in SIGNS:
        return f"−{SIGNS[unit]}{words[1:]}" if words.startswith("−") else SIGNS[unit] + words
    if len(unit) == 3 and unit.isupper():
        return f"{unit} {words}"
    return f"{words} {plural_of(unit) if plural else unit}"


def plural_of(unit: str) -> str:
    """A unit given in the singular, for more than one of it; symbols stay."""
    if len(unit) <= LONGEST_SYMBOL or not unit.replace(" ", "").replace("-", "").isalpha() or unit.endswith("s"):
        return PLURALS.get(unit, unit)
    return PLURALS.get(unit, unit + "s")


def sort_key(figure: Figure) -> float:
    """The value figures are sorted by."""
    return float(next((v for v in (figure.value, figure.low, figure.high) if v is not None), 0.0))
