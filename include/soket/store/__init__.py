"""The bucket: keys, and the objects behind them."""
