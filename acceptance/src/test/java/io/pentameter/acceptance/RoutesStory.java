package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the services serve is what the gateway offers. Both lists are made by the build: one from the services' resources, one is
 * the gateway's OpenAPI document, which the gateway's own test holds against its table of routes.
 */
class RoutesStory {

    private static final String PUBLIC = " /api/v1/";

    @ParameterizedTest
    @CsvSource({
        "ingest-service, ingest",
        "aggregation-service, query",
        "quality-service, quality",
        "alert-service, alerts",
        "gateway, ''"
    })
    void theGatewayOffersWhatTheServiceServesAndNothingElse(String service, String tag) throws IOException {
        Map<String, Set<String>> served = ServedRoutes.of(service);
        Set<String> offered = offered(tag).stream()
                .map(ApiDescription.Operation::name)
                .filter(name -> name.contains(PUBLIC))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(served.keySet().stream().filter(name -> name.contains(PUBLIC)))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(offered);
    }

    @ParameterizedTest
    @CsvSource({"aggregation-service, query", "quality-service, quality", "alert-service, alerts", "gateway, ''"})
    void everyParameterThatTheServiceReadsIsDescribed(String service, String tag) throws IOException {
        Map<String, Set<String>> served = ServedRoutes.of(service);

        for (ApiDescription.Operation operation : offered(tag)) {
            assertThat(operation.queries())
                    .as(operation.name())
                    .containsAll(served.getOrDefault(operation.name(), Set.of()));
        }
    }

    @Test
    void noRouteBehindTheDoorIsOffered() throws IOException {
        assertThat(ServedRoutes.of("aggregation-service")).containsKey("POST /internal/v1/metrics/query-all");
        List<String> offered = new ArrayList<>();
        for (String tag : List.of("ingest", "vendors", "query", "quality", "alerts", "gateway", "")) {
            offered(tag).forEach(operation -> offered.add(operation.path()));
        }
        assertThat(offered).isNotEmpty().noneMatch(path -> path.contains("internal"));
    }

    private static List<ApiDescription.Operation> offered(String tag) throws IOException {
        Path document = ServiceClasses.ROOT.resolve("gateway/target/openapi/openapi.json");
        return ApiDescription.operations(new ObjectMapper().readTree(Files.readString(document))).stream()
                .filter(operation -> operation.tag().equals(tag))
                .toList();
    }
}
