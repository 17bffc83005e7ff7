"""What several tests use: leak detectors, waiting, fakes of outside partners."""
