package io.pentameter.statistics.sampling;

/** What an estimate speaks about. */
public enum Scope {
    /** The requests of the period, which are finitely many: what was looked at in full is known for sure. */
    PERIOD,
    /** The process behind them, which could have given other requests: for drift, comparisons and forecasts. */
    PROCESS
}
