package io.pentameter.aggregation.generation;

import com.fasterxml.jackson.annotation.JsonValue;
import io.pentameter.kit.problem.Problem.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** By which prices an amount is told: the one place that says which repriced costs count. */
public enum PriceBasis {
    /** What spans cost with what was repriced since; what is meant unless something else is asked for. */
    AS_PRICED_NOW("current"),
    /** What spans cost when they came. */
    AS_BILLED("billed");

    private final String formerWord;

    /** @param formerWord which metrics queries had before the other routes knew a basis; still understood */
    PriceBasis(String formerWord) {
        this.formerWord = formerWord;
    }

    /** As in the API. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words of the API. */
    public static List<String> words() {
        return Arrays.stream(values()).map(PriceBasis::word).toList();
    }

    static Optional<PriceBasis> of(String word) {
        return Arrays.stream(values())
                .filter(basis -> basis.word().equals(word) || basis.formerWord.equals(word))
                .findFirst();
    }

    /**
     * What is asked for.
     *
     * @param word   absent: as priced now
     * @param faults takes a complaint about a word that is none
     */
    public static PriceBasis read(String field, @Nullable String word, List<Fault> faults) {
        Optional<PriceBasis> basis = word == null ? Optional.of(AS_PRICED_NOW) : of(word);
        if (basis.isEmpty()) {
            faults.add(new Fault(field, "must be one of %s: '%s'".formatted(words(), word)));
        }
        return basis.orElse(AS_PRICED_NOW);
    }

    /** Those of the visible generations whose costs count. */
    public Generations of(Generations visible) {
        return switch (this) {
            case AS_PRICED_NOW -> visible;
            case AS_BILLED -> Generations.NONE;
        };
    }

    /** Whether rollups hold these amounts: they hold current costs, and what was billed only where nothing was repriced. */
    public boolean isInRollups(Generations visible) {
        return this == AS_PRICED_NOW || visible.isEmpty();
    }
}
