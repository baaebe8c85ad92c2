package io.pentameter.gateway.limit;

/**
 * What may be sent in a second, on average.
 *
 * @param requestsPerSecond 1 or more
 * @param spansPerSecond    1 or more
 * @param bytesPerSecond    bytes of bodies as sent, 1 or more
 */
public record Limits(long requestsPerSecond, long spansPerSecond, long bytesPerSecond) {

    public Limits {
        check("requestsPerSecond", requestsPerSecond);
        check("spansPerSecond", spansPerSecond);
        check("bytesPerSecond", bytesPerSecond);
    }

    private static void check(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more: " + value);
        }
    }
}
