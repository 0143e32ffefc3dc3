"""Who can agree on what, who sides with whom: models of bargaining and of coalitions, on arrays and plain tables."""
