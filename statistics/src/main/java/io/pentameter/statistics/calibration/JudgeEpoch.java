package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Require;

/**
 * What makes two grades comparable. Another value in any part is another judge: never pool labels across epochs; old labels stay
 * useful because the truth does not depend on the judge, so grade the same answers again ({@link JudgeBridge}).
 *
 * @param provider      who serves the model, not empty
 * @param model         model id as requested, not empty
 * @param promptHash    of the whole judge prompt, not empty
 * @param temperature   as sent, 0 or more
 * @param rubricVersion of what counts as a pass, not empty
 */
public record JudgeEpoch(String provider, String model, String promptHash, double temperature, String rubricVersion) {

    public JudgeEpoch {
        requireText("provider", provider);
        requireText("model", model);
        requireText("promptHash", promptHash);
        requireText("rubricVersion", rubricVersion);
        Require.notNegative("temperature", temperature);
    }

    private static void requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("%s must not be blank: '%s'".formatted(name, value));
        }
    }
}
