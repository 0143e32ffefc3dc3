"""Results → one HTML file. Prints what it is given; computes nothing."""
