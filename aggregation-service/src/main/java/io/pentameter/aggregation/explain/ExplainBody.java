package io.pentameter.aggregation.explain;

import io.pentameter.aggregation.cost.CostDimension;
import io.pentameter.aggregation.cost.CostRequest;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.filter.FilterBody;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question as it is sent; nothing of it has been checked.
 *
 * @param items      dimensions whose combinations are compared; feature and model if absent
 * @param dimensions that are ranked by what they explain; some of few values if absent
 * @param limit      items shown; all are counted
 */
record ExplainBody(
        @Nullable WindowBody before,
        @Nullable WindowBody after,
        @Nullable List<@Nullable String> items,
        @Nullable List<@Nullable String> dimensions,
        @Nullable List<@Nullable FilterBody> filters,
        @Nullable Long limit,
        @Nullable String priceBasis) {

    private static final int MAX_SHOWN = 500;
    private static final int SHOWN = 20;
    private static final List<String> ITEMS = List.of("feature", "model");
    private static final List<String> DIMENSIONS = List.of(
            "feature",
            "model",
            "provider",
            "customer",
            "route",
            "prompt_version",
            "environment",
            "region",
            "release",
            "key");

    /** A window as it is sent. */
    record WindowBody(@Nullable String from, @Nullable String to) {}

    /** The question, or an answer that names everything that is wrong with it. */
    Question read() {
        CostRequest request = new CostRequest();
        Optional<Window> former = window(request, "/before", before);
        Optional<Window> later = window(request, "/after", after);
        if (former.isPresent()
                && later.isPresent()
                && former.get().from().isBefore(later.get().to())
                && later.get().from().isBefore(former.get().to())) {
            request.fault("/after", "must not overlap with before");
        }
        List<CostDimension> keys = spanDimensions(request, "/items", items == null ? List.copyOf(ITEMS) : items);
        List<CostDimension> ranked =
                spanDimensionsOf(request, dimensions == null ? List.copyOf(DIMENSIONS) : dimensions);
        List<Filter> read = request.filters(filters);
        int shown = request.number("/limit", limit, SHOWN, MAX_SHOWN);
        PriceBasis basis = request.priceBasis("/priceBasis", priceBasis);
        request.check();
        return new Question(former.orElseThrow(), later.orElseThrow(), keys, ranked, read, shown, basis);
    }

    private static Optional<Window> window(CostRequest request, String pointer, @Nullable WindowBody body) {
        if (body == null) {
            request.fault(pointer, "is missing: an object with from and to");
            return Optional.empty();
        }
        return request.window(pointer, body.from(), body.to());
    }

    /** In two lists where there are more than one query may group by. */
    private static List<CostDimension> spanDimensionsOf(CostRequest request, List<@Nullable String> words) {
        if (words.size() > 2 * Question.MAX_ITEMS_DIMENSIONS) {
            request.fault(
                    "/dimensions",
                    "at most %d are allowed: %d".formatted(2 * Question.MAX_ITEMS_DIMENSIONS, words.size()));
            return List.of();
        }
        int middle = Math.min(words.size(), Question.MAX_ITEMS_DIMENSIONS);
        List<CostDimension> first = spanDimensions(request, "/dimensions", words.subList(0, middle));
        List<CostDimension> all = new ArrayList<>(first);
        all.addAll(spanDimensions(request, "/dimensions", words.subList(middle, words.size())));
        return all;
    }

    private static List<CostDimension> spanDimensions(
            CostRequest request, String pointer, List<@Nullable String> words) {
        List<CostDimension> read = request.dimensions(pointer, words);
        for (CostDimension dimension : read) {
            if (!(dimension instanceof CostDimension.OfSpan)) {
                request.fault(pointer, "must be properties of a call: '%s' splits calls".formatted(dimension.word()));
            }
        }
        return read;
    }
}
