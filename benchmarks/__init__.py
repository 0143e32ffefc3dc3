"""What is measured, and the floors that may not drop silently."""
