package io.pentameter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.pentameter.kit.token.Scope;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The description that clients read and the table that the gateway goes by say the same. */
@QuarkusTest
@WithTestResource(value = GatewayEngines.class, scope = TestResourceScope.GLOBAL)
class DescriptionTest {

    private static final Map<String, Upstream> BY_TAG = Map.of(
            "ingest", Upstream.INGEST,
            "vendors", Upstream.INGEST,
            "query", Upstream.AGGREGATION,
            "quality", Upstream.QUALITY,
            "alerts", Upstream.ALERT,
            "gateway", Upstream.GATEWAY);
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Pattern NEEDS = Pattern.compile("Needs the scope ([a-z]+)(?: or ([a-z]+))?");

    @Test
    void everyRouteIsDescribedAndEveryDescribedRouteIsInTheTable() {
        JsonNode api = description();

        Map<String, Upstream> described = new TreeMap<>();
        api.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method -> described.put(
                                name(method.getKey(), path.getKey()),
                                BY_TAG.get(method.getValue().at("/tags/0").asText("gateway")))));

        assertThat(api.get("openapi").asText()).startsWith("3.1");
        Map<String, Upstream> known = new TreeMap<>();
        for (Route route : RouteTable.all()) {
            route.methods().forEach(method -> known.put(name(method, route.template()), route.upstream()));
        }
        assertThat(described).isEqualTo(known);
    }

    @Test
    void theScopeThatTheDescriptionNamesIsTheOneThatTheRouteWants() {
        JsonNode paths = description().get("paths");

        for (Route route : RouteTable.all()) {
            for (String method : route.methods()) {
                JsonNode operation = paths.path(route.template()).path(method.toLowerCase(Locale.ROOT));
                Matcher needs = NEEDS.matcher(operation.path("description").asText());
                if (needs.find()) {
                    Set<String> named = new TreeSet<>(Set.of(needs.group(1)));
                    if (needs.group(2) != null) {
                        named.add(needs.group(2));
                    }
                    assertThat(named)
                            .as(name(method, route.template()))
                            .isEqualTo(route.anyOf().stream()
                                    .map(DescriptionTest::word)
                                    .collect(Collectors.toSet()));
                }
            }
        }
    }

    private static JsonNode description() {
        return Gateway.expect(
                        200,
                        Gateway.send("GET", "/api/v1/openapi", BodyPublishers.noBody(), "Accept", "application/json"))
                .json();
    }

    private static String word(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }

    /** What a parameter is called is no difference. */
    private static String name(String method, String template) {
        return method.toUpperCase(Locale.ROOT) + " " + template.replaceAll("\\{[^}]*}", "{}");
    }
}
