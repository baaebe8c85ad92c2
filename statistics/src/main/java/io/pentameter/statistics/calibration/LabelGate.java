package io.pentameter.statistics.calibration;

/**
 * How many human labels a corrected number needs before it may be shown.
 *
 * <p>Below {@code least} intervals do not cover what they say in the worst cases that were measured (0.906 at 20 labels and a
 * judge of specificity 0.6); from {@code full} on all do. A tenant may ask for more, not for less.
 *
 * @param least labels for a provisional number, 30 or more
 * @param full  labels for a calibrated number, 100 or more and at least {@code least}
 */
public record LabelGate(long least, long full) {

    /** Fewest labels with which anything corrected is shown. */
    public static final long LEAST = 30;

    /** Fewest labels with which a number counts as calibrated. */
    public static final long FULL = 100;

    /** The gate that applies unless a tenant asks for a stricter one. */
    public static final LabelGate USUAL = new LabelGate(LEAST, FULL);

    public LabelGate {
        if (least < LEAST) {
            throw new IllegalArgumentException("least must be %d or more: %d".formatted(LEAST, least));
        }
        if (full < Math.max(FULL, least)) {
            throw new IllegalArgumentException("full must be %d or more: %d".formatted(Math.max(FULL, least), full));
        }
    }
}
