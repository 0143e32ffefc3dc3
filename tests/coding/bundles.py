"""Models whose weights are written by hand, so that tests of what is made of them do not change with training."""

import numpy as np

from worldstage.coding.model import Bundle, LinearModel

# The classes of each model that the tests need, and the weights that bring them about.
_WEIGHTS = {
    "gate": {"event": {"1": 1}, "NONE": {"l=sleep": 9}},
    "type": {
        "NONE": {"1": 1, "l=sleep": 9, "l=wait": 9},
        "ASSAULT": {"l=attack": 9, "l=kill": 9},
        "CONSULT": {"l=meet": 9, "l=hold": 8, "l=talk": 9},
        "COOPERATE": {"l=trade": 7},
        "SANCTION": {"l=expel": 9, "l=cut": 9},
    },
    "role": {
        "neither": {"1": 1},
        "actor": {"s=s": 4, "s=s/conj": 4, "s=p:with": 3, "w=nsubj<><ccomp": 4},
        "recipient": {"s=o": 4, "s=o/amod": 4, "s=p:by": -4},
    },
    "status": {"occurred": {"1": 1}, "denied": {"neg": 5}, "planned": {"a=will": 5}, "hypothetical": {"mark=if": 5}},
    "mode": {"-": {"1": 1}, "ASSAULT aerial": {"p=from": 9, "l=expel": 9}, "SANCTION expel": {"l=expel": 5}},
}
NOUNS = ("attack", "talk", "trade")


def model(weights):
    """A linear model from class → feature → weight."""
    names = sorted({name for of_class in weights.values() for name in of_class})
    table = np.array([[of_class.get(name, 0) for of_class in weights.values()] for name in names], dtype=np.float32)
    return LinearModel({name: i for i, name in enumerate(names)}, table, list(weights))


def bundle():
    """A bundle that knows a few verbs and nouns."""
    about = {"name": "by hand", "nouns": list(NOUNS), "gate": 0.1}
    return Bundle({name: model(weights) for name, weights in _WEIGHTS.items()}, about)
