"""A strategy of Hypothesis for arbitrary JSON values."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st


def any_json(*likely: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for small JSON values. It often tries the values in `likely`, which a bug may let pass."""
    scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    return st.recursive(
        scalars | st.text(max_size=8) | st.sampled_from(likely),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
        max_leaves=6,
    )
