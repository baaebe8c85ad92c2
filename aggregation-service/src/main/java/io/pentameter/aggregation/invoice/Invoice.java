package io.pentameter.aggregation.invoice;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An import, as it stands. It is never edited: the same content is the same import, and a wrong one is withdrawn.
 *
 * @param id       made of its content, provider, account and rates
 * @param version  grows when it is withdrawn or imported again
 * @param provider canonical word, as on spans
 * @param account  the tenant's name for the account at the provider; empty for the only one
 * @param from     first day in UTC that it speaks of
 * @param to       the day after the last
 * @param isDaily  whether no line is longer than a day, so that days can be compared
 * @param lines    how many
 * @param usd      sum of the charges
 */
public record Invoice(
        String id,
        long version,
        boolean isWithdrawn,
        String provider,
        String account,
        Format format,
        String name,
        LocalDate from,
        LocalDate to,
        boolean isDaily,
        Content content,
        int lines,
        BigDecimal usd,
        String importedBy,
        Instant importedAt) {

    /** In what form it came. */
    public enum Format {
        OPENAI_USAGE,
        OPENAI_COSTS,
        ANTHROPIC_USAGE,
        ANTHROPIC_COST,
        CSV,
        FOCUS_CSV;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isTable() {
            return this == CSV || this == FOCUS_CSV;
        }

        /** The provider, where the format says it; empty for tables. */
        String provider() {
            return switch (this) {
                case OPENAI_USAGE, OPENAI_COSTS -> "openai";
                case ANTHROPIC_USAGE, ANTHROPIC_COST -> "anthropic";
                case CSV, FOCUS_CSV -> "";
            };
        }

        static Optional<Format> of(String word) {
            return Arrays.stream(values())
                    .filter(format -> format.word().equals(word))
                    .findFirst();
        }

        static List<String> words() {
            return Arrays.stream(values()).map(Format::word).toList();
        }
    }

    /** What its lines say; two imports of one account that say the same of the same day would count it twice. */
    public enum Content {
        CHARGES,
        USAGE,
        BOTH;

        boolean sharesWith(Content other) {
            return this == BOTH || other == BOTH || this == other;
        }

        public boolean hasCharges() {
            return this != USAGE;
        }

        public boolean hasUsage() {
            return this != CHARGES;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The version that takes it out of every comparison. */
    Invoice withdrawn(long newVersion) {
        return new Invoice(
                id,
                newVersion,
                true,
                provider,
                account,
                format,
                name,
                from,
                to,
                isDaily,
                content,
                lines,
                usd,
                importedBy,
                importedAt);
    }

    /** Whether some day would be counted twice with both. */
    public boolean overlaps(Invoice other) {
        return provider.equals(other.provider)
                && account.equals(other.account)
                && content.sharesWith(other.content)
                && from.isBefore(other.to)
                && other.from.isBefore(to);
    }
}
