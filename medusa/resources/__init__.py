"""The resources of the client, with one module for each resource of the JS client."""
