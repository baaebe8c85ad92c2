package io.pentameter.alert.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.alert.destination.Destination;
import io.pentameter.alert.destination.DestinationKind;
import io.pentameter.alert.destination.WebhookSecret;
import io.pentameter.alert.story.Receiver;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class HttpSenderTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final WebhookSecret SECRET = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final String BODY = "{\"type\":\"alert.firing\"}";

    private final HttpSender sender = sender(true);

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void sendsTheBodyWithItsSignature() {
        try (Receiver receiver = Receiver.content()) {
            Reply reply = sender.send(destination(receiver.url() + "?key=1"), "msg_1", BODY);

            assertThat(reply).isEqualTo(new Reply.Answered(204, null));
            Receiver.Received one = receiver.received().getFirst();
            assertThat(one.body()).isEqualTo(BODY);
            assertThat(one.headers())
                    .containsEntry("webhook-id", "msg_1")
                    .containsEntry("webhook-timestamp", String.valueOf(NOON.getEpochSecond()))
                    .containsEntry("webhook-signature", WebhookSignature.of("msg_1", NOON, BODY, List.of(SECRET)))
                    .containsEntry("content-type", "application/json");
        }
    }

    @Test
    void aReceiverThatNeverAnswersIsGivenUp() {
        try (Receiver receiver = new Receiver(_ -> Receiver.Answer.never())) {
            assertThat(sender.send(destination(receiver.url()), "msg_1", BODY)).isInstanceOf(Reply.Silent.class);
        }
    }

    @Test
    void aRedirectIsAnAnswerAndNotAnInvitation() {
        try (Receiver internal = Receiver.content();
                Receiver receiver = new Receiver(_ -> new Receiver.Answer(302, Map.of("Location", internal.url())))) {
            assertThat(sender.send(destination(receiver.url()), "msg_1", BODY))
                    .isEqualTo(new Reply.Answered(302, null));
            assertThat(internal.received()).isEmpty();
        }
    }

    @Test
    void patienceIsReadFromTheHead() {
        try (Receiver receiver = new Receiver(_ -> new Receiver.Answer(429, Map.of("Retry-After", "30")))) {
            assertThat(sender.send(destination(receiver.url()), "msg_1", BODY))
                    .isEqualTo(new Reply.Answered(429, Duration.ofSeconds(30)));
        }
    }

    @Test
    void anInternalAddressIsNotEvenAsked() {
        try (Receiver receiver = Receiver.content()) {
            HttpSender strict = sender(false);

            Reply byNumber = strict.send(destination(receiver.url()), "msg_1", BODY);
            Reply byName = strict.send(destination(receiver.url().replace("127.0.0.1", "localhost")), "msg_1", BODY);

            assertThat(byNumber).isInstanceOf(Reply.Refused.class);
            assertThat(byName).isInstanceOf(Reply.Refused.class);
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void nobodyThereIsSilence() {
        String url;
        try (Receiver receiver = Receiver.content()) {
            url = receiver.url();
        }

        assertThat(sender.send(destination(url), "msg_1", BODY)).isInstanceOf(Reply.Silent.class);
    }

    private static HttpSender sender(boolean allowPrivate) {
        return new HttpSender(VERTX, new Limits(), InstantSource.fixed(NOON), allowPrivate);
    }

    private static Destination destination(String url) {
        return new Destination(
                "dest_1",
                "acme",
                "ops",
                DestinationKind.WEBHOOK,
                URI.create(url),
                SECRET,
                null,
                true,
                null,
                NOON,
                NOON);
    }

    private static final class Limits implements DeliveryConfig {

        @Override
        public Duration pause() {
            return Duration.ofMillis(100);
        }

        @Override
        public Duration connectLimit() {
            return Duration.ofMillis(500);
        }

        @Override
        public Duration answerLimit() {
            return Duration.ofMillis(500);
        }

        @Override
        public int maxInFlight() {
            return 1;
        }

        @Override
        public int maxPerDestination() {
            return 1;
        }

        @Override
        public Duration retention() {
            return Duration.ofDays(1);
        }
    }
}
