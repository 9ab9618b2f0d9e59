"""Where pickles of release 0.2.0 look for `fintech2021.YearMonth`; nothing else imports it here."""

from fintech2021._core.yearmonth import YearMonth

__all__ = ["YearMonth"]
