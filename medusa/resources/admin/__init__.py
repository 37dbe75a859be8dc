"""The resources of the Admin API. Each has its own module, and `group` attaches them to the client."""
