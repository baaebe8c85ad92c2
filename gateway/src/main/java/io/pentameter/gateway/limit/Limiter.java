package io.pentameter.gateway.limit;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Decides whether a key or person, within its tenant, may send one more request.
 *
 * <p>A request passes only if every bucket of both has something left; then it costs one request at once, and its spans
 * and bytes when they are known. A request that is refused costs nothing. The buckets are this node's own: with
 * {@code n} nodes a tenant may reach {@code n} times its limit. Thread-safe.
 */
public final class Limiter {

    private final LongSupplier nanos;
    private final double burstSeconds;
    private final int maxMeters;
    private final Map<String, Meter> meters = new ConcurrentHashMap<>();

    /**
     * @param nanos        nanoseconds since any fixed start, never running backwards
     * @param burstSeconds seconds of its rate that an idle caller may send at once
     * @param maxMeters    most callers and tenants to remember; beyond it the idle ones are forgotten
     */
    public Limiter(LongSupplier nanos, double burstSeconds, int maxMeters) {
        this.nanos = nanos;
        this.burstSeconds = burstSeconds;
        this.maxMeters = maxMeters;
    }

    /** A caller within its tenant, as the buckets know it. */
    public final class Account {

        private final Meter own;
        private final Meter tenant;

        private Account(Meter own, Meter tenant) {
            this.own = own;
            this.tenant = tenant;
        }

        /** Lets one request in, or not. */
        public Admission admit() {
            long now = nanos.getAsLong();
            Optional<Admission.Exceeded> exceeded = own.empty(now)
                    .map(empty -> exceeded("", own, empty, now))
                    .or(() -> tenant.empty(now).map(empty -> exceeded("tenant ", tenant, empty, now)));
            if (exceeded.isEmpty()) {
                own.draw(Measure.REQUESTS, 1, now);
                tenant.draw(Measure.REQUESTS, 1, now);
            }
            return new Admission(exceeded, rateLimit(now), policy(now));
        }

        /** Books what a request turned out to cost. */
        public void charge(Measure measure, long amount) {
            if (amount > 0) {
                long now = nanos.getAsLong();
                own.draw(measure, amount, now);
                tenant.draw(measure, amount, now);
            }
        }

        private Admission.Exceeded exceeded(String whose, Meter meter, Meter.Empty empty, long now) {
            long rate = meter.level(empty.measure(), now).rate();
            return new Admission.Exceeded(whose + empty.measure().word() + " per second", rate, empty.delay());
        }

        private String rateLimit(long now) {
            StringBuilder text = new StringBuilder(96);
            for (Measure measure : Measure.values()) {
                Meter.Level mine = own.level(measure, now);
                Meter.Level all = tenant.level(measure, now);
                Meter.Level scarcer = mine.remaining() <= all.remaining() ? mine : all;
                long seconds = scarcer.untilOne().plusMillis(999).toSeconds();
                separate(text)
                        .append('"')
                        .append(measure.word())
                        .append("\";r=")
                        .append(scarcer.remaining());
                text.append(";t=").append(Math.max(1, seconds));
            }
            return text.toString();
        }

        private String policy(long now) {
            StringBuilder text = new StringBuilder(96);
            for (Measure measure : Measure.values()) {
                Meter.Level mine = own.level(measure, now);
                Meter.Level all = tenant.level(measure, now);
                long quota = Math.min(mine.capacity(), all.capacity());
                separate(text)
                        .append('"')
                        .append(measure.word())
                        .append("\";q=")
                        .append(quota);
                text.append(";w=").append(Math.max(1, Math.round(burstSeconds)));
            }
            return text.toString();
        }

        private static StringBuilder separate(StringBuilder text) {
            return text.isEmpty() ? text : text.append(", ");
        }
    }

    /**
     * The account of a caller.
     *
     * @param own    id of the key or person
     * @param tenant id of the tenant, the caller's own id if it has none
     */
    public Account account(String own, Limits ownLimits, String tenant, Limits tenantLimits) {
        return new Account(meter("caller " + own, ownLimits), meter("tenant " + tenant, tenantLimits));
    }

    /** Callers and tenants remembered. */
    public int size() {
        return meters.size();
    }

    private Meter meter(String id, Limits limits) {
        long now = nanos.getAsLong();
        Meter meter = meters.get(id);
        if (meter == null) {
            if (meters.size() >= maxMeters) {
                meters.values().removeIf(candidate -> candidate.isIdle(now));
            }
            meter = meters.computeIfAbsent(id, _ -> new Meter(limits, burstSeconds, now));
        }
        meter.adopt(limits, now);
        return meter;
    }
}
