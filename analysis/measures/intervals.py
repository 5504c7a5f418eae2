"""Intervals for shares and differences. Pure; shares are 0 to 1, points are -100 to 100."""

from math import sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
WIDEST_Z, PRECISION = 40.0, 1e-9
ROUNDED_BY = 2
Interval = tuple[float, float]


def z_for(confidence: float) -> float:
    """Two-sided normal quantile, 1.96 for 0.95."""
    return NormalDist().inv_cdf(1 - (1 - confidence) / 2)


Z_95 = z_for(CONFIDENCE)


def wilson(k: float, n: int, z: float = Z_95, *, roll: int | None = None) -> Interval:
    """Interval of the share k / n (Wilson 1927, J. Am. Stat. Assoc. 22, 209-212).

    k     favourable people, 0 to n
    n     people, at least 1
    roll  people there are in all, when known: the more of them answered, the less is left to chance (finite-population
          correction, Cochran 1977, Sampling Techniques, 2.6); at least the two people by which counts are rounded
    Raises ValueError when there is nobody, or k is not among n.

    >>> [round(bound, 3) for bound in wilson(15, 20)]
    [0.531, 0.888]
    """
    if not 0 <= k <= n or n < 1:
        raise ValueError(f"found {k} of {n} people, expected 0 <= k <= n and n >= 1.")
    share = k / n
    if roll is None or roll < 2:
        return _wilson(share, n, z)
    off = ROUNDED_BY / n
    low, high = _wilson(share, n * (roll - 1) / (roll - n), z) if n < roll else (share, share)
    return max(0.0, min(low, share - off)), min(1.0, max(high, share + off))


def _wilson(share: float, n: float, z: float) -> Interval:
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))


def mean_interval(mean: float, sd: float, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Interval of a mean of `n` people, at least 2, by Student's t (Student 1908, Biometrika 6, 1-25).

    >>> [round(bound, 2) for bound in mean_interval(50.0, 10.0, 25)]
    [45.87, 54.13]
    """
    half = t_quantile(1 - (1 - confidence) / 2, n - 1) * sd / sqrt(n)
    return mean - half, mean + half


def newcombe(k1: int, n1: int, k2: int, n2: int, z: float = Z_95) -> Interval:
    """Interval of k1/n1 - k2/n2, independent shares (Newcombe 1998, Stat. Med. 17, 873-890, method 10).

    >>> [round(bound, 4) for bound in newcombe(56, 70, 48, 80)]
    [0.0524, 0.3339]
    """
    (low1, high1), (low2, high2) = wilson(k1, n1, z), wilson(k2, n2, z)
    share1, share2 = k1 / n1, k2 / n2
    below = sqrt((share1 - low1) ** 2 + (high2 - share2) ** 2)
    above = sqrt((high1 - share1) ** 2 + (share2 - low2) ** 2)
    return share1 - share2 - below, share1 - share2 + above


def newcombe_p(k1: int, n1: int, k2: int, n2: int) -> float:
    """Error rate, 0 to 1, at which the interval of `newcombe` begins to include 0: small where shares differ clearly.

    The interval grows with z, so there is one z at which it touches 0; it is found by halving.
    """
    if k1 * n2 == k2 * n1:
        return 1.0
    clear, touching = 0.0, WIDEST_Z
    while touching - clear > PRECISION:
        z = (clear + touching) / 2
        low, high = newcombe(k1, n1, k2, n2, z)
        clear, touching = (z, touching) if low > 0 or high < 0 else (clear, z)
    return 2 * NormalDist().cdf(-clear)


def welch(
    mean1: float, sd1: float, n1: int, mean2: float, sd2: float, n2: int, confidence: float = CONFIDENCE
) -> Interval:
    """Interval of mean1 - mean2 with unequal spreads (Welch 1947, Biometrika 34, 28-35; Satterthwaite's freedom).

    sd1, sd2  standard deviations of the sample (n - 1)
    n1, n2    people, at least 2 each
    """
    part1, part2 = sd1 * sd1 / n1, sd2 * sd2 / n2
    error = part1 + part2
    if error == 0:
        return mean1 - mean2, mean1 - mean2
    freedom = error * error / (part1 * part1 / (n1 - 1) + part2 * part2 / (n2 - 1))
    half = t_quantile(1 - (1 - confidence) / 2, freedom) * sqrt(error)
    return mean1 - mean2 - half, mean1 - mean2 + half


def t_quantile(probability: float, freedom: float) -> float:
    """Quantile of Student's t.

    >>> round(t_quantile(0.975, 58), 3)
    2.002
    """
    from scipy.special import stdtrit

    return float(stdtrit(freedom, probability))
