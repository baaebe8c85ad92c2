package io.pentameter.quality.judge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A judge as clients see it. Its API key is never shown; money is decimal text.
 *
 * @param usedTodayUsd spent and set aside on this UTC day
 * @param judgements   what became of what it was asked; absent in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
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
        Instant updatedAt,
        PostgresJudgements.@Nullable Judgements judgements) {

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
                judge.updatedAt(),
                null);
    }

    JudgeView with(PostgresJudgements.Judgements found) {
        return new JudgeView(
                id,
                name,
                rubric,
                rubricVersion,
                model,
                endpoint,
                hasApiKey,
                inputUsdPerMillionTokens,
                outputUsdPerMillionTokens,
                dailyBudgetUsd,
                usedTodayUsd,
                target,
                features,
                enabled,
                createdAt,
                updatedAt,
                found);
    }

    static String usd(long nanoUsd) {
        return nanoUsd == 0
                ? "0"
                : BigDecimal.valueOf(nanoUsd, NANO_SCALE).stripTrailingZeros().toPlainString();
    }
}
