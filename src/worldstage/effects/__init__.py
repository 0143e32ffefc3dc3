"""Shock → effect: the change against a counterfactual, with the checks that tell how far to trust it."""
