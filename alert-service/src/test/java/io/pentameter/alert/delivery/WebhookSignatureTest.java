package io.pentameter.alert.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pentameter.alert.destination.WebhookSecret;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    private static final WebhookSecret SECRET = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    @Test
    void matchesThePublishedVectorOfStandardWebhooks() {
        String signature = WebhookSignature.of(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1_614_265_330),
                "{\"test\": 2432232314}",
                List.of(SECRET));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void hasOneSignatureForEachSecret() {
        WebhookSecret other = WebhookSecret.from(() -> new byte[24]);

        String both = WebhookSignature.of("msg_1", Instant.EPOCH, "{}", List.of(other, SECRET));

        assertThat(both.split(" ", -1))
                .containsExactly(
                        WebhookSignature.of("msg_1", Instant.EPOCH, "{}", List.of(other)),
                        WebhookSignature.of("msg_1", Instant.EPOCH, "{}", List.of(SECRET)));
    }

    @Test
    void aSecretHasItsPrefixAndItsLengthAndIsNotPrinted() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookSecret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookSecret.from(() -> new byte[23]));
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookSecret.from(() -> new byte[65]));
        assertThat(SECRET).hasToString("WebhookSecret[hidden]");
    }
}
