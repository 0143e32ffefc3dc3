"""The labelled sentences written for this project, and the command that trains the coder from them."""
