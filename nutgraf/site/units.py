"""Units that a figure may have."""

import re

_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD
HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL
MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
USN UYI UYU UYW UZS VED VES VND VUV WST XAF XAG XAU XCD XDR XOF XPD XPF XPT YER ZAR ZMW ZWL
"""
CURRENCIES = frozenset(_CODES.split())
"""ISO 4217 codes, those of gold, silver and special drawing rights included."""
SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "percent": "%", "per cent": "%", "pct": "%"}
SIGNS |= {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "yen": "JPY"}
_CODE = re.compile(r"[A-Z]{3}")


def complaint(unit: str) -> tuple[str, str] | None:
    """What is wrong with a unit and what to do; None where nothing is."""
    if unit in SIGNS:
        return f"{unit} is no unit of a brief", f"write {SIGNS[unit]}"
    if not _CODE.fullmatch(unit) or unit in CURRENCIES:
        return None
    return f"{unit} is no currency of ISO 4217", "an ISO 4217 code, %, or a unit in the singular"
