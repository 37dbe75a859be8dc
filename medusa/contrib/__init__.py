"""Integrations for web frameworks. `medusa.contrib.django` and `medusa.contrib.flask` each require their extra."""
