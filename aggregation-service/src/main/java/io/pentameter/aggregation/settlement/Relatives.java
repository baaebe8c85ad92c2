package io.pentameter.aggregation.settlement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which spans of one trace settle each other, over all its deliveries; ingest-service has the same for the spans of
 * one delivery. A function of the set of spans: their order does not matter.
 */
final class Relatives {

    /** Longest pause after a failure before the next attempt of the same request. */
    private static final long MAX_PAUSE_NS = 600_000_000_000L;

    private Relatives() {}

    /** Spans whose usage a call below them has too: docs/decisions/0009, point 2. */
    static Set<String> repeating(Collection<Step> steps) {
        Map<String, Step> byId = HashMap.newHashMap(steps.size());
        steps.forEach(step -> byId.put(step.span(), step));
        Set<String> repeating = new HashSet<>();
        for (Step step : steps) {
            if (step.reports()) {
                Step above = callAbove(step, byId);
                if (above != null && above.kind().equals(step.kind()) && !isAnotherCall(step, above)) {
                    repeating.add(above.span());
                }
            }
        }
        return repeating;
    }

    /** The nearest call above that told its usage, unless a step between them made the call on its own account. */
    private static @Nullable Step callAbove(Step call, Map<String, Step> byId) {
        Step step = call;
        for (int i = 0; i < BatchTraces.MAX_GENERATIONS; i++) {
            Step parent = byId.get(step.parent());
            if (parent == null
                    || parent.span().equals(step.span())
                    || parent.span().equals(call.span())) {
                return null;
            }
            if (parent.reports()) {
                return parent.parent().equals(call.span()) ? null : parent; // neither is above the other
            }
            if (parent.isBoundary()) {
                return null;
            }
            step = parent;
        }
        return null;
    }

    /**
     * Whom steps were done for that do not say it themselves, by span: what the nearest step above says, as ingest-service takes
     * it over within a delivery. Only as far as all steps in between are known, so that none that comes later says otherwise.
     */
    static Map<String, Step.Whose> inherited(Collection<Step> steps) {
        Map<String, Step> byId = HashMap.newHashMap(steps.size());
        steps.forEach(step -> byId.put(step.span(), step));
        Map<String, Step.Whose> inherited = new HashMap<>();
        for (Step step : steps) {
            Step.Whose whose = step.whose();
            Step above = byId.get(step.parent());
            for (int i = 0; i < BatchTraces.MAX_GENERATIONS && above != null && !whose.isComplete(); i++) {
                whose = whose.or(above.whose());
                boolean isEnd =
                        above.parent().equals(above.span()) || above.parent().equals(step.span());
                above = isEnd ? null : byId.get(above.parent());
            }
            if (!whose.equals(step.whose())) {
                inherited.put(step.span(), whose);
            }
        }
        return inherited;
    }

    private static boolean isAnotherCall(Step one, Step other) {
        return !one.response().isEmpty()
                && !other.response().isEmpty()
                && !one.response().equals(other.response());
    }

    /**
     * What attempts say.
     *
     * @param places   of the attempts whose requests came in several deliveries, by span; the others know theirs
     * @param failures of the steps above attempts that went on or round in circles, by span
     */
    record Attempts(Map<String, Step.Place> places, Map<String, Step.Failure> failures) {}

    static Attempts attempts(Collection<Step> steps) {
        Map<Long, List<Step>> groups = new HashMap<>();
        for (Step step : steps) {
            if (step.attempt().group() != 0) {
                groups.computeIfAbsent(step.attempt().group(), _ -> new ArrayList<>())
                        .add(step);
            }
        }
        Map<String, Step.Place> places = new HashMap<>();
        Map<String, AttemptsAbove> above = new HashMap<>();
        groups.values()
                .forEach(group -> runs(group).forEach(run -> {
                    settleRun(run, places);
                    AttemptsAbove.add(run, above);
                }));
        Map<String, Step.Failure> failures = new HashMap<>();
        for (Step step : steps) {
            above.getOrDefault(step.span(), AttemptsAbove.NONE)
                    .of(step.failure())
                    .ifPresent(failure -> failures.put(step.span(), failure));
        }
        return new Attempts(places, failures);
    }

    /** The attempts of each request, in the order in which they began. */
    private static List<List<Step>> runs(List<Step> group) {
        group.sort(Comparator.comparingLong(Step::startNs).thenComparing(Step::span));
        List<List<Step>> runs = new ArrayList<>();
        List<Step> run = new ArrayList<>();
        for (Step step : group) {
            if (!run.isEmpty() && !isNextTry(run.getLast(), step)) {
                runs.add(run);
                run = new ArrayList<>();
            }
            run.add(step);
        }
        runs.add(run);
        return runs;
    }

    /**
     * Of those in one delivery ingest knows more: whether the client itself said that they belong together. But not of those
     * whose input came later.
     */
    private static boolean isNextTry(Step earlier, Step later) {
        if (earlier.receipt() == later.receipt() && later.attempt().number() > 1) {
            return true;
        }
        long pause = later.startNs() - earlier.endNs();
        return earlier.failed() && pause >= 0 && pause <= MAX_PAUSE_NS;
    }

    private static void settleRun(List<Step> run, Map<String, Step.Place> places) {
        boolean isOfOneDelivery =
                run.stream().mapToLong(Step::receipt).distinct().count() < 2;
        boolean isSaved = !run.getLast().failed();
        Map<String, Step.Place> found = new HashMap<>();
        boolean isKnown = true;
        for (int i = 0; i < run.size(); i++) {
            Step step = run.get(i);
            Step.Place place = new Step.Place(
                    step.attempt().group(),
                    i + 1,
                    run.size(),
                    step.failed() && i < run.size() - 1,
                    step.failed() && isSaved);
            found.put(step.span(), place);
            isKnown &= place.equals(step.attempt());
        }
        if (!isOfOneDelivery || !isKnown) {
            places.putAll(found);
        }
    }
}
