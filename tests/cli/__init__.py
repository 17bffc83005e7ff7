"""The command line: every act of the shop without a window."""
