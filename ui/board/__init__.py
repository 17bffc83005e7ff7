"""The board: the kitchen's tickets and the pass, drawn by model and delegate."""
