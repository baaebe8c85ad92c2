package io.pentameter.stack.seed;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.stack.http.JsonApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Tenants, their people and keys, made through the gateway's public API as any operator would.
 *
 * <p>What is there already stays. A key's secret is told once, when it is made: {@code keep} must store it before anything
 * else happens.
 */
public final class Tenants {

    private final String gateway;
    private final String keycloak;
    private final Function<String, Optional<String>> find;
    private final BiConsumer<String, String> keep;

    /**
     * The tenants behind a gateway.
     *
     * @param find a key's secret by the name it was kept under
     */
    public Tenants(
            String gateway, String keycloak, Function<String, Optional<String>> find, BiConsumer<String, String> keep) {
        this.gateway = gateway;
        this.keycloak = keycloak;
        this.find = find;
        this.keep = keep;
    }

    public TenantKeys create(String tenant, String title, Person operator, List<Person> members) {
        if (find.apply(name(tenant, "ingest")).isEmpty()
                || find.apply(name(tenant, "read")).isEmpty()) {
            try (JsonApi api = as(operator)) {
                api.post("/api/v1/admin/tenants", Map.of("id", tenant, "name", title))
                        .expect("creating the tenant " + tenant, 200, 201, 409);
                for (Person member : members) {
                    api.post(
                                    "/api/v1/admin/tenants/" + tenant + "/members",
                                    Map.of("email", member.email(), "roles", List.of(member.role())))
                            .expect("adding " + member.email() + " to " + tenant, 200, 201, 204, 409);
                }
            }
        }
        Person admin = members.stream()
                .filter(member -> member.role().equals("admin"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the tenant needs an admin: " + tenant));
        return new TenantKeys(
                tenant,
                key(tenant, admin, "ingest", List.of("ingest")),
                key(tenant, admin, "read", List.of("read", "payload")));
    }

    private String key(String tenant, Person admin, String purpose, List<String> scopes) {
        return find.apply(name(tenant, purpose)).orElseGet(() -> {
            try (JsonApi api = as(admin)) {
                JsonNode key = api.post("/api/v1/keys", Map.of("name", "stack-" + purpose, "scopes", scopes))
                        .expect("creating the %s key of %s".formatted(purpose, tenant), 200, 201);
                String secret = key.path("secret").asText(key.path("key").asText());
                if (secret.isEmpty()) {
                    throw new IllegalStateException("the gateway made a key and did not tell its secret");
                }
                keep.accept(name(tenant, purpose), secret);
                return secret;
            }
        });
    }

    private JsonApi as(Person person) {
        String token = Realm.token(keycloak, Realm.NAME, Realm.TERMINAL_CLIENT, person.email(), person.password());
        return JsonApi.withToken(gateway, token);
    }

    private static String name(String tenant, String purpose) {
        return "key." + tenant + "." + purpose;
    }
}
