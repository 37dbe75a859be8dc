"""What fits the SDK into other packages. Each module needs an extra of its own."""
