"""What rules ask of whoever works here: call-backs, and words for the staff."""
