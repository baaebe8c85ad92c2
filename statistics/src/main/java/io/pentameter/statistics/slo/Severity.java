package io.pentameter.statistics.slo;

/** How urgently somebody must know. */
public enum Severity {
    /** Wakes the person on call. */
    PAGE,
    /** Is looked at on the next working day. */
    TICKET
}
