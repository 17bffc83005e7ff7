"""The ways out, against a stateful stand-in for the provider."""
