package io.pentameter.alert.rule;

import java.math.BigDecimal;
import java.util.Optional;

/** How a value is held against a threshold. */
public enum Comparison {
    ABOVE(">"),
    AT_LEAST(">="),
    BELOW("<"),
    AT_MOST("<=");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    /** Whether the value is on the bad side. */
    public boolean breaches(BigDecimal value, BigDecimal threshold) {
        int order = value.compareTo(threshold);
        return switch (this) {
            case ABOVE -> order > 0;
            case AT_LEAST -> order >= 0;
            case BELOW -> order < 0;
            case AT_MOST -> order <= 0;
        };
    }

    /** Whether the bad side is the upper one. */
    public boolean isUpward() {
        return this == ABOVE || this == AT_LEAST;
    }

    public String sign() {
        return sign;
    }

    public static Optional<Comparison> ofSign(String sign) {
        for (Comparison comparison : values()) {
            if (comparison.sign.equals(sign)) {
                return Optional.of(comparison);
            }
        }
        return Optional.empty();
    }
}
