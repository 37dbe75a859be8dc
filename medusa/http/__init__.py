"""One request on its way and back."""
