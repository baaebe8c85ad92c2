package io.pentameter.statistics.verification;

import java.util.List;
import java.util.stream.Stream;

/** Studies of monitoring, drift, percentiles, service levels and forecasts. */
final class MonitoringStudies {

    private MonitoringStudies() {}

    static List<Study> all() {
        return Stream.of(DetectorStudies.all(), DigestStudies.all(), AmountStudies.all())
                .flatMap(List::stream)
                .toList();
    }
}
