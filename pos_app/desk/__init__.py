"""What people can do. One method is one transaction: change, journal and outbox together."""
