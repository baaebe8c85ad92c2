package io.pentameter.gateway.credential;

import io.pentameter.gateway.error.Refusal;
import io.pentameter.gateway.limit.Limits;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rule that says in which tenant a person acts, and with which rights. */
final class TenantChoice {

    private TenantChoice() {}

    /**
     * The tenant that the token names; without one, the only tenant of the person.
     *
     * <p>An operator without a tenant acts for none. A tenant that the person does not belong to is refused in the
     * same words whether it exists or not.
     */
    static Authentication decide(Person person, List<Membership> memberships, Limits defaults) {
        Optional<Membership> chosen = choose(person, memberships);
        if (chosen.isEmpty()) {
            return person.isOperator()
                    ? authenticated(person, null, defaults)
                    : new Authentication.Refused(refusal(person, memberships));
        }
        Membership membership = chosen.get();
        if (membership.tenantSuspended() && !person.isOperator()) {
            return new Authentication.Refused(KeyVerdict.TENANT_SUSPENDED.refusal());
        }
        return authenticated(person, membership, defaults);
    }

    private static Optional<Membership> choose(Person person, List<Membership> memberships) {
        if (person.tenant() != null) {
            return memberships.stream()
                    .filter(membership -> membership.tenant().equals(person.tenant()))
                    .findFirst();
        }
        return memberships.size() == 1 ? Optional.of(memberships.getFirst()) : Optional.empty();
    }

    private static Refusal refusal(Person person, List<Membership> memberships) {
        if (person.tenant() != null) {
            return Refusal.of(
                    ProblemKind.FORBIDDEN,
                    "no_member",
                    "you are not a member of the tenant that your token names: " + person.tenant());
        }
        return memberships.isEmpty()
                ? Refusal.of(
                        ProblemKind.FORBIDDEN,
                        "no_member",
                        "you are not a member of any tenant; ask an admin of yours to add your verified e-mail address")
                : Refusal.of(
                        ProblemKind.FORBIDDEN,
                        "several_tenants",
                        "you are a member of several tenants (%s); your token must name one in the claim tenant"
                                .formatted(memberships.stream()
                                        .map(Membership::tenant)
                                        .sorted()
                                        .collect(Collectors.joining(", "))));
    }

    private static Authentication authenticated(Person person, @Nullable Membership membership, Limits defaults) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        if (membership != null) {
            scopes.addAll(Role.scopesOf(membership.roles()));
        }
        if (person.isOperator()) {
            scopes.add(Scope.OPERATOR);
        }
        Set<String> roles = membership == null
                ? Set.of()
                : membership.roles().stream().map(Role::word).collect(Collectors.toSet());
        Caller caller = new Caller(
                Authentication.ISSUER,
                person.subject(),
                membership == null ? null : membership.tenant(),
                scopes,
                roles,
                null,
                person.name());
        return new Authentication.Known(caller, defaults, membership == null ? defaults : membership.tenantLimits());
    }
}
