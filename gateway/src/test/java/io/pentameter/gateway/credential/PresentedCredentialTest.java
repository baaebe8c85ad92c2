package io.pentameter.gateway.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresentedCredentialTest {

    private static final String KEY = KeyTextTest.KEY;
    private static final PresentedCredential FOUND =
            new PresentedCredential.Key(KeyText.parse(KEY).orElseThrow());

    @Test
    void aKeyIsFoundWhereverAClientPutsIt() {
        for (Map<String, List<String>> headers : List.of(
                Map.of("authorization", List.of("Bearer " + KEY)),
                Map.of("authorization", List.of("bearer   " + KEY + " ")),
                Map.of("authorization", List.of(KEY)),
                Map.of("authorization", List.of("Token " + KEY)),
                Map.of("authorization", List.of(basic("pk:" + KEY))),
                Map.of("authorization", List.of(basic(KEY + ":"))),
                Map.of("authorization", List.of(basic(KEY))),
                Map.of("x-api-key", List.of(KEY)),
                Map.of("api_key", List.of(KEY)),
                Map.of("api-key", List.of(KEY)),
                Map.of("dd-api-key", List.of(KEY)),
                Map.of("wandb-api-key", List.of(KEY)),
                Map.of("helicone-auth", List.of("Bearer " + KEY)),
                Map.of("authorization", List.of(basic("api:" + KEY))),
                Map.of("x-api-key", List.of(KEY), "dd-api-key", List.of(KEY)),
                Map.of("x-api-key", List.of("something else"), "authorization", List.of("Bearer " + KEY)))) {
            assertThat(read(headers)).as("%s", headers).isEqualTo(FOUND);
        }
    }

    @Test
    void anyOtherBearerTokenIsAPersons() {
        assertThat(read(Map.of("authorization", List.of("Bearer a.b.c"))))
                .isEqualTo(new PresentedCredential.Person("a.b.c"))
                .hasToString("Person[…]");
    }

    @Test
    void aKeyGoesBeforeATokenThatAClientSendsToo() {
        assertThat(read(Map.of("authorization", List.of("Bearer a.b.c"), "x-api-key", List.of(KEY))))
                .isEqualTo(FOUND);
    }

    @Test
    void whatCannotBeCheckedSaysWhy() {
        String other = KEY.replace("0123", "3210");

        assertThat(reason(Map.of())).isEqualTo("no_credential");
        assertThat(reason(Map.of("x-api-key", List.of("pm_x")))).isEqualTo("malformed_key");
        assertThat(reason(Map.of("authorization", List.of("Basic %%%")))).isEqualTo("malformed_key");
        assertThat(reason(Map.of("authorization", List.of("Bearer pm_x")))).isEqualTo("malformed_key");
        assertThat(reason(Map.of("x-api-key", List.of(KEY, other)))).isEqualTo("several_credentials");
        assertThat(reason(Map.of("authorization", List.of("Bearer a", "Bearer b"))))
                .isEqualTo("several_credentials");
    }

    private static String reason(Map<String, List<String>> headers) {
        return ((PresentedCredential.Unusable) read(headers)).refusal().reason();
    }

    private static PresentedCredential read(Map<String, List<String>> headers) {
        return PresentedCredential.read(name -> headers.getOrDefault(name, List.of()));
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
