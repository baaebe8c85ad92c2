package io.pentameter.statistics.calibration;

import io.pentameter.statistics.verification.Study;
import java.util.List;

/** Studies that need numbers before the gate. */
public final class CalibrationStudies {

    private CalibrationStudies() {}

    public static List<Study> all() {
        return List.of(new TargetedStudy(), new SmallSampleStudy(), new CoverageGridStudy(), new RoganGladenStudy());
    }
}
