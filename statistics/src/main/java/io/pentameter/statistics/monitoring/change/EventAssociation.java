package io.pentameter.statistics.monitoring.change;

import io.pentameter.statistics.interval.Require;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which events lie suspiciously near a change: the less often such an event happens anyway, the more suspicious.
 *
 * <pre>
 * candidate:  event in [from - 15 min, to]
 * p = 1 - exp(-λ |window|)       λ = the tenant's rate of that type in 28 days, in the same class of hours
 * p adjusted by Bonferroni over the types that are looked at
 * </pre>
 *
 * <p>A coincidence in time, ranked; not an effect. A service that deploys every hour gives every change a deploy. Where
 * the old and the new version ran side by side, {@link VersionContrast} measures the effect itself.
 *
 * <p>Poisson process with the usual rate; Bonferroni over types.
 */
public final class EventAssociation {

    /** How long before the window an event may lie: it takes time to act and its clock may be off. */
    public static final Duration LEAD = Duration.ofMinutes(15);

    private EventAssociation() {}

    /**
     * An event near the change.
     *
     * @param event    which one
     * @param chance   probability that an event of its type falls into the window by chance
     * @param adjusted {@code chance} after Bonferroni over the types, at most 1
     * @param distance from the most likely moment of the change, never negative
     */
    public record Candidate(ChangeEvent event, double chance, double adjusted, Duration distance) {}

    /**
     * The events near {@code window}, least likely by chance first, then nearest, then by type and id.
     *
     * @param events in any order
     * @param ratesPerHour rate of each type of event, 0 or more; all types that are looked at, whether one is near or
     *     not. A type without a rate counts as certain to happen
     */
    public static List<Candidate> rank(
            ChangeWindow window, List<ChangeEvent> events, Map<String, Double> ratesPerHour) {
        double hours = Duration.between(window.from().minus(LEAD), window.to()).toMillis() / 3_600_000.0;
        long types = Math.max(1, ratesPerHour.size());
        return events.stream()
                .filter(event -> !event.at().isBefore(window.from().minus(LEAD))
                        && !event.at().isAfter(window.to()))
                .distinct()
                .map(event -> {
                    double rate = ratesPerHour.getOrDefault(event.type(), Double.MAX_VALUE);
                    double chance = -Math.expm1(-Require.notNegative("rate", rate) * hours);
                    return new Candidate(
                            event,
                            chance,
                            Math.min(1, chance * types),
                            Duration.between(window.best(), event.at()).abs());
                })
                .sorted(Comparator.comparingDouble(Candidate::chance)
                        .thenComparing(Candidate::distance)
                        .thenComparing(candidate -> candidate.event().type())
                        .thenComparing(candidate -> candidate.event().id()))
                .toList();
    }
}
