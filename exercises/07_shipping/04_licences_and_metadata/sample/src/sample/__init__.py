from licences_and_metadata import beaufort


def warning(knots):
    """A warning for a wind of this speed, or None."""
    return "gale" if beaufort(knots) >= 8 else None
