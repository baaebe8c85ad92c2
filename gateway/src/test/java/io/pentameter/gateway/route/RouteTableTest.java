package io.pentameter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pentameter.kit.token.Scope;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteTableTest {

    private final RouteTable table = RouteTable.ofPentameter();

    @Test
    void eachPathLeadsToItsService() {
        assertThat(upstream("POST", "/v1/traces")).isEqualTo(Upstream.INGEST);
        assertThat(upstream("POST", "/v1/logs")).isEqualTo(Upstream.INGEST);
        assertThat(upstream("POST", "/opentelemetry.proto.collector.logs.v1.LogsService/Export"))
                .isEqualTo(Upstream.INGEST);
        assertThat(upstream("POST", "/api/public/otel/v1/logs")).isEqualTo(Upstream.INGEST);
        assertThat(upstream("POST", "/api/public/otel/v1/traces")).isEqualTo(Upstream.INGEST);
        assertThat(upstream("POST", "/api/public/ingestion")).isEqualTo(Upstream.INGEST);
        assertThat(upstream("POST", "/runs/multipart")).isEqualTo(Upstream.INGEST);
        assertThat(upstream("PATCH", "/langsmith/runs/0190")).isEqualTo(Upstream.INGEST);
        assertThat(upstream("POST", "/evp_proxy/v2/api/v2/llmobs")).isEqualTo(Upstream.INGEST);
        assertThat(upstream("POST", "/api/v1/metrics/query")).isEqualTo(Upstream.AGGREGATION);
        assertThat(upstream("GET", "/api/v1/traces/0af7")).isEqualTo(Upstream.AGGREGATION);
        assertThat(upstream("POST", "/api/v1/traces/search")).isEqualTo(Upstream.AGGREGATION);
        assertThat(upstream("GET", "/api/v1/accounting/dead-letters")).isEqualTo(Upstream.AGGREGATION);
        assertThat(upstream("PUT", "/api/v1/judges/a")).isEqualTo(Upstream.QUALITY);
        assertThat(upstream("DELETE", "/api/v1/rules/r1")).isEqualTo(Upstream.ALERT);
        assertThat(upstream("GET", "/api/v1/me")).isEqualTo(Upstream.GATEWAY);
        assertThat(upstream("POST", "/api/v1/keys/key_1/rotate")).isEqualTo(Upstream.GATEWAY);
    }

    @Test
    void whatIsNotInTheTableIsUnknown() {
        for (String path : new String[] {
            "/",
            "/internal/query",
            "/q/health",
            "/v1",
            "/v1/traces/x",
            "/api/v1/rulesx",
            "/api/v1/keys/a/b",
            "/api/v1/judges/a/b",
            "/api/v1/dimensions",
            "/api/v1/traces/a/b"
        }) {
            assertThat(table.match("GET", path)).as(path).isEqualTo(new RouteMatch.Unknown());
        }
    }

    @Test
    void anotherMethodIsToldWhichThereAre() {
        assertThat(table.match("GET", "/v1/traces"))
                .isEqualTo(new RouteMatch.OtherMethods(Set.of("POST"), Dialect.OTLP));
        assertThat(table.match("OPTIONS", "/api/v1/rules"))
                .isEqualTo(new RouteMatch.OtherMethods(Set.of("GET", "POST"), Dialect.PROBLEM));
    }

    @Test
    void readingAndChangingNeedDifferentScopes() {
        assertThat(route("GET", "/api/v1/rules").allows(Set.of(Scope.READ))).isTrue();
        assertThat(route("POST", "/api/v1/rules").allows(Set.of(Scope.READ, Scope.INGEST, Scope.PAYLOAD)))
                .isFalse();
        assertThat(route("POST", "/api/v1/rules").allows(Set.of(Scope.ADMIN))).isTrue();
        assertThat(route("POST", "/api/v1/rules/r1/test").allows(Set.of(Scope.READ)))
                .isTrue();
        assertThat(route("POST", "/api/v1/judges/j1/test").allows(Set.of(Scope.READ)))
                .isFalse();
        assertThat(route("POST", "/v1/traces").allows(Set.of(Scope.READ))).isFalse();
        assertThat(route("GET", "/api/v1/audit").allows(Set.of(Scope.READ))).isFalse();
        assertThat(route("GET", "/api/v1/audit").allows(Set.of(Scope.COMPLIANCE)))
                .isTrue();
        assertThat(route("GET", "/api/v1/me").allows(Set.of())).isTrue();
        assertThat(route("GET", "/api/v1/admin/tenants").allows(Set.of(Scope.ADMIN)))
                .isFalse();
    }

    @Test
    void everyRouteButDescriptionsWantsACaller() {
        assertThat(RouteTable.all())
                .filteredOn(Route::isOpen)
                .extracting(Route::template)
                .containsExactlyInAnyOrder("/api/v1/openapi", "/api/public/health", "/langsmith/info", "/info");
        assertThat(RouteTable.all()).filteredOn(r -> r.anyOf().isEmpty()).hasSize(5);
    }

    @Test
    void readsOfPayloadsAndOfTheAuditLogAreAudited() {
        assertThat(route("GET", "/api/v1/traces/0af7").audited()).isEqualTo(Audited.PAYLOAD_READ);
        assertThat(route("GET", "/api/v1/audit").audited()).isEqualTo(Audited.AUDIT_READ);
        assertThat(route("GET", "/api/v1/traces").audited()).isEqualTo(Audited.NO);
        assertThat(route("POST", "/api/v1/rules").isAdministrative()).isTrue();
        assertThat(route("GET", "/api/v1/rules").isAdministrative()).isFalse();
    }

    @Test
    void pathsThatTwoProgramsMayReadDifferentlyAreNotPlain() {
        for (String path : new String[] {
            "",
            "x",
            "/a/../b",
            "/a/./b",
            "//a",
            "/a//b",
            "/a/",
            "/a/%2e%2e/b",
            "/a%2Fb",
            "/a%5cb",
            "/a\\b",
            "/a;x=1",
            "/a%00",
            "/a%0a",
            "/a%",
            "/a%2",
            "/a%zz",
            "/a b",
            "/ä",
            "/%252e",
            "/a%3b",
            "/" + "a".repeat(1024)
        }) {
            assertThat(PublicPath.isPlain(path)).as(path).isFalse();
        }
        for (String path : new String[] {"/", "/a", "/a.b/c-d_e~f", "/a%20b", "/a%C3%A4", "/a:b@c", "/a=b,c"}) {
            assertThat(PublicPath.isPlain(path)).as(path).isTrue();
        }
    }

    @Test
    void aRouteNeedsAMethodAndASlash() {
        assertThatIllegalArgumentException().isThrownBy(() -> Route.of("GET", "a", Upstream.INGEST));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Route(Set.of(), "/a", Upstream.INGEST, Set.of(), Dialect.OTLP, Audited.NO, false));
    }

    private Upstream upstream(String method, String path) {
        return route(method, path).upstream();
    }

    private Route route(String method, String path) {
        return ((RouteMatch.Found) table.match(method, path)).route();
    }
}
