package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.idempotency.RepeatableId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a change of pools comes to, given those that there are. */
final class PoolChanges {

    /** Of the ids of pools. */
    static final String PREFIX = "pool_";

    private PoolChanges() {}

    /** Who changes something, and when. */
    record Author(String subject, Instant at) {}

    /**
     * What is to be done for an import.
     *
     * @param changed new pools and new versions
     * @param all     one pool for each of the terms, in their order, changed or as it was
     */
    record Import(List<Pool> changed, List<Pool> all) {}

    /**
     * A pool of that name that some day falls into both: two amounts for one thing on one day.
     *
     * @param except id of the pool that is being replaced; empty for none
     */
    static Optional<Pool> overlapping(List<Pool> present, Pool.Terms terms, String except) {
        return present.stream()
                .filter(pool -> !pool.id().equals(except))
                .filter(pool -> pool.terms().name().equals(terms.name()))
                .filter(pool -> overlap(pool.terms(), terms))
                .findFirst();
    }

    static boolean overlap(Pool.Terms one, Pool.Terms other) {
        return one.to().map(end -> other.from().isBefore(end)).orElse(true)
                && other.to().map(end -> one.from().isBefore(end)).orElse(true);
    }

    /**
     * Imports terms: a pool of the same name and first day is replaced, or left alone if nothing differs; so the same import
     * again changes nothing.
     */
    static Import of(List<Pool> present, List<Pool.Terms> terms, String tenant, Author author) {
        List<Pool> changed = new ArrayList<>();
        List<Pool> all = new ArrayList<>();
        for (Pool.Terms one : terms) {
            Optional<Pool> same = present.stream()
                    .filter(pool -> pool.terms().name().equals(one.name()))
                    .filter(pool -> pool.terms().from().equals(one.from()))
                    .findFirst();
            if (same.isPresent() && SqlPools.definition(same.get().terms()).equals(SqlPools.definition(one))) {
                all.add(same.get());
            } else {
                Pool pool = same.map(pooled -> next(pooled, one, author))
                        .orElseGet(() ->
                                first(RepeatableId.of(PREFIX, tenant, one.name() + "\n" + one.from()), one, author));
                changed.add(pool);
                all.add(pool);
            }
        }
        return new Import(changed, all);
    }

    static Pool first(String id, Pool.Terms terms, Author author) {
        return new Pool(id, micros(author.at()), terms, author.subject(), author.at());
    }

    /** Its next version; versions grow even if the clock does not. */
    static Pool next(Pool pool, Pool.Terms terms, Author author) {
        long version = Math.max(micros(author.at()), pool.version() + 1);
        return new Pool(pool.id(), version, terms, author.subject(), author.at());
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
