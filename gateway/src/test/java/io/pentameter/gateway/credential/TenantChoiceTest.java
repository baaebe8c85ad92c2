package io.pentameter.gateway.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.gateway.limit.Limits;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TenantChoiceTest {

    private static final Limits DEFAULTS = new Limits(1, 1, 1);
    private static final Limits ACMES = new Limits(2, 2, 2);
    private static final Membership ACME = new Membership("acme", Set.of(Role.VIEWER, Role.ANNOTATOR), false, ACMES);
    private static final Membership GLOBEX = new Membership("globex", Set.of(Role.ADMIN), false, ACMES);

    @Test
    void theOnlyTenantNeedNotBeNamed() {
        assertThat(decide(null, false, ACME))
                .isEqualTo(new Authentication.Known(
                        new Caller(
                                "gateway",
                                "sub",
                                "acme",
                                Set.of(Scope.READ, Scope.ANNOTATE),
                                Set.of("viewer", "annotator"),
                                null,
                                "Ann"),
                        DEFAULTS,
                        ACMES));
    }

    @Test
    void ofSeveralTheTokenMustNameOne() {
        assertThat(tenant(decide("globex", false, ACME, GLOBEX))).isEqualTo("globex");
        assertThat(refusal(decide(null, false, GLOBEX, ACME)))
                .isEqualTo("403 you are a member of several tenants (acme, globex); "
                        + "your token must name one in the claim tenant");
    }

    @Test
    void aTenantOfOthersIsRefusedAndNoOtherTakenInstead() {
        assertThat(refusal(decide("initech", false, ACME)))
                .isEqualTo("403 you are not a member of the tenant that your token names: initech");
        assertThat(refusal(decide(null, false))).startsWith("403 you are not a member of any tenant");
    }

    @Test
    void anOperatorActsForNoTenantOrForItsOwnWithBothRights() {
        Authentication without = decide(null, true);
        Authentication with = decide("globex", true, ACME, GLOBEX);

        assertThat(tenant(without)).isNull();
        assertThat(((Authentication.Known) without).caller().scopes()).isEqualTo(Set.of(Scope.OPERATOR));
        assertThat(((Authentication.Known) with).caller().scopes())
                .isEqualTo(Set.of(Scope.OPERATOR, Scope.READ, Scope.PAYLOAD, Scope.ADMIN, Scope.INGEST));
        assertThat(tenant(decide("initech", true, ACME))).isNull();
    }

    @Test
    void aSuspendedTenantIsClosedToItsPeople() {
        Membership suspended = new Membership("acme", Set.of(Role.ADMIN), true, ACMES);

        assertThat(refusal(decide(null, false, suspended))).startsWith("403 the tenant is suspended");
    }

    @Test
    void eachRoleHasItsScopes() {
        assertThat(Role.scopesOf(Set.of(Role.VIEWER))).isEqualTo(Set.of(Scope.READ));
        assertThat(Role.scopesOf(Set.of(Role.ANNOTATOR))).isEqualTo(Set.of(Scope.READ, Scope.ANNOTATE));
        assertThat(Role.scopesOf(Set.of(Role.DEVELOPER))).isEqualTo(Set.of(Scope.READ, Scope.PAYLOAD, Scope.INGEST));
        assertThat(Role.scopesOf(Set.of(Role.ADMIN)))
                .isEqualTo(Set.of(Scope.READ, Scope.PAYLOAD, Scope.ADMIN, Scope.INGEST));
        assertThat(Role.scopesOf(Set.of(Role.COMPLIANCE)))
                .isEqualTo(Set.of(Scope.READ, Scope.COMPLIANCE, Scope.PAYLOAD));
        assertThat(Role.scopesOf(Set.of())).isEmpty();
        for (Role role : Role.values()) {
            assertThat(Role.scopesOf(Set.of(role))).doesNotContain(Scope.OPERATOR, Scope.SERVICE);
            assertThat(Role.ofWord(role.word())).contains(role);
        }
    }

    private static Authentication decide(@Nullable String claim, boolean isOperator, Membership... memberships) {
        Person person = new Person("sub", "ann@example.org", "Ann", claim, isOperator, Instant.MAX);
        return TenantChoice.decide(person, List.of(memberships), DEFAULTS);
    }

    private static @Nullable String tenant(Authentication outcome) {
        return ((Authentication.Known) outcome).caller().tenant();
    }

    private static String refusal(Authentication outcome) {
        var refusal = ((Authentication.Refused) outcome).refusal();
        return refusal.kind().status() + " " + refusal.sentence();
    }
}
