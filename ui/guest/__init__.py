"""The display that guests look at: which numbers are cooking, which are ready."""
