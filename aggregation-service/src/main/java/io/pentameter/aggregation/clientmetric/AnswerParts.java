package io.pentameter.aggregation.clientmetric;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts sums together to the series of an answer. */
final class AnswerParts {

    private final ClientMetricQuery query;
    private final List<Sums> totals;
    private final Map<Sums.Key, Map<Long, Sums>> points = new HashMap<>();

    /** @param totals in the order of the series */
    AnswerParts(ClientMetricQuery query, List<Sums> totals, Collection<Sums> inTime) {
        this.query = query;
        this.totals = List.copyOf(totals);
        inTime.forEach(
                sums -> points.computeIfAbsent(sums.key(), _ -> new HashMap<>()).put(sums.at(), sums));
    }

    boolean isTruncated() {
        return totals.size() > query.limit();
    }

    List<ClientMetricAnswer.Series> series() {
        return totals.stream().limit(query.limit()).map(this::series).toList();
    }

    private ClientMetricAnswer.Series series(Sums sums) {
        Map<String, @Nullable String> group = new LinkedHashMap<>();
        for (int i = 0; i < query.groupBy().size(); i++) {
            String value = sums.key().group().get(i);
            group.put(query.groupBy().get(i).word(), value.isEmpty() ? null : value);
        }
        String method = sums.histogram().method();
        return new ClientMetricAnswer.Series(
                sums.key().unit(),
                sums.key().type(),
                group,
                sums.values(query.seconds(Optional.empty()), query.quantiles()),
                method.isEmpty() ? null : method,
                query.interval().map(interval -> points(sums.key(), interval)).orElse(null));
    }

    private List<ClientMetricAnswer.Point> points(Sums.Key key, Duration interval) {
        Map<Long, Sums> known = points.getOrDefault(key, Map.of());
        long seconds = interval.toSeconds();
        long first = Math.floorDiv(query.from().getEpochSecond(), seconds) * seconds;
        long count = ClientMetricQuery.points(query.from(), query.to(), interval);
        List<ClientMetricAnswer.Point> all = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            Instant at = Instant.ofEpochSecond(first + i * seconds);
            Sums sums = known.get(at.getEpochSecond());
            all.add(new ClientMetricAnswer.Point(
                    at,
                    sums == null
                            ? Sums.nothing(key, query.quantiles())
                            : sums.values(query.seconds(Optional.of(at)), query.quantiles())));
        }
        return all;
    }
}
