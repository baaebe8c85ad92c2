package io.pentameter.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.pentameter.stack.otlp.SpanSender.Fate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VendorSourceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
    private String answer = "{}";
    private int status = 202;
    private HttpServer server;
    private VendorSender sender;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        sender = new VendorSender("http://127.0.0.1:" + server.getAddress().getPort(), "key");
    }

    @AfterEach
    void stop() {
        sender.close();
        server.stop(0);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void everyTalkThatIsBegunIsEndedOnceAndAddsUp(Vendor vendor) throws IOException {
        status = vendor.taken();
        Source source = source(vendor);
        List<Parcel> parcels = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            parcels.add(source.next());
        }
        parcels.addAll(source.rest());

        parcels.forEach(parcel -> assertThat(parcel.sending().get()).isEqualTo(new Fate.Accepted(0)));

        List<Trace> whole = new ArrayList<>();
        for (Parcel parcel : parcels) {
            Trace trace = parcel.completes();
            if (trace != null) {
                whole.add(trace);
            }
        }
        assertThat(whole).doesNotHaveDuplicates();
        assertThat(parcels).hasSize(whole.size() * (vendor == Vendor.DATADOG ? 1 : 2));
        assertThat(source.rest()).isEmpty();
        assertThat(outputTokens())
                .isEqualTo(whole.stream()
                        .mapToLong(trace -> trace.amounts().outputTokens())
                        .sum());
    }

    @Test
    void aParcelIsTheSameBytesEachTime() {
        Parcel parcel = source(Vendor.LANGFUSE).next();

        var _ = parcel.sending().get();
        var _ = parcel.sending().get();

        assertThat(bodies).hasSize(2);
        assertThat(bodies.stream().distinct()).hasSize(1);
    }

    @Test
    void whatWasRefusedInPartIsNotTaken() {
        answer = "{\"errors\": [{\"id\": \"a\"}]}";

        assertThat(sender.send(Vendor.LANGSMITH, "{}")).isEqualTo(new Fate.Accepted(1));
    }

    @Test
    void whatIsPutOffIsSentAgainAndTheRestIsNot() {
        status = 503;
        assertThat(sender.send(Vendor.DATADOG, "[]")).isEqualTo(new Fate.Retry("status 503"));

        status = 500;
        assertThat(sender.send(Vendor.DATADOG, "[]")).isEqualTo(new Fate.Refused(500, "{}"));

        status = 202; // Langfuse's answer is 207, anything else its SDK throws away
        assertThat(sender.send(Vendor.LANGFUSE, "{}")).isEqualTo(new Fate.Refused(202, "{}"));
    }

    private Source source(Vendor vendor) {
        return new VendorSource(
                vendor,
                sender,
                Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC),
                new Groups("run", vendor.client()),
                new SplittableRandom(5));
    }

    /** Wherever a dialect has them. */
    private long outputTokens() throws IOException {
        long sum = 0;
        for (String body : bodies) {
            JsonNode json = JSON.readTree(body);
            for (String place : List.of("usageDetails", "usage_metadata", "metrics")) {
                for (JsonNode usage : json.findValues(place)) {
                    sum += usage.path("output").asLong()
                            + usage.path("output_tokens").asLong();
                }
            }
        }
        return sum;
    }
}
