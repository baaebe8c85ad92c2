package io.pentameter.stack.chaos;

import io.pentameter.stack.otlp.SpanSender;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** Traces that go out whole, as OTLP. */
final class OtlpSource implements Source {

    static final String CLIENT = "otlp";

    private final SpanSender sender;
    private final InstantSource clock;
    private final String run;
    private final Groups groups;
    private final RandomGenerator random;

    /** @param run the feature of its spans */
    OtlpSource(SpanSender sender, InstantSource clock, String run, Groups groups, RandomGenerator random) {
        this.sender = sender;
        this.clock = clock;
        this.run = run;
        this.groups = groups;
        this.random = random;
    }

    @Override
    public String client() {
        return CLIENT;
    }

    @Override
    public Parcel next() {
        Delivery delivery = Delivery.make(random, clock.instant(), run, groups.next(), Delivery.SPANS);
        return new Parcel(
                "trace " + delivery.trace().traceId(), () -> sender.send(delivery.request()), delivery.trace());
    }

    @Override
    public List<Parcel> rest() {
        return List.of();
    }
}
