"""Which name is meant: spellings, both scripts of Chinese, and near misses."""
