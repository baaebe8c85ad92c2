package io.pentameter.gateway.credential;

import io.pentameter.gateway.error.Refusal;
import io.pentameter.kit.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** What a request brings along to show who sends it. */
public sealed interface PresentedCredential {

    /** Every header in which clients send a key; none of them is forwarded. */
    Set<String> HEADERS = Set.of(
            "authorization",
            "x-api-key",
            "api_key",
            "api-key",
            "dd-api-key",
            "wandb-api-key",
            "helicone-auth",
            "proxy-authorization");

    /** An API key, the same wherever it was found. */
    record Key(KeyText key) implements PresentedCredential {}

    /** A bearer token that is no API key: a person's. */
    record Person(String token) implements PresentedCredential {
        @Override
        public String toString() {
            return "Person[…]";
        }
    }

    /** Nothing that can be checked. */
    record Unusable(Refusal refusal) implements PresentedCredential {}

    /** @param headers gives all values of a header by its lower-case name */
    static PresentedCredential read(Function<String, List<String>> headers) {
        List<String> candidates = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        for (String value : headers.apply("authorization")) {
            readAuthorization(value.strip(), candidates, tokens);
        }
        for (String name : List.of("x-api-key", "api_key", "api-key", "dd-api-key", "wandb-api-key")) {
            headers.apply(name).forEach(value -> candidates.add(value.strip()));
        }
        for (String value : headers.apply("helicone-auth")) {
            String text = value.strip();
            candidates.add(
                    text.regionMatches(true, 0, "bearer ", 0, 7)
                            ? text.substring(7).strip()
                            : text);
        }
        Set<KeyText> keys = new LinkedHashSet<>();
        candidates.forEach(text -> KeyText.parse(text).ifPresent(keys::add));
        if (keys.size() > 1) {
            return unusable("several_credentials", "the request carries several different API keys; send one");
        }
        if (!keys.isEmpty()) {
            return new Key(keys.iterator().next());
        }
        return switch (tokens.size()) {
            case 0 -> nothingUsable(candidates);
            case 1 -> new Person(tokens.getFirst());
            default -> unusable("several_credentials", "the request carries several bearer tokens; send one");
        };
    }

    private static PresentedCredential nothingUsable(List<String> candidates) {
        return candidates.isEmpty()
                ? unusable(
                        "no_credential",
                        "the request carries no credential: send an API key as Authorization: Bearer or x-api-key")
                : unusable(
                        "malformed_key",
                        "the credential is no API key of Pentameter: a key has the form pm_<id>_<secret>");
    }

    private static Unusable unusable(String reason, String sentence) {
        return new Unusable(Refusal.of(ProblemKind.UNAUTHENTICATED, reason, sentence));
    }

    private static void readAuthorization(String value, List<String> candidates, List<String> tokens) {
        int space = value.indexOf(' ');
        if (space < 0) {
            candidates.add(value);
            return;
        }
        String scheme = value.substring(0, space).toLowerCase(Locale.ROOT);
        String rest = value.substring(space + 1).strip();
        switch (scheme) {
            case "bearer" -> {
                if (rest.startsWith(KeyText.PREFIX)) {
                    candidates.add(rest);
                } else {
                    tokens.add(rest);
                }
            }
            case "basic" -> readBasic(rest, candidates);
            default -> candidates.add(rest);
        }
    }

    /** Vendors send {@code public:secret} or {@code api:key}; either half may hold the key. */
    private static void readBasic(String encoded, List<String> candidates) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            candidates.add(encoded);
            return;
        }
        int colon = pair.indexOf(':');
        candidates.add(colon < 0 ? pair : pair.substring(colon + 1));
        if (colon > 0) {
            candidates.add(pair.substring(0, colon));
        }
    }
}
