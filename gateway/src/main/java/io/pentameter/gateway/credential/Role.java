package io.pentameter.gateway.credential;

import io.pentameter.kit.token.Scope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a person is in a tenant, and the scopes that follow: the one place where this is decided. */
public enum Role {
    VIEWER,
    ANNOTATOR,
    DEVELOPER,
    ADMIN,
    COMPLIANCE;

    /** Role in the realm, not in a tenant, that makes a person an operator of the platform. */
    static final String OPERATOR_REALM_ROLE = "operator";

    private Set<Scope> scopes() {
        return switch (this) {
            case VIEWER -> Set.of(Scope.READ);
            case ANNOTATOR -> Set.of(Scope.READ, Scope.ANNOTATE);
            case DEVELOPER -> Set.of(Scope.READ, Scope.PAYLOAD, Scope.INGEST);
            case ADMIN -> Set.of(Scope.READ, Scope.PAYLOAD, Scope.ADMIN, Scope.INGEST);
            case COMPLIANCE -> Set.of(Scope.READ, Scope.COMPLIANCE, Scope.PAYLOAD);
        };
    }

    /** The word in the API, for example {@code viewer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> ofWord(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** All words, for messages: {@code viewer, annotator, …}. */
    public static String words() {
        return Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "));
    }

    /** Scopes of somebody with these roles. */
    static Set<Scope> scopesOf(Set<Role> roles) {
        Set<Scope> all = EnumSet.noneOf(Scope.class);
        roles.forEach(role -> all.addAll(role.scopes()));
        return all;
    }
}
