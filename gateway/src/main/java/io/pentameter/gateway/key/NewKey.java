package io.pentameter.gateway.key;

import io.pentameter.gateway.limit.LimitOverrides;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key that is asked for.
 *
 * @param name      1 to 100 characters
 * @param scopes    one or more of ingest, read, payload, admin
 * @param expiresAt in the future; absent for a key that does not expire
 * @param limits    absent for those of the settings
 */
record NewKey(
        @Nullable String name,
        @Nullable List<String> scopes,
        @Nullable Instant expiresAt,
        @Nullable LimitOverrides limits) {

    private static final int MAX_NAME = 100;

    /** What a key may be given; the other scopes are for people and services. */
    private static final Set<Scope> GRANTABLE = Set.of(Scope.INGEST, Scope.READ, Scope.PAYLOAD, Scope.ADMIN);

    /** A request that can be granted. */
    record Checked(
            String name, List<String> scopes, @Nullable Instant expiresAt, LimitOverrides limits) {
        Checked {
            scopes = List.copyOf(scopes);
        }
    }

    /** @throws ProblemException that names all that is wrong */
    Checked check(Instant now) {
        List<Fault> faults = new ArrayList<>();
        String stripped = name == null ? "" : name.strip();
        if (stripped.isEmpty() || stripped.length() > MAX_NAME) {
            faults.add(new Fault("/name", "must have 1 to %d characters: %d".formatted(MAX_NAME, stripped.length())));
        }
        Set<String> words = scopes == null ? Set.of() : new TreeSet<>(scopes);
        Set<String> grantable = GRANTABLE.stream().map(Scope::word).collect(Collectors.toCollection(TreeSet::new));
        if (words.isEmpty() || !grantable.containsAll(words)) {
            faults.add(new Fault("/scopes", "must be one or more of %s: %s".formatted(grantable, words)));
        }
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            faults.add(new Fault("/expiresAt", "must be in the future: " + expiresAt));
        }
        LimitOverrides own = limits == null ? LimitOverrides.NONE : limits;
        faults.addAll(own.faults("/limits"));
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        return new Checked(stripped, List.copyOf(words), expiresAt, own);
    }
}
