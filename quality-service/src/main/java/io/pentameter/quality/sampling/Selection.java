package io.pentameter.quality.sampling;

import io.pentameter.statistics.sampling.Inclusion;
import io.pentameter.statistics.sampling.Randomness;

/**
 * What was decided about a span.
 *
 * @param randomness    the permanent random number of its request
 * @param checks        probability and rules for the built-in checks
 * @param judges        the same for judges
 * @param policyVersion which policy decided
 */
public record Selection(Randomness randomness, Inclusion checks, Inclusion judges, String policyVersion) {

    /** Whether the built-in checks look at the span. */
    public boolean isChecked() {
        return checks.selects(randomness);
    }

    /** Whether judges look at the span. */
    public boolean isJudged() {
        return judges.selects(randomness);
    }
}
