"""Send requests, and receive their responses."""
