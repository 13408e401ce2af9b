"""What the code is measured by."""
