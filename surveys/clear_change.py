"""What a wave will be able to tell, before it is opened."""

from math import sqrt
from statistics import NormalDist

POWER, ERROR_RATE = 0.80, 0.05
_PRECISION = 1e-6


def power(n: float, share1: float, share2: float, *, error_rate: float = ERROR_RATE) -> float:
    """Probability that two groups of `n` people show a difference between these true shares, two-sided.

    The usual normal approximation (Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, 4.2).

    >>> round(power(50, 0.5, 0.75), 3)
    0.74
    """
    middle = (share1 + share2) / 2
    apart = sqrt(n) * abs(share1 - share2)
    chance = NormalDist().inv_cdf(1 - error_rate / 2) * sqrt(2 * middle * (1 - middle))
    spread = sqrt(share1 * (1 - share1) + share2 * (1 - share2))
    return NormalDist().cdf((apart - chance) / spread) if spread else 1.0


def smallest_clear_change(before: int, after: int, share: float = 0.5) -> float | None:
    """Points by which a share must move for the change to be found four times in five; None when none would do.

    before, after  people who answered and will answer; 0.5 is the share for which it takes most
    """
    if before < 1 or after < 1:
        return None
    n = 2 / (1 / before + 1 / after)
    far = 1.0 if share <= 0.5 else 0.0
    if power(n, share, far) < POWER:
        return None
    near = share
    while abs(far - near) > _PRECISION:
        middle = (near + far) / 2
        near, far = (near, middle) if power(n, share, middle) >= POWER else (middle, far)
    return 100 * abs(far - share)
