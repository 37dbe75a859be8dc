"""One module per resource of the JS client."""
