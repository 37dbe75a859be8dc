"""Suggest the name that was probably meant, in the errors for a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return `. Did you mean: 'orders'?`, or an empty text if no public name is similar.

    Names are compared without case and underscores, because the JS client has `giftCards` for `gift_cards`.
    """
    if name.startswith("_"):  # Many libraries look for such a name on every object.
        return ""
    from difflib import get_close_matches  # Imported here because most programs misspell no name.

    public = {_letters(each): each for each in names if not each.startswith("_")}
    similar = get_close_matches(_letters(name), public, n=1, cutoff=0.7)
    return f". Did you mean: {public[similar[0]]!r}?" if similar else ""


def _letters(name: str) -> str:
    return name.lower().replace("_", "")


def no_attribute(obj: object, name: str) -> AttributeError:
    """Return the error for an attribute that an object of this class does not have.

    The error does not have the object as its `obj`, because Python would then print a second suggestion.
    """
    cls = type(obj)
    text = f"{cls.__name__!r} object has no attribute {name!r}{did_you_mean(name, dir(cls))}"
    return AttributeError(text, name=name)
