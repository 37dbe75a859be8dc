"""What Medusa sends: one module for each family of entities."""
