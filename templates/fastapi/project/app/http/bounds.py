"""Patterns for texts above or below a bound, which OpenAPI can say: JSON Schema has no minimum
for strings.
"""


def at_least(bound: str) -> str:
    """Decimals that are not below it, compared digit by digit."""
    below, equal = _decimals(bound)
    if not bound.startswith("-") and equal != r"0(\.0+)?":
        return f"^(?!-|({below})$)"
    return f"^([^-]|-({below}|{equal})$)"


def at_most(bound: str) -> str:
    below, equal = _decimals(bound)
    if bound.startswith("-"):
        return f"^-(?!({below})$)"
    return f"^(-|({below}|{equal})$)"


def _decimals(bound: str) -> tuple[str, str]:
    """Unsigned decimals below the size of the bound, and equal to it."""
    whole, _, fraction = bound.removeprefix("-").partition(".")
    most = len(whole) - 2
    shorter = [] if most < 0 else [rf"(0|[1-9]\d{{0,{most}}})(\.\d+)?"]
    lesser_whole = [
        rf"{start}\d{{{rest}}}(\.\d+)?" for start, rest in _lesser(whole, 0 if most < 0 else 1)
    ]
    lesser_fraction = [rf"{whole}\.{start}\d*" for start, _ in _lesser(fraction, 0)]
    cut_short = [
        whole if end == 0 else rf"{whole}\.{fraction[:end]}" for end in range(len(fraction))
    ]
    below = "|".join([*shorter, *lesser_whole, *lesser_fraction, *cut_short]) or "(?!)"
    return below, rf"{whole}\.{fraction}0*" if fraction else rf"{whole}(\.0+)?"


def _lesser(digits: str, least_first: int) -> list[tuple[str, int]]:
    """Beginnings of digits that are less than these, and how many follow."""
    found = []
    for place, digit in enumerate(digits):
        least = least_first if place == 0 else 0
        if int(digit) > least:
            start = f"{digits[:place]}[{least}-{int(digit) - 1}]"
            found.append((start, len(digits) - place - 1))
    return found


def not_before(bound: str) -> str:
    """Times of a day, with or without seconds."""
    minute = bound[:5]
    earlier = _beside(bound, -1) + ([] if bound == f"{minute}:00" else [f"{minute}$"])
    return f"^(?!{'|'.join(earlier) or '(?!)'})"


def not_after(bound: str) -> str:
    return f"^(?!{'|'.join(_beside(bound, 1)) or '(?!)'})"


def _beside(bound: str, side: int) -> list[str]:
    """Beginnings of times before or after a bound: they differ from it in one digit."""
    found = []
    for place, sign in enumerate(bound):
        if not sign.isdigit():
            continue
        following = int(sign) + side
        if 0 <= following <= 9:
            first, last = sorted((following, 0 if side < 0 else 9))
            found.append(f"{bound[:place]}[{first}-{last}]")
    return found
