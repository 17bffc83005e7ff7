"""What the shop takes now: the waiting times it tells, what is stopped, when the kitchen closes."""
