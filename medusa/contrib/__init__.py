"""What web backends need around a client. Each module here needs an extra: `django` or `flask`."""
