package io.pentameter.alert.rule;

import io.pentameter.kit.problem.Problem.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what a caller wrote into a rule, or says everything that is wrong with it. */
public final class RuleReader {

    /** Most dimensions to group by. */
    static final int MAX_DIMENSIONS = 3;

    /** Most groups of one rule. */
    static final int MAX_GROUPS = 500;

    static final int DEFAULT_GROUPS = 100;
    static final int MAX_FILTERS = 10;
    static final int MAX_NAME = 200;
    static final int MAX_RUNBOOK = 4_000;
    private static final int MAX_VALUE = 500;
    private static final long MAX_SAMPLE = 1_000_000_000_000L;

    private static final Faults.Range WINDOW = Faults.Range.of("PT1M", "P31D", "PT5M");
    private static final Faults.Range INTERVAL = Faults.Range.of("PT1S", "PT1H", "PT15S");
    private static final Faults.Range FIRE_AFTER = Faults.Range.of("PT0S", "PT24H", "PT0S");
    private static final Faults.Range KEEP_FIRING = Faults.Range.of("PT0S", "PT24H", "PT1M");
    private static final Faults.Range STALE_AFTER = Faults.Range.of("PT1M", "P7D", "PT1H");

    private final Faults faults = new Faults();

    private RuleReader() {}

    /** Either the rule or what is wrong. */
    public sealed interface Outcome {

        record Read(RuleDefinition definition) implements Outcome {}

        /** @param faults one or more */
        record Refused(List<Fault> faults) implements Outcome {}
    }

    public static Outcome read(RuleBody body) {
        RuleReader reader = new RuleReader();
        RuleDefinition definition = reader.definition(body);
        List<Fault> found = reader.faults.found();
        return definition != null && found.isEmpty() ? new Outcome.Read(definition) : new Outcome.Refused(found);
    }

    private @Nullable RuleDefinition definition(RuleBody body) {
        String name = faults.text("name", body.name(), 1, MAX_NAME);
        Subject subject = new Subject(
                groupBy(body.groupBy()),
                (int) faults.number("groupLimit", body.groupLimit(), DEFAULT_GROUPS, MAX_GROUPS),
                filters(body.filters()),
                faults.duration("window", body.window(), WINDOW));
        Condition condition = condition(body);
        if (condition != null && condition.measure().sample() == SampleOf.INVOICE_COMPARISONS) {
            fitInvoices(subject, condition);
        }
        Timing timing = new Timing(
                faults.duration("interval", body.interval(), INTERVAL),
                faults.duration("for", body.fireAfter(), FIRE_AFTER),
                faults.duration("keepFiring", body.keepFiring(), KEEP_FIRING),
                faults.duration("staleAfter", body.staleAfter(), STALE_AFTER));
        Severity severity =
                faults.word("severity", body.severity(), Severity::ofWord, words(Severity.values()), Severity.WARNING);
        String owner = faults.text("owner", body.owner(), 0, MAX_NAME);
        String runbook = faults.text("runbook", body.runbook(), 0, MAX_RUNBOOK);
        List<String> destinations = faults.destinations(body.destinations());
        if (condition == null || severity == null) {
            return null;
        }
        boolean enabled = body.enabled() == null || body.enabled();
        return new RuleDefinition(name, subject, condition, timing, severity, owner, runbook, enabled, destinations);
    }

    /** A comparison of invoices knows its provider, and nothing else of calls. */
    private void fitInvoices(Subject subject, Condition condition) {
        String word = condition.measure().word();
        if (subject.groupBy().stream().anyMatch(dimension -> !dimension.equals("provider"))) {
            faults.add("groupBy", "groupBy of %s must be provider or empty: %s".formatted(word, subject.groupBy()));
        }
        if (subject.filters().stream().anyMatch(filter -> !filter.dimension().equals("provider"))) {
            faults.add("filters", "filters of %s must be of provider".formatted(word));
        }
        if (condition.sampleOf() != SampleOf.INVOICE_COMPARISONS) {
            faults.add("sampleOf", "sampleOf of %s must be invoice_comparisons".formatted(word));
        }
    }

