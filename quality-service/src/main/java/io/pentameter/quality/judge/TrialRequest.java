package io.pentameter.quality.judge;

import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.quality.rating.Subject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text to try a judge on.
 *
 * @param input  what was asked; absent means nothing
 * @param output the answer to grade
 */
record TrialRequest(@Nullable String input, @Nullable String output) {

    private static final int MAX = 100_000;

    /** Neither text. */
    @Override
    public String toString() {
        return "TrialRequest[]";
    }

    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        if (output == null || output.isBlank() || output.length() > MAX) {
            faults.add(new Fault("/output", "must have 1 to %d characters".formatted(MAX)));
        }
        if (input != null && input.length() > MAX) {
            faults.add(new Fault("/input", "must have 0 to %d characters".formatted(MAX)));
        }
        return faults;
    }

    Subject subject() {
        return new Subject(
                input == null ? "" : input, output == null ? "" : output, false, false, "", false, "", false, "");
    }
}
