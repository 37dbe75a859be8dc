"""The entities of Medusa, with one module for each family."""
