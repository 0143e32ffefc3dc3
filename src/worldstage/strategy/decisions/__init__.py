"""The forecast of a decision, as a distribution, from positions, saliences and the reference point."""

from worldstage.strategy.decisions.distribution import Forecast
from worldstage.strategy.decisions.forecasts import MODELS, forecast, forecast_file

__all__ = ["MODELS", "Forecast", "forecast", "forecast_file"]
