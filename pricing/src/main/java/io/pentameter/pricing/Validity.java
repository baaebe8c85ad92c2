package io.pentameter.pricing;

/**
 * When a price holds, in seconds since the epoch, UTC.
 *
 * @param from     included; {@link Long#MIN_VALUE} for ever before
 * @param until    excluded; {@link Long#MAX_VALUE} for ever after
 * @param dayFrom  second of the day from which it holds each day, included; -1 for all day
 * @param dayUntil second of the day until which it holds, excluded; may be less than {@code dayFrom}: then over midnight
 */
public record Validity(long from, long until, int dayFrom, int dayUntil) {

    static final Validity ALWAYS = new Validity(Long.MIN_VALUE, Long.MAX_VALUE, -1, -1);

    private static final int DAY = 86_400;

    static long secondOf(long epochDay) {
        return Math.multiplyExact(epochDay, DAY);
    }

    /** From one day to another, 0 for no limit. */
    static Validity ofDays(long fromDay, long untilDay) {
        return new Validity(
                fromDay == 0 ? Long.MIN_VALUE : secondOf(fromDay),
                untilDay == 0 ? Long.MAX_VALUE : secondOf(untilDay),
                -1,
                -1);
    }

    boolean isEmpty() {
        return from >= until;
    }

    boolean holdsAt(long epochSecond) {
        if (epochSecond < from || epochSecond >= until) {
            return false;
        }
        if (dayFrom < 0) {
            return true;
        }
        int second = Math.floorMod(epochSecond, DAY);
        return dayFrom <= dayUntil ? second >= dayFrom && second < dayUntil : second >= dayFrom || second < dayUntil;
    }

    /** While both hold; the other must hold all day. */
    Validity and(Validity other) {
        return new Validity(Math.max(from, other.from), Math.min(until, other.until), dayFrom, dayUntil);
    }
}
