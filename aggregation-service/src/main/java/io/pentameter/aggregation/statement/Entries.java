package io.pentameter.aggregation.statement;

import io.pentameter.aggregation.cost.Keys;
import io.pentameter.aggregation.pool.SharedCosts.Share;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What lines are made of: the ledger's values, and the shares of pools that belong to them. */
final class Entries {

    /** Lines of a statement, those of pools among them. */
    static final int MAX_ENTRIES = 50_000;

    private static final Comparator<Charge> CHARGES = Comparator.comparing(Charge::kind)
            .thenComparing(charge -> String.valueOf(charge.name()))
            .thenComparing(charge -> String.valueOf(charge.pool()));

    private Entries() {}

    /**
     * One line to be.
     *
     * @param key    the value; empty where it is not known, {@link Keys#OTHER} for all beyond the limit
     * @param values how many it stands for
     * @param days   nano-dollars by day
     */
    record Entry(String key, long values, Charge charge, SqlStatement.Sums sums, Map<LocalDate, Long> days) {}

    /**
     * In the order of the values, which is the stable id that ties of cents go by: what calls cost before pools, all others last,
     * then what belongs to nobody.
     *
     * @param limit values that have lines of their own
     */
    static List<Entry> of(SqlStatement.Found found, List<Share> shares, int limit) {
        Map<String, Map<Charge, Entry>> byKey = new TreeMap<>();
        found.lines().forEach((key, sums) -> put(byKey, new Entry(key, 1, Charge.USAGE, sums, days(found, key))));
        if (found.hidden() > 0) {
            put(
                    byKey,
                    new Entry(
                            Keys.OTHER,
                            Math.max(2, found.hidden()),
                            Charge.USAGE,
                            found.others(),
                            days(found, Keys.OTHER)));
        }
        Map<Charge, Entry> ofNobody = new TreeMap<>(CHARGES);
        for (Share share : shares) {
            long nano = share.usd().movePointRight(9).longValueExact();
            Charge charge = charge(share);
            Map<Charge, Entry> entries = ofNobody;
            String key = "";
            if (!charge.isOfNobody()) {
                key = share.element().getFirst();
                if (!byKey.containsKey(key) && byKey.size() >= limit) {
                    key = Keys.OTHER;
                }
                entries = byKey.computeIfAbsent(key, _ -> new TreeMap<>(CHARGES));
            }
            long values = key.equals(Keys.OTHER) ? 2 : 1;
            entries.merge(charge, shared(key, values, charge, share.day(), nano), Entries::sum);
        }
        List<Entry> all = new ArrayList<>();
        Map<Charge, Entry> others = byKey.getOrDefault(Keys.OTHER, Map.of());
        byKey.remove(Keys.OTHER);
        byKey.values().forEach(entries -> all.addAll(entries.values()));
        all.addAll(others.values());
        all.addAll(ofNobody.values());
        if (all.size() > MAX_ENTRIES) {
            throw new ProblemException(
                    ProblemKind.UNPROCESSABLE,
                    "the statement would have more than %d lines: ask for a dimension of fewer values, or with shared=exclude"
                            .formatted(MAX_ENTRIES));
        }
        return all;
    }

    private static void put(Map<String, Map<Charge, Entry>> byKey, Entry entry) {
        byKey.computeIfAbsent(entry.key(), _ -> new TreeMap<>(CHARGES)).put(entry.charge(), entry);
    }

    private static Charge charge(Share share) {
        Charge.Kind kind = switch (share.part()) {
            case SHARED -> Charge.Kind.SHARED;
            case UNALLOCATED -> Charge.Kind.UNALLOCATED;
            case IDLE -> Charge.Kind.IDLE;
        };
        return new Charge(kind, share.pool().id(), share.pool().name());
    }

    private static Entry shared(String key, long values, Charge charge, LocalDate day, long nano) {
        return new Entry(key, values, charge, new SqlStatement.Sums(nano, 0, 0, 0, 0), Map.of(day, nano));
    }

    private static Entry sum(Entry one, Entry other) {
        Map<LocalDate, Long> days = new HashMap<>(one.days());
        other.days().forEach((day, nano) -> days.merge(day, nano, Math::addExact));
        return new Entry(one.key(), one.values(), one.charge(), one.sums().plus(other.sums()), days);
    }

    private static Map<LocalDate, Long> days(SqlStatement.Found found, String key) {
        Map<LocalDate, Long> days = new HashMap<>();
        found.days().forEach((day, nanos) -> {
            Long nano = nanos.get(key);
            if (nano != null) {
                days.put(LocalDate.ofInstant(day, ZoneOffset.UTC), nano);
            }
        });
        return days;
    }
}
