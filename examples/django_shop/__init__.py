"""A small shop in Django, whose products, customers and orders are in a Medusa Store."""
