package io.pentameter.ingest.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Pattern;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    // put together here, so that no scanner of secrets takes this file for a leak
    private static final String OPENAI = "sk-" + "proj-Ab3dEf6hIj9kLmN0pQrStUvWxYz12345";
    private static final String ANTHROPIC = "sk-" + "ant-api03-AbCdEfGhIjKlMnOpQrStUvWx";
    private static final String LANGFUSE = "sk-" + "lf-12345678-90ab-cdef-1234-567890abcdef";
    private static final String LANGFUSE_PUBLIC = "pk-" + "lf-12345678-90ab-cdef-1234-567890abcdef";
    private static final String AWS = "AKIA" + "IOSFODNN7EXAMPLE";
    private static final String AWS_SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final String GCP = "AIza" + "SyA1234567890abcdefghijklmnopqrstuv";
    private static final String GITHUB = "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String GITHUB_PAT = "github_pat_" + "11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz";
    private static final String SLACK = "xoxb-" + "123456789012-abcdefghijkl";
    private static final String STRIPE = "sk_live_" + "abcdefghijklmnopqrstuvwx";
    private static final String JWT =
            "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
    private static final String PEM =
            "-----BEGIN RSA " + "PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA\\n-----END RSA PRIVATE KEY-----";

    /** Text, what becomes of it, and what was found. */
    static Stream<Arguments> findings() {
        return Stream.of(
                argumentSet("OpenAI", "key " + OPENAI + " works", "key [openai_key] works", "openai_key"),
                argumentSet("Anthropic", ANTHROPIC, "[anthropic_key]", "anthropic_key"),
                argumentSet(
                        "Langfuse secret",
                        "{\"secretKey\":\"" + LANGFUSE + "\"}",
                        "{\"secretKey\":\"[langfuse_key]\"}",
                        "langfuse_key"),
                argumentSet("Langfuse public", LANGFUSE_PUBLIC, "[langfuse_key]", "langfuse_key"),
                argumentSet("AWS id", "id=" + AWS + ";", "id=[aws_key];", "aws_key"),
                argumentSet(
                        "AWS secret",
                        "aws_secret_access_key = " + AWS_SECRET,
                        "aws_secret_access_key = [aws_key]",
                        "aws_key"),
                argumentSet(
                        "AWS secret in JSON",
                        "{\"SecretAccessKey\":\"" + AWS_SECRET + "\"}",
                        "{\"SecretAccessKey\":\"[aws_key]\"}",
                        "aws_key"),
                argumentSet("Google", "?key=" + GCP + "&x=1", "?key=[gcp_key]&x=1", "gcp_key"),
                argumentSet("Google OAuth", "ya29." + "a0AfH6SMBx-abcdefghijklmnop", "[gcp_key]", "gcp_key"),
                argumentSet(
                        "GitHub",
                        "git clone https://" + GITHUB + "@github.com/x",
                        "git clone https://[github_token]@github.com/x",
                        "github_token"),
                argumentSet("GitHub, fine-grained", GITHUB_PAT, "[github_token]", "github_token"),
                argumentSet("Slack", "token: " + SLACK, "token: [slack_token]", "slack_token"),
                argumentSet("Stripe", STRIPE, "[stripe_key]", "stripe_key"),
                argumentSet(
                        "Bearer",
                        "Authorization: Bearer abc123def456ghi789",
                        "Authorization: Bearer [bearer_token]",
                        "bearer_token"),
                argumentSet("JWT", "token=" + JWT + ".", "token=[jwt].", "jwt"),
                argumentSet("private key", "here: " + PEM + " end", "here: [private_key] end", "private_key"),
                argumentSet(
                        "private key cut off",
                        "-----BEGIN " + "PRIVATE KEY-----\\nMIIE",
                        "[private_key]",
                        "private_key"),
                argumentSet("mail", "write to jane.doe+test@mail.example.co.uk.", "write to [email].", "email"),
                argumentSet(
                        "mail after an escape",
                        "{\"c\":\"hi\\nbob@example.org\"}",
                        "{\"c\":\"hi\\n[email]\"}",
                        "email"),
                argumentSet("mail after a unicode escape", "\\u00e9bob@example.org", "\\u00e9[email]", "email"),
                argumentSet("secret after an escape", "\\n" + OPENAI, "\\n[openai_key]", "openai_key"),
                argumentSet("telephone", "call +49 (30) 1234-5678 now", "call [phone] now", "phone"),
                argumentSet("US telephone", "call 415-555-2671 now", "call [phone] now", "phone"),
                argumentSet("US telephone with bracket", "call (415) 555-2671.", "call [phone].", "phone"),
                argumentSet("card", "4111 1111 1111 1111 exp 12/27", "[card] exp 12/27", "card"),
                argumentSet("card without groups", "pay 5555555555554444!", "pay [card]!", "card"),
                argumentSet("Amex", "3782-822463-10005", "[card]", "card"),
                argumentSet("IBAN", "to DE89 3704 0044 0532 0130 00 please", "to [iban] please", "iban"),
                argumentSet("IBAN without groups", "GB29NWBK60161331926819", "[iban]", "iban"),
                argumentSet("IPv4", "from 203.0.113.7, port 80", "from [ip], port 80", "ip"),
                argumentSet("IPv4 in a URL", "http://198.51.100.23/x", "http://[ip]/x", "ip"),
                argumentSet("IPv6", "host 2001:db8::8a2e:370:7334 up", "host [ip] up", "ip"),
                argumentSet("SSN", "ssn 123-45-6789", "ssn [ssn]", "ssn"));
    }

    @ParameterizedTest
    @MethodSource("findings")
    void masksWhatItFinds(String text, String expected, String word) {
        Set<String> found = new HashSet<>();

        assertThat(Redactor.STANDARD.redact(text, found)).isEqualTo(expected);
        assertThat(found).containsExactly(word);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "The capital of France is Paris.",
                "gpt-4o-mini-2024-07-18",
                "2026-11-20T13:34:13.000Z",
                "20 Nov 2026 13:34:13, took 12:34:56",
                "chatcmpl-9xYz8AbCdEf012345678",
                "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "order 1234567890123456 is late", // fails Luhn
                "version 1.2.3 and 10.2",
                "Mozilla/5.0 Chrome/120.0.0.0 Safari/537.36",
                "listening on 127.0.0.1:4301 and [::1]:80",
                "tokens: 120 in, 45 out, 165 total",
                "a@b and @everyone and x @ y",
                "risk-management-for-beginners-and-others",
                "sk-loading-spinner-container-box",
                "bearer of good news, the wonderful",
                "DE88 3704 0044 0532 0130 00", // wrong check digits
                "000-12-3456 and 666-12-3456 and 900-12-3456", // never issued
                "12345-123-45-6789",
                "C++17 or +1 or 1+2",
                "0.123456789012345",
                "std::vector<int>::size_type a::b",
                "{\"a\":\"b\",\"c\":[1,2,3],\"d\":{\"e\":null}}",
                "Häuser, 日本語, emoji 🎉 and more"
            })
    void leavesAloneWhatIsNone(String text) {
        Set<String> found = new HashSet<>();

        assertThat(Redactor.STANDARD.redact(text, found)).isSameAs(text);
        assertThat(found).isEmpty();
    }

    @Test
    void findsSeveralInOneText() {
        Set<String> found = new HashSet<>();

        String masked = Redactor.STANDARD.redact("bob@x.org paid with 4111111111111111 from 203.0.113.7", found);

        assertThat(masked).isEqualTo("[email] paid with [card] from [ip]");
        assertThat(found).containsExactlyInAnyOrder("email", "card", "ip");
    }

    @Test
    void withoutDetectorsNothingIsMaskedButWhatTheTenantNames() {
        Redactor redactor = new Redactor(
                EnumSet.allOf(Detector.class),
                List.of(new Redactor.NamedPattern("patient", Pattern.compile("PAT-[0-9]{6}"))),
                List.of("Anna"));

        assertThat(redactor.redact("Anna bob@example.org PAT-123456 " + OPENAI, new HashSet<>()))
                .isEqualTo("[name] bob@example.org [patient] " + OPENAI);
        assertThat(redactor.redactId("bob@example.org", new HashSet<>())).isEqualTo("bob@example.org");
    }

    @Test
    void aDisabledDetectorIsNotAsked() {
        Redactor redactor = new Redactor(Set.of(Detector.IP), List.of(), List.of());

        assertThat(redactor.redact("bob@x.org from 203.0.113.7", new HashSet<>()))
                .isEqualTo("[email] from 203.0.113.7");
    }

    @Test
    void aTenantsOwnPatternIsMaskedByItsName() {
        Redactor redactor = new Redactor(
                Set.of(), List.of(new Redactor.NamedPattern("patient", Pattern.compile("PAT-[0-9]{6}"))), List.of());
        Set<String> found = new HashSet<>();

        assertThat(redactor.redact("of PAT-123456 and PAT-1", found)).isEqualTo("of [patient] and PAT-1");
        assertThat(found).containsExactly("patient");
    }

    @Test
    void inAnIdOnlySecretsAndMailAddressesAreMasked() {
        assertThat(Redactor.STANDARD.redactId("4111111111111111", new HashSet<>()))
                .isEqualTo("4111111111111111");
        assertThat(Redactor.STANDARD.redactId("bob@x.org", new HashSet<>())).isEqualTo("[email]");
    }

    @Test
    void jsonStaysJson() throws Exception {
        ObjectMapper json = new ObjectMapper();
        SplittableRandom random = new SplittableRandom(11);
        String[] pieces = {
            OPENAI,
            "bob@x.org",
            "\n",
            "\t",
            "é",
            "4111 1111 1111 1111",
            "\"",
            "\\",
            " ",
            "203.0.113.7",
            "a",
            "u00e9",
            "\u0001"
        };
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int p = random.nextInt(8); p >= 0; p--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String written = json.writeValueAsString(List.of(text.toString()));

            String masked = Redactor.STANDARD.redact(written, new HashSet<>());

            assertThatCode(() -> json.readTree(masked))
                    .as(written + " became " + masked)
                    .doesNotThrowAnyException();
            assertThat(masked).doesNotContain("bob@x.org");
        }
    }

    @Test
    void aLargeTextOfMarksIsDoneInTime() {
        for (String piece :
                new String[] {"@", "-----BEGIN ", "eyJ", "1", "1.", "+1", "a@a", "::", "4111 ", "DE89", "bearer "}) {
            String text = piece.repeat(1_000_000 / piece.length());

            assertThatCode(() -> Redactor.STANDARD.redact(text, new HashSet<>()))
                    .as(piece)
                    .doesNotThrowAnyException();
        }
    }
}
