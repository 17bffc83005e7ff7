"""Properties that hold for any input or any sequence of acts."""
