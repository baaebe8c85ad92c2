package io.pentameter.statistics.verification;

import io.pentameter.statistics.calibration.CalibrationStudies;
import java.util.List;
import java.util.stream.Stream;

/** Studies of sampling, intervals, calibration and agreement. */
final class SamplingStudies {

    private SamplingStudies() {}

    static List<Study> all() {
        return Stream.concat(
                        Stream.of(
                                new PrioritySamplingStudy(),
                                new ClusterStudy(),
                                new IntervalCoverageStudy(),
                                new AgreementStudy()),
                        CalibrationStudies.all().stream())
                .toList();
    }
}
