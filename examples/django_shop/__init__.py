"""A small shop in Django. Its products, customers and orders are in a Medusa backend."""
