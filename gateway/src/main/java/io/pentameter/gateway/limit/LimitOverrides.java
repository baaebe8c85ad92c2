package io.pentameter.gateway.limit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.kit.problem.Problem.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Limits that a tenant or a key has of its own; what is absent is as the settings say. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LimitOverrides(
        @Nullable Long requestsPerSecond,
        @Nullable Long spansPerSecond,
        @Nullable Long bytesPerSecond) {

    /** Everything as the settings say. */
    public static final LimitOverrides NONE = new LimitOverrides(null, null, null);

    /** So that no sum overflows. */
    private static final long MAX = 1_000_000_000_000L;

    public Limits over(Limits defaults) {
        return new Limits(
                requestsPerSecond == null ? defaults.requestsPerSecond() : requestsPerSecond,
                spansPerSecond == null ? defaults.spansPerSecond() : spansPerSecond,
                bytesPerSecond == null ? defaults.bytesPerSecond() : bytesPerSecond);
    }

    /**
     * What is wrong with them; empty if nothing is.
     *
     * @param pointer where they stand in the input
     */
    public List<Fault> faults(String pointer) {
        List<Fault> faults = new ArrayList<>();
        check(pointer + "/requestsPerSecond", requestsPerSecond, faults);
        check(pointer + "/spansPerSecond", spansPerSecond, faults);
        check(pointer + "/bytesPerSecond", bytesPerSecond, faults);
        return faults;
    }

    private static void check(String pointer, @Nullable Long value, List<Fault> faults) {
        if (value != null && (value < 1 || value > MAX)) {
            faults.add(new Fault(pointer, "must be in 1..%d: %d".formatted(MAX, value)));
        }
    }
}
