"""The resources of the Admin API: one module for each, and `group`, which attaches them."""
