"""The honest exam of effects: simulated data, known answers, placebos in real data."""