    private @Nullable Condition condition(RuleBody body) {
        Measure measure = faults.word("measure", body.measure(), Measure::ofWord, Measure.words(), null);
        Comparison comparison = faults.word(
                "op",
                body.op(),
                Comparison::ofSign,
                Arrays.stream(Comparison.values()).map(Comparison::sign).toList(),
                null);
        BigDecimal threshold = faults.decimal("threshold", body.threshold());
        if (body.threshold() == null) {
            faults.add("threshold", "threshold is missing; it must be a number");
        }
        BigDecimal resolveThreshold = faults.decimal("resolveThreshold", body.resolveThreshold());
        SampleOf sampleOf = faults.word(
                "sampleOf",
                body.sampleOf(),
                SampleOf::ofWord,
                Arrays.stream(SampleOf.values()).map(SampleOf::word).toList(),
                measure == null ? SampleOf.REQUESTS : measure.sample());
        long minSample = faults.number("minSample", body.minSample(), 1, MAX_SAMPLE);
        if (measure == null || comparison == null || threshold == null || sampleOf == null) {
            return null;
        }
        if (resolveThreshold != null && !Condition.isOnGoodSide(comparison, threshold, resolveThreshold)) {
            faults.add(
                    "resolveThreshold",
                    "resolveThreshold must be %s threshold %s: %s"
                            .formatted(comparison.isUpward() ? "at most" : "at least", threshold, resolveThreshold));
            return null;
        }
        return new Condition(measure, comparison, threshold, resolveThreshold, sampleOf, minSample);
    }

    private List<String> groupBy(@Nullable List<@Nullable String> given) {
        if (given == null) {
            return List.of();
        }
        if (given.size() > MAX_DIMENSIONS) {
            faults.add(
                    "groupBy", "groupBy must have at most %d dimensions: %d".formatted(MAX_DIMENSIONS, given.size()));
            return List.of();
        }
        List<String> read = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            dimension("groupBy/" + i, given.get(i)).ifPresent(read::add);
        }
        if (new HashSet<>(read).size() < read.size()) {
            faults.add("groupBy", "groupBy must name each dimension once: " + String.join(", ", read));
        }
        return read;
    }

    private List<Filter> filters(@Nullable List<RuleBody.@Nullable FilterBody> given) {
        if (given == null) {
            return List.of();
        }
        if (given.size() > MAX_FILTERS) {
            faults.add("filters", "filters must have at most %d entries: %d".formatted(MAX_FILTERS, given.size()));
            return List.of();
        }
        List<Filter> read = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            RuleBody.FilterBody filter = given.get(i);
            String at = "filters/" + i;
            if (filter == null) {
                faults.add(at, "a filter must be an object");
                continue;
            }
            Optional<String> dimension = dimension(at + "/dimension", filter.dimension());
            String op = faults.word(at + "/op", filter.op(), RuleReader::filterOp, List.of("eq", "ne"), "eq");
            String value = faults.text(at + "/value", filter.value(), filter.value() == null ? 1 : 0, MAX_VALUE);
            if (dimension.isPresent() && op != null) {
                read.add(new Filter(dimension.get(), op, value));
            }
        }
        return read;
    }

    private static Optional<String> filterOp(String op) {
        return List.of("eq", "ne").contains(op) ? Optional.of(op) : Optional.empty();
    }

    private Optional<String> dimension(String field, @Nullable String given) {
        if (given != null && Dimensions.isKnown(given)) {
            return Optional.of(given);
        }
        faults.add(
                field,
                "a dimension must be one of %s: %s"
                        .formatted(Dimensions.allowed(), given == null ? "null" : Faults.shortened(given)));
        return Optional.empty();
    }

    private static List<String> words(Severity[] severities) {
        return Arrays.stream(severities).map(Severity::word).toList();
    }
}
