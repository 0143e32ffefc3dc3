"""Records, errors, periods, results and plug-in discovery: standard library and NumPy only."""
