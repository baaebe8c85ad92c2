package io.pentameter.quality.judge;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A judge as clients see it. Its API key is never shown; money is decimal text.
 *
 * @param usedTodayUsd spent and set aside on this UTC day
 */
record JudgeView(
        String id,
        String name,
        String rubric,
        int rubricVersion,
        String model,
        String endpoint,
        boolean hasApiKey,
        String inputUsdPerMillionTokens,
        String outputUsdPerMillionTokens,
        String dailyBudgetUsd,
        String usedTodayUsd,
        String target,
        List<String> features,
        boolean enabled,
        Instant createdAt,
        Instant updatedAt) {

    private static final int NANO_SCALE = 9;

    static JudgeView of(Judge judge, long usedNanoUsd) {
        return new JudgeView(
                judge.id(),
                judge.name(),
                judge.rubric(),
                judge.rubricVersion(),
                judge.model(),
                judge.endpoint().toString(),
                judge.sealedKey() != null,
                judge.price().inputUsdPerMillion().toPlainString(),
                judge.price().outputUsdPerMillion().toPlainString(),
                usd(judge.dailyBudgetNanoUsd()),
                usd(usedNanoUsd),
                judge.target().word(),
                judge.features().stream().sorted().toList(),
                judge.enabled(),
                judge.createdAt(),
                judge.updatedAt());
    }

    static String usd(long nanoUsd) {
        return nanoUsd == 0
                ? "0"
                : BigDecimal.valueOf(nanoUsd, NANO_SCALE).stripTrailingZeros().toPlainString();
    }
}
