"""Dispatch: deliveries without a courier, couriers with what they carry and what they owe."""
